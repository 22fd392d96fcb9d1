"""What earlier versions kept is brought to the form of this one."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import IntegrityError

from awards.models import Award, Decision
from awards.workflow import DECISION
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
once_a_year = import_module("awards.migrations.0003_one_number_a_year")
every_correction = import_module("awards.migrations.0004_every_correction")


@pytest.mark.parametrize(("period", "kept"), [((None, None), 2023), ((2022, 2024), 2024)])
def test_a_year_that_was_stated_without_a_period_stays_that_of_the_achievement(
    province, officer, decider, period, kept
):
    factory.authority()
    draft = factory.decision(unit=province, actor=officer)
    years = dict(zip(("achieved_from", "achieved_to"), period, strict=True))
    factory.award(draft, name="Bà Liên", unit=province, actor=officer, **years)
    factory.sign(draft, actor=officer, signed_on=datetime.date(2025, 1, 15))
    DECISION.perform(draft, "issue", actor=decider)
    Award.objects.update(year=2023)  # as the version before stated it

    once_a_year.follow_the_signing(apps, None)

    award = Award.objects.get()
    assert (award.year, award.achievement_year) == (2025, kept)


def test_a_year_that_was_stated_in_a_draft_outlives_its_issue(province, officer, decider):
    factory.authority()
    draft = factory.decision(unit=province, actor=officer)
    unsaid = {"achieved_from": None, "achieved_to": None}
    factory.award(draft, name="Bà Liên", unit=province, actor=officer, year=2023, **unsaid)
    once_a_year.follow_the_signing(apps, None)

    factory.sign(draft, actor=officer)
    DECISION.perform(draft, "issue", actor=decider)

    award = Award.objects.get()
    assert (award.year, award.achievement_year) == (2025, 2023)


# --- numbers --------------------------------------------------------------------------------------


def kept(province, officer, number, day=datetime.date(2025, 12, 1)):
    """A decision whose number stands as code before this version kept it."""
    draft = factory.decision(unit=province, actor=officer)
    factory.sign(draft, actor=officer, signed_on=day)
    Decision.objects.filter(pk=draft.pk).update(number=number, proposal_number="0007/TTr-SNV")
    return draft


def test_numbers_that_are_kept_come_to_their_one_form(province, officer, decider):
    draft = kept(province, officer, "7/QĐ-UBND")
    award = factory.revoke(
        factory.issued(unit=province, decider=decider).awards.get(), actor=decider
    )
    Award.objects.filter(pk=award.pk).update(revoked_by="0902/QĐ-ubnd")

    once_a_year.write_numbers_in_one_form(apps, None)

    draft.refresh_from_db()
    award.refresh_from_db()
    assert (draft.number, draft.proposal_number) == ("07/QĐ-UBND", "07/TTr-SNV")
    assert Decision.objects.filter(search_text__contains="07 qd ubnd").get() == draft
    assert award.revoked_by == "902/QĐ-UBND"
    with pytest.raises(IntegrityError):
        factory.sign(
            factory.decision(unit=province, actor=officer), actor=officer, number="7/QĐ-UBND"
        )


def test_numbers_that_then_are_the_same_are_said_in_a_sentence(province, officer):
    first = kept(province, officer, "7/QĐ-UBND", datetime.date(2025, 11, 3))
    second = kept(province, officer, "007/QĐ-UBND")
    kept(province, officer, "7/QĐ-UBND.", datetime.date(2024, 12, 1))  # of another year

    with pytest.raises(CommandError) as stopped:
        once_a_year.write_numbers_in_one_form(apps, None)

    assert str(stopped.value) == (
        "Tỉnh Đồng Tháp has 2 decisions with number 07/QĐ-UBND in 2025: "
        f"“7/QĐ-UBND” of 03/11/2025 (id {first.pk}); “007/QĐ-UBND” of 01/12/2025 (id {second.pk}). "
        "Enter the right numbers by the version before, then migrate again."
    )


def test_the_correction_that_was_kept_is_kept(province, decider):
    award = factory.issued(unit=province, decider=decider).awards.get()
    day = datetime.date(2025, 12, 1)
    Award.objects.filter(pk=award.pk).update(corrected_by="7/QĐ-UBND", corrected_on=day)

    every_correction.keep_them(apps, None)

    award.refresh_from_db()
    assert award.corrected_by == "07/QĐ-UBND"
    assert list(map(str, award.corrections.all())) == ["Số 07/QĐ-UBND ngày 01/12/2025"]
