"""What every page promises: a permission, a GET that reads, work done once."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse
from django.views.generic import TemplateView, View

from accounts.models import Unit
from accounts.permissions import Perm
from core.ui.models import SentForm
from core.ui.once import Repeated, Reused, ask_first, once
from core.ui.views import Guarded, ListPage, refuse_writes

pytestmark = pytest.mark.django_db


def test_a_page_without_a_permission_cannot_be_defined():
    with pytest.raises(ImproperlyConfigured, match="must name a perm"):

        class Bare(ListPage):
            model = Unit


def test_a_get_that_writes_is_refused(rf, staff, ward):
    class Careless(Guarded, View):
        perm = Perm.UNIT_READ

        def get(self, request):
            Unit.objects.filter(pk=ward.pk).update(name="x")
            return HttpResponse()

    request = rf.get("/")
    request.user = staff
    with pytest.raises(RuntimeError, match="A GET must not write: UPDATE"):
        Careless.as_view()(request)


def test_opening_a_transaction_writes_nothing_yet():
    """SQLite's cache table is written in one, and says BEGIN where PostgreSQL is silent."""
    assert refuse_writes(lambda *asked: asked[0], "BEGIN IMMEDIATE", None, False, {}) == (
        "BEGIN IMMEDIATE"
    )


def test_a_page_is_not_there_for_those_without_its_permission(rf, staff):
    class Figures(Guarded, TemplateView):
        perm = Perm.FIGURES_READ

    request = rf.get("/")
    request.user = staff
    with pytest.raises(Http404):
        Figures.as_view()(request)


def test_the_same_form_twice_leads_to_the_same_place(rf, staff):
    request = rf.post("/x/", {"once": str(uuid.uuid4())})
    request.user = staff
    with once(request) as key:
        key.answer("/y/")

    with pytest.raises(Repeated) as repeated, once(request):
        pytest.fail("the work was done twice")

    assert repeated.value.address == "/y/"


def test_a_refused_form_may_be_sent_again(rf, staff):
    request = rf.post("/x/", {"once": str(uuid.uuid4())})
    request.user = staff
    with pytest.raises(ValueError, match="missing"), once(request):
        raise ValueError("missing")

    with once(request) as key:
        key.answer("/y/")

    assert SentForm.objects.get().address == "/y/"


@pytest.fixture
def sent_with(rf, staff):
    """`sent_with((name, bytes), …, key=…)`: a form with files, closed when the test is over."""
    made = []

    def make(*files, key):
        uploads = [SimpleUploadedFile(name, content) for name, content in files]
        request = rf.post("/x/", {"once": key, "title": "Biên bản", "paper": uploads})
        request.user = staff
        made.append(request)
        return request

    yield make
    for request in made:
        request.close()


def test_another_file_of_the_same_name_and_size_is_another_form(sent_with):
    key = str(uuid.uuid4())
    with once(sent_with(("bien-ban.pdf", b"one"), key=key)) as sent:
        sent.answer("/y/")

    with pytest.raises(Reused), once(sent_with(("bien-ban.pdf", b"two"), key=key)):
        pytest.fail("the second file was taken under the key of the first")
    with pytest.raises(Repeated), once(sent_with(("bien-ban.pdf", b"one"), key=key)):
        pytest.fail("the work was done twice")


def test_files_that_change_places_make_another_form(sent_with):
    key, one, two = str(uuid.uuid4()), ("a.pdf", b"one"), ("a.pdf", b"two")
    with once(sent_with(one, two, key=key)) as sent:
        sent.answer("/y/")

    with pytest.raises(Reused):
        ask_first(sent_with(two, one, key=key))


def test_a_file_can_still_be_read_after_its_form_was_known(sent_with):
    request = sent_with(("a.pdf", b"one"), key=str(uuid.uuid4()))

    with once(request):
        assert request.FILES["paper"].read() == b"one"
