import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile

from core.documents import fields, store
from core.documents.models import Document
from tests.core.files import making
from tests.core.files.hostile import EXE

pytestmark = pytest.mark.django_db


class PaperForm(forms.Form):
    title = forms.CharField()
    paper = fields.GateField(kinds=("pdf",))

    def __init__(self, *args, by, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].of(unit, by)


@pytest.fixture(autouse=True)
def _a_place_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def form(staff, ward):
    def made(data=None, upload=None, by=staff, **kwargs):
        files = {"paper": SimpleUploadedFile("Báo cáo.pdf", upload)} if upload else {}
        return PaperForm(data, files, by=by, unit=ward, **kwargs)

    return made


def token_in(form):
    html = str(form["paper"])
    return html.partition('name="paper-kept" value="')[2].partition('"')[0]


def test_a_good_file_becomes_a_document(form, staff, ward):
    sent = form({"title": "a"}, making.pdf())

    assert sent.is_valid()
    document = sent.cleaned_data["paper"]
    assert (document.name, document.unit, document.created_by) == ("Báo cáo.pdf", ward, staff)
    assert document.waiting


def test_a_refused_file_is_an_error_of_its_field_alone(form):
    sent = form({"title": "Báo cáo quý"}, EXE)

    assert sent.errors == {"paper": [sent.errors["paper"][0]]}
    assert "chương trình (.exe)" in sent.errors["paper"][0]
    assert sent["title"].value() == "Báo cáo quý"
    assert not Document.objects.exists()


def test_an_error_elsewhere_does_not_lose_the_file(form):
    first = form({"title": ""}, making.pdf())
    assert list(first.errors) == ["title"]

    again = form({"title": "a", "paper-kept": token_in(first)})

    assert again.is_valid()
    assert store.read(again.cleaned_data["paper"])[:5] == b"%PDF-"
    assert Document.objects.count() == 1


def test_the_page_names_the_file_it_kept(form):
    first = form({"title": ""}, making.pdf())
    first.is_valid()

    html = str(first["paper"])

    assert "Báo cáo.pdf" in html
    assert "Đã giữ" in html
    assert "required" not in html.partition('type="file"')[2]


def test_another_file_replaces_the_kept_one(form):
    first = form({"title": ""}, making.pdf())
    first.is_valid()

    again = form({"title": "a", "paper-kept": token_in(first)}, making.pdf(pages=2))

    assert again.is_valid()
    assert again.cleaned_data["paper"].sha256 != first.fields["paper"].widget.kept.sha256


def test_a_refused_second_file_leaves_the_first(form):
    first = form({"title": ""}, making.pdf())
    first.is_valid()

    again = form({"title": "a", "paper-kept": token_in(first)}, EXE)

    assert not again.is_valid()
    assert token_in(again)


def test_a_token_is_good_for_its_owner_only(form, officer):
    first = form({"title": ""}, making.pdf())
    first.is_valid()

    stolen = form({"title": "a", "paper-kept": token_in(first)}, by=officer)

    assert list(stolen.errors) == ["paper"]


@pytest.mark.parametrize("token", ["", "x", "x:y:z"])
def test_a_forged_token_is_nothing(form, token):
    assert list(form({"title": "a", "paper-kept": token}).errors) == ["paper"]


def test_a_kept_paper_is_no_longer_taken_by_token(form):
    """Once a row holds the file, an old page in another window cannot hang it elsewhere."""
    first = form({"title": ""}, making.pdf())
    first.is_valid()
    token = token_in(first)
    Document.objects.update(waiting=False)

    assert not form({"title": "a", "paper-kept": token}).is_valid()


def test_what_is_there_stays_when_nothing_is_chosen(form):
    given = form({"title": "a"}, making.pdf())
    given.is_valid()
    document = given.cleaned_data["paper"]

    for initial in (document, document.pk):
        sent = form({"title": "a"}, initial={"paper": initial})
        assert sent.is_valid()
        assert sent.cleaned_data["paper"] == document
    assert "Báo cáo.pdf" in str(form(initial={"paper": document.pk})["paper"])


def test_an_optional_file_may_be_missing(form, ward, staff):
    made = PaperForm({"title": "a"}, {}, by=staff, unit=ward)
    made.fields["paper"].required = False

    assert made.is_valid()
    assert made.cleaned_data["paper"] is None


def test_the_field_says_what_it_takes(form):
    assert form()["paper"].help_text == "PDF; tối đa 50\xa0MB."
    assert 'accept=".pdf"' in str(form()["paper"])


def test_a_form_that_forgets_whose_file_it_is_is_a_fault_of_ours():
    field = fields.GateField()
    with pytest.raises(ImproperlyConfigured):
        field.clean((SimpleUploadedFile("a.pdf", making.pdf()), ""))
