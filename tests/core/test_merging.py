"""A form that was changed elsewhere: what nobody touched here takes what was saved there."""

import datetime

import pytest
from django import forms
from django.http import QueryDict

from accounts.models import Person
from core.ui.merging import MergingForm
from tests import factories

pytestmark = pytest.mark.django_db


class PersonForm(MergingForm):
    class Meta:
        model = Person
        fields = ["full_name", "sex", "birth_day", "position", "unit"]
        labels = {"position": "Chức vụ", "birth_day": "Ngày sinh"}
        field_classes = {"birth_day": forms.DateField}


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
