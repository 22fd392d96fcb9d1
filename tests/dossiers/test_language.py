"""Somebody who reads English acts: what is kept is Vietnamese, what is said to them is English."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.audit.models import Entry
from core.jobs.models import Job
from core.workflow import Blocked, NotNow, act
from dossiers.workflow import DOSSIER
from tests.factories import writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]


@pytest.fixture
def complete(ward, award_round, staff):
    return writing.complete(unit=ward, of_round=award_round, by=staff)


def steps(client, dossier, step, **data):
    return client.post(reverse("dossiers:step", args=[dossier.pk, step]), data, follow=True)


def test_history_and_inbox_are_vietnamese(signed_in, staff, unit_leader, complete):
    answer = steps(signed_in(staff), complete, "to_head")

    assert "“Hand to the head of the unit” is done" in answer.content.decode()
    assert Entry.objects.first().label == "Trình lãnh đạo duyệt"
    assert "chờ" in Notice.objects.get(user=unit_leader).text


def test_a_form_that_is_sent_keeps_vietnamese_too(signed_in, staff, complete):
    address = reverse("dossiers:general", args=[complete.pk])
    shown = signed_in(staff).get(address).context["form"]
    values = {name: shown[name].value() or "" for name in shown.fields}
    last = Entry.objects.first().pk

    signed_in(staff).post(address, values | {"proposal_number": "77/TTr-UBND"})

    labels = {entry.label for entry in Entry.objects.filter(pk__gt=last)}
    assert labels == {"Ghi thông tin chung: số tờ trình"}  # the history names the fields, too


def test_a_refusal_is_said_in_the_language_of_who_acts(staff, unit_leader, ward, award_round):
    empty = writing.draft(unit=ward, of_round=award_round, by=staff)

    with pytest.raises(Blocked) as refused:
        DOSSIER.perform(empty, "to_head", actor=staff)
    with pytest.raises(NotNow, match="is not possible"):
        DOSSIER.perform(empty, "back_to_staff", actor=unit_leader)

    assert "ồ sơ" not in str(refused.value)


def test_what_is_asked_for_again_leaves_nothing(staff):
    """The second asking may be allowed what the first was not; even then nothing is written."""
    asked = []

    @act
    def refused_once():
        asked.append(1)
        staff.position = f"asked {len(asked)} times"
        staff.save()
        if len(asked) == 1:
            raise NotNow("no")

    with pytest.raises(NotNow, match="no"):
        refused_once()

    staff.refresh_from_db()
    assert len(asked) == 2
    assert "asked" not in staff.position


def test_a_job_is_about_something_in_vietnamese(signed_in, staff):
    signed_in(staff).post(reverse("dossiers:export"))

    assert Job.objects.get().about == "Hồ sơ"
