"""What forms say of nothing and of nonsense: our sentences, in both languages, never Django's."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import IntegerField
from django.urls import get_resolver
from django.utils import translation
from django_filters import NumberFilter

from accounts.forms import ClockForm, UserForm
from accounts.models import Unit, User
from campaigns.lists.blocks import BlockFilter
from campaigns.models import Block
from core.ui.filters import DayRangeField, ListFilter
from core.ui.forms import PortalForm, RowForm
from core.ui.sentences import SENTENCES
from tests import factories
from tests.core.test_versions import subclasses

STOCK = re.compile(
    "Trường này|bắt buộc|Nhập một|Đảm bảo|Hãy chọn một|hợp lệ|Địa chỉ email|số tổng thể"
    "|This field|Enter a|Ensure|Select a valid|is required|already exists|No file was|is empty"
)


class Everything(PortalForm):
    text = forms.CharField(max_length=5, min_length=2)
    whole = forms.IntegerField(min_value=0, max_value=9)
    number = forms.DecimalField(max_digits=4, decimal_places=1, validators=[MinValueValidator(1)])
    ratio = forms.FloatField(validators=[MaxValueValidator(1)])
    day = forms.DateField()
    time = forms.TimeField()
    mail = forms.EmailField()
    address = forms.URLField(assume_scheme="https")
    one = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    row = forms.ModelChoiceField(Unit.objects.all())
    rows = forms.ModelMultipleChoiceField(Unit.objects.all())
    agreed = forms.BooleanField()
    file = forms.FileField(max_length=4)
    own = forms.CharField(error_messages={"required": "Ghi số quyết định."})


NONSENSE = dict.fromkeys(Everything.base_fields, "abc???") | {"agreed": "", "once": ""}
TOO_MUCH = NONSENSE | {"text": "a", "whole": "10", "number": "123456", "ratio": "2"}
TOO_LITTLE = NONSENSE | {"whole": "-1", "number": "0.55", "many": ["b"], "rows": ["0"]}


def files(content):
    return {"file": SimpleUploadedFile("12345.pdf", content)}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("typed", "sent"),
    [({}, {}), (NONSENSE, files(b"")), (TOO_MUCH, files(b"x")), (TOO_LITTLE, {})],
)
def test_every_kind_of_field_says_our_sentences(typed, sent, language):
    with translation.override(language):
        form = Everything(typed, sent)
        said = {name: " ".join(found) for name, found in form.errors.items()}

    assert {name: words for name, words in said.items() if STOCK.search(words)} == {}
    assert set(said) >= {"whole", "number", "day", "one", "rows", "agreed", "file"}


@pytest.mark.django_db
def test_they_say_what_to_write():
    said = Everything(NONSENSE | {"text": "abcdefgh"}, {}).errors

    assert said["whole"] == ["Ghi số nguyên, ví dụ 12."]
    assert said["day"] == ["Ghi một ngày có trong lịch theo dạng ngày/tháng/năm, ví dụ 10/12/2025."]
    assert said["text"] == ["Ghi nhiều nhất 5 ký tự; hiện có 8 ký tự."]
    assert Everything(TOO_LITTLE, {}).errors["whole"] == ["Ghi số từ 0 trở lên."]
    assert Everything({}, {}).errors["text"] == ["Mục này còn trống; cần ghi trước khi lưu."]
    assert Everything({}, {}).errors["own"] == ["Ghi số quyết định."]


class Whole(RowForm):
    whole = forms.IntegerField()


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("vi", "1.000", 1000),
        ("vi", "10.000", 10_000),
        ("vi", "2.000.000", 2_000_000),
        ("vi", " 12 ", 12),
        ("vi", "-1.000", -1000),
        ("en", "2,000,000", 2_000_000),
        ("vi", "1,000", None),
        ("en", "1.000", None),
        ("vi", "1.0", None),
        ("vi", "10.00", None),
        ("vi", "1.00.0", None),
        ("vi", "0.001.000", None),
        ("vi", "1_000", None),
        ("vi", "12,5", None),
        ("vi", "9" * 5000, None),
    ],
)
def test_a_whole_number_is_read_as_it_is_written_here_and_never_cut(language, typed, read):
    with translation.override(language):
        form = Whole({"whole": typed})
        said = SENTENCES[forms.IntegerField]["invalid"]

        assert form.errors == ({"whole": [said]} if read is None else {})
        assert form.cleaned_data.get("whole") == read


@pytest.mark.django_db
def test_so_do_filters():
    def asked(year):
        return BlockFilter({"year": year}, Block.objects.all(), request=None).form

    grouped = asked("2.025")
    assert grouped.is_valid(), grouped.errors
    assert grouped.cleaned_data["year"] == 2025
    for wrong in ("abc", "2025,5", "2.0"):
        assert asked(wrong).errors["year"] == ["Ghi năm bằng bốn chữ số, ví dụ 2025."]


def test_every_filter_by_a_whole_number_is_whole():
    assert get_resolver().url_patterns  # all pages, and with them all lists, are read
    found = [
        (each.__name__, name)
        for each in subclasses(ListFilter)
        for name, made in each.base_filters.items()
        if type(made) is NumberFilter
        and isinstance(each._meta.model._meta.get_field(made.field_name), IntegerField)
    ]

    assert found == []


def test_a_range_says_of_each_day_what_a_single_day_says():
    found = [str(field.error_messages["invalid"]) for field in DayRangeField().fields]

    assert found == [
        "Ô “Từ ngày”: ghi một ngày có trong lịch theo dạng ngày/tháng/năm, ví dụ 10/12/2025.",
        "Ô “Đến ngày”: ghi một ngày có trong lịch theo dạng ngày/tháng/năm, ví dụ 10/12/2025.",
    ]


@pytest.mark.django_db
def test_the_model_behind_a_form_says_them_too(province):
    factories.user().save()
    taken = User.objects.get()
    typed = {"full_name": "x" * 151, "email": "lan", "home_unit": "0"}

    for name in ("Lan Anh", taken.username):
        form = UserForm(typed | {"username": name}, instance=User(), units=Unit.objects.all())
        said = " ".join(sentence for found in form.errors.values() for sentence in found)
        assert not STOCK.search(said)
        assert "username" in form.errors
    assert "nhiều nhất 150 ký tự" in said
    assert "tên đăng nhập này" in said


def test_signing_in_says_them_too(client, db):
    page = client.post("/accounts/login/", {"login": "", "password": ""}).content.decode()

    assert "Mục này còn trống" in page
    assert not STOCK.search(page)


def test_a_day_of_the_demo():
    form = ClockForm({"day": "x", "time": "y"})

    assert form.errors["time"] == ["Ghi giờ theo dạng giờ:phút, ví dụ 16:30."]
