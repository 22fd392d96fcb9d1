"""A form that was changed elsewhere: what nobody touched here takes what was saved there."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from accounts.models import Person
from core.ui.merging import Merging, MergingForm
from tests import factories

pytestmark = pytest.mark.django_db


class PersonForm(MergingForm):
    class Meta:
        model = Person
        fields = ["full_name", "sex", "birth_day", "position", "unit"]
        labels = {"position": "Chức vụ", "birth_day": "Ngày sinh"}
        field_classes = {"birth_day": forms.DateField}


class FiguresForm(Merging):
    """Figures that get their fields late, with a widget of their own and nothing said of it."""

    def __init__(self, *args, kept, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = kept
        for name in ("first", "second"):
            self.fields[name] = forms.DecimalField(required=False, widget=forms.TextInput())
        self.fields["done"] = forms.BooleanField(required=False)
        self.show(kept)

    def kept_now(self):
        return self.kept

    def changed(self):
        return "Đã sửa."


NOTHING = {"first": None, "second": None, "done": False}


@pytest.fixture
def person(ward):
    return factories.person("Trần Văn A", unit=ward, birth_day=datetime.date(1980, 1, 2))


def posted(form, **typed):
    """What the browser sends of a form after these were typed."""
    names = [name for name in form.fields if name != "once"]
    values = {name: form[name].value() for name in names}
    data = QueryDict(mutable=True)
    data.update({name: "" if value is None else str(value) for name, value in values.items()})
    for name, value in typed.items():
        data[name] = value
    return data


def elsewhere(person, **values):
    Person.objects.filter(pk=person.pk).update(**values)


def test_a_field_left_alone_shows_and_keeps_what_was_saved_elsewhere(person, province):
    here = posted(PersonForm(instance=person), full_name="Trần Văn B")
    other = factories.unit("Phường khác", kind="ward", superior=province)
    elsewhere(
        person,
        full_name="Trần Văn C",
        position="Mới",
        birth_day=datetime.date(1981, 3, 4),
        sex="female",
        unit=other,
    )

    refused = PersonForm(here, instance=Person.objects.get(pk=person.pk))
    assert not refused.is_valid()
    assert [conflict.name for conflict in refused.conflicts] == ["full_name"]
    assert refused["position"].value() == "Mới"
    assert {"Chức vụ", "Ngày sinh"} <= set(refused.taken)
    again = PersonForm(
        posted(refused, **{"choose-full_name": "mine"}), instance=Person.objects.get(pk=person.pk)
    )

    assert again.is_valid(), again.errors
    kept = again.cleaned_data
    assert (kept["full_name"], kept["position"]) == ("Trần Văn B", "Mới")
    assert (kept["birth_day"], kept["sex"]) == (datetime.date(1981, 3, 4), "female")
    assert kept["unit"] == other


def test_what_was_typed_here_only_stays_as_typed(person):
    here = posted(PersonForm(instance=person), full_name="Trần Văn B", position="Tôi gõ")
    elsewhere(person, full_name="Trần Văn C")

    refused = PersonForm(here, instance=Person.objects.get(pk=person.pk))

    assert not refused.is_valid()
    assert (refused["position"].value(), refused.taken) == ("Tôi gõ", [])


@pytest.mark.parametrize(("language", "shown"), [("vi", "1,125"), ("en", "1.125")])
def test_a_figure_that_was_taken_over_is_shown_as_it_will_be_read(language, shown):
    kept = {"first": Decimal("1.1250"), "second": Decimal(5), "done": False}
    with translation.override(language):
        here = posted(FiguresForm(kept=NOTHING), second="6")

        refused = FiguresForm(here, kept=kept)
        assert not refused.is_valid()
        assert [conflict.name for conflict in refused.conflicts] == ["second"]
        value = refused["first"].value()
        again = FiguresForm(posted(refused, **{"choose-second": "mine"}), kept=kept)

        assert again.is_valid(), again.errors
    assert value.rstrip("0") == shown
    assert again.cleaned_data["first"] == kept["first"]
    assert again.cleaned_data["second"] == 6


def test_a_choice_of_two_figures_shows_them_as_they_are_written_here():
    here = posted(FiguresForm(kept=NOTHING), first="2,5")

    refused = FiguresForm(here, kept=NOTHING | {"first": Decimal("1.125")})

    assert not refused.is_valid()
    (conflict,) = refused.conflicts
    assert (conflict.kept, conflict.mine) == ("1,125", "2,5")


def test_another_language_is_no_change():
    ticked = NOTHING | {"done": True}
    with translation.override("en"):
        here = posted(FiguresForm(kept=ticked))
    del here["done"]

    form = FiguresForm(here, kept=ticked)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["done"] is False


def test_what_could_not_be_read_is_compared_once_it_can(person):
    here = posted(PersonForm(instance=person), birth_day="99/99/1980", position="Của tôi")
    elsewhere(person, position="Của bạn", birth_day=datetime.date(1981, 3, 4))

    refused = PersonForm(here, instance=Person.objects.get(pk=person.pk))
    assert not refused.is_valid()
    assert [conflict.name for conflict in refused.conflicts] == ["position"]
    mended = posted(refused, birth_day="05/11/1980", **{"choose-position": "mine"})
    again = PersonForm(mended, instance=Person.objects.get(pk=person.pk))

    assert not again.is_valid()
    assert [conflict.kept for conflict in again.conflicts] == ["04/03/1981"]
    mended = posted(again, **{"choose-birth_day": "mine"})
    last = PersonForm(mended, instance=Person.objects.get(pk=person.pk))
    assert last.is_valid(), last.errors
    assert last.cleaned_data["birth_day"] == datetime.date(1980, 11, 5)
    assert last.cleaned_data["position"] == "Của tôi"
