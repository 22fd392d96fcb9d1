"""Conditions of an award that the plan gives as rules."""

from datetime import date

import pytest

from accounts.permissions import Role
from awards.workflow import DECISION
from campaigns.models import Block, ScoreSheet
from core.findings import Weight
from core.workflow import Blocked
from criteria.models import CriteriaSet
from dossiers.models import Dossier, Verdict
from dossiers.rules import appraisal, conditions, submission
from dossiers.workflow import DOSSIER
from tests import factories
from tests.factories import awards, writing

pytestmark = pytest.mark.django_db
SIGNED = date(2025, 11, 28)
WORDS = "Hai năm liên tục đạt Chiến sĩ thi đua cơ sở"


@pytest.fixture(autouse=True)
def _day(today):
    return today


@pytest.fixture
def complete(ward, award_round, staff):
    return writing.complete(unit=ward, of_round=award_round, by=staff)


def asks(dossier, **said):
    condition = {"text": WORDS, "given": "BKT", "at_least": "2", **said}
    dossier.round.conditions = [condition]
    dossier.round.save()


def found(dossier):
    dossier = Dossier.objects.get(pk=dossier.pk)
    return [f for f in submission.missing_to_submit(dossier) if f.rule == "plan"]


def hold(dossier, *years):
    """The title for each of these years, or for the year that was signed on the day of a pair."""
    title = factories.award_type("CSTDCS", name="Chiến sĩ thi đua cơ sở", short_name="CSTĐCS")
    nominee = dossier.nominations.get()
    nominee.person = factories.person(nominee.name, unit=dossier.unit)
    nominee.save()
    if not title.authorities.exists():
        awards.authority(title)
    unit = dossier.campaign.unit
    decider = factories.member(Role.DECIDER, unit)
    for said in years:
        year, day = said if isinstance(said, tuple) else (said, SIGNED)
        draft = awards.decision(unit=unit)
        awards.award(
            draft,
            name=nominee.name,
            unit=dossier.unit,
            actor=draft.created_by,
            of_type=title,
            achieved_from=None,
            achieved_to=year,
            person=nominee.person,
        )
        awards.sign(draft, actor=draft.created_by, signed_on=day)
        DECISION.perform(draft, "issue", actor=decider)


@pytest.mark.parametrize(
    ("measure", "years", "met"),
    [
        ("consecutive_years", [2024, 2025], True),
        ("consecutive_years", [2022, 2025], False),
        ("titles", [2022, 2025], True),
        ("titles", [2025], False),
        ("titles", [2024, 2026], False),  # 2026 lies after the achievements
        # 2023 and 2024, both signed in 2024; then 2022 and 2024, signed in 2023 and 2024
        ("consecutive_years", [(2023, date(2024, 1, 20)), (2024, date(2024, 12, 28))], True),
        ("consecutive_years", [(2022, date(2023, 1, 20)), (2024, date(2024, 12, 28))], False),
        ("titles", [(None, date(2023, 5, 2)), (None, date(2024, 5, 2))], True),
    ],
)
def test_titles_are_reckoned_by_the_register(complete, measure, years, met):
    hold(complete, *years)
    asks(complete, measure=measure, award="CSTDCS")

    findings = found(complete)

    assert (findings == []) is met
    for finding in findings:
        assert finding.weight == Weight.WARN
        assert WORDS in finding.text
        assert "207/KH-UBND" in finding.basis


def test_a_binding_condition_refuses_to_send_by_its_sentence(complete, staff):
    hold(complete, 2025)
    asks(complete, measure="titles", award="CSTDCS", hard=True)

    with pytest.raises(Blocked) as refused:
        DOSSIER.perform(complete, "to_head", actor=staff)

    assert [f.text for f in refused.value.findings if f.rule == "plan"] == [
        f"{complete.nominations.get().titled}: kế hoạch bắt buộc “{WORDS}”; cổng tính được 1."
    ]


def test_a_binding_condition_without_a_number_warns_only(complete):
    asks(complete, measure="score", at_least="90", hard=True)

    assert [f.weight for f in found(complete)] == [Weight.WARN]


@pytest.mark.parametrize(("opinion", "refused"), [("ok", True), ("drop", False)])
def test_the_appraiser_lets_nobody_through_who_misses_a_binding_condition(
    complete, officer, opinion, refused
):
    hold(complete, 2025)
    asks(complete, measure="titles", award="CSTDCS", hard=True)
    Verdict.objects.create(
        nomination=complete.nominations.get(), opinion=opinion, remark="Đã xem.", by=officer
    )

    findings = list(appraisal.missing_to_appraise(Dossier.objects.get(pk=complete.pk), officer))

    assert any(f.rule == "plan" and f.blocks for f in findings) is refused


def test_points_are_those_of_the_sheet_of_the_year(complete, ward, province):
    asks(complete, measure="score", at_least="90")
    assert len(found(complete)) == 1

    block = Block.objects.create(unit=province, year=2025, name="Khối 1")
    criteria_set = CriteriaSet.objects.create(unit=province, code="bo", year=2025, title="Bộ")
    sheet = ScoreSheet.objects.create(
        block=block, unit=ward, unit_name=ward.name, criteria_set=criteria_set
    )
    ScoreSheet.objects.filter(pk=sheet.pk).update(appraised_points=91)
    assert found(complete) == []


def test_what_the_portal_cannot_reckon_is_for_people_to_look_at(complete):
    asks(complete, measure="initiatives", at_least="1")

    assert len(found(complete)) == 1


def test_a_condition_of_another_award_or_kind_asks_nothing(complete):
    asks(complete, measure="initiatives", given="GK")
    assert found(complete) == []

    asks(complete, measure="initiatives", **{"for": "collective"})
    assert found(complete) == []


def test_the_appraisal_shows_the_same_once(complete):
    asks(complete, measure="initiatives")
    dossier = Dossier.objects.get(pk=complete.pk)

    assert [f.rule for f in appraisal.look_again(dossier)].count("plan") == 1


@pytest.mark.parametrize(
    ("years", "run"), [(set(), 0), ({2024}, 1), ({2020, 2021, 2023}, 2), ({2023, 2024, 2025}, 3)]
)
def test_the_longest_run_of_years(years, run):
    assert conditions.longest_run(years) == run
