"""What is missing before a dossier may be sent, rule by rule."""

import datetime

import pytest

from awards.models import NomineeKind
from core.clock import clock
from core.findings import Weight
from criteria.models import Parameter
from dossiers.models import Dossier, Nomination
from dossiers.rules import submission
from dossiers.services import preparing
from tests import factories
from tests.factories import sent, writing

pytestmark = pytest.mark.django_db
TOMORROW = datetime.date(2025, 12, 2)


@pytest.fixture(autouse=True)
def _day(today):
    return today


@pytest.fixture
def complete(ward, award_round, staff):
    return writing.complete(unit=ward, of_round=award_round, by=staff)


def found(dossier):
    """(rule, part without its key, weight) of every finding."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    return [
        (finding.rule, finding.part.partition(":")[0], finding.weight)
        for finding in submission.missing_to_submit(dossier)
    ]


def change(dossier, **values):
    Dossier.objects.filter(pk=dossier.pk).update(**values)
    return dossier


def change_nominee(dossier, **values):
    nominee = dossier.nominations.get()
    for name, value in values.items():
        setattr(nominee, name, value)
    nominee.save()
    return dossier


def test_nothing_is_missing_of_a_complete_dossier(complete):
    assert found(complete) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"proposal_number": ""}, ("", "general", Weight.BLOCK)),
        ({"proposal_on": None}, ("", "general", Weight.BLOCK)),
        ({"proposal_on": TOMORROW}, ("", "general", Weight.BLOCK)),
        ({"council_met_on": None}, ("R19", "general", Weight.BLOCK)),
        ({"council_met_on": TOMORROW}, ("R19", "general", Weight.BLOCK)),
        ({"council_present": 10}, ("R19", "general", Weight.BLOCK)),
        ({"contact": ""}, ("", "general", Weight.BLOCK)),
    ],
)
def test_general_data_are_needed(complete, values, expected):
    assert found(change(complete, **values)) == [expected]


@pytest.mark.parametrize(
    ("field", "act"), [("proposal_on", "ghi ngày đã ký"), ("council_met_on", "ghi ngày Hội đồng")]
)
def test_a_day_to_come_says_which_day_to_enter(complete, field, act):
    changed = Dossier.objects.get(pk=change(complete, **{field: TOMORROW}).pk)

    (finding,) = submission.missing_in_general(changed)

    assert f"02/12/2025 là ngày sau hôm nay (01/12/2025); {act}" in str(finding)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"birth_day": None}, ("", "nominee", Weight.BLOCK)),
        ({"position": ""}, ("", "nominee", Weight.BLOCK)),
        ({"position_class": ""}, ("", "nominee", Weight.BLOCK)),
        ({"unit_votes": None}, ("", "nominee", Weight.BLOCK)),
        ({"unit_votes": 10}, ("R19", "nominee", Weight.BLOCK)),
        ({"under_review": True}, ("R14", "nominee", Weight.BLOCK)),
        ({"name": "lê Minh Tâm"}, ("R23", "nominee", Weight.WARN)),
        ({"name": "Lê  Minh Tâm"}, ("R23", "nominee", Weight.WARN)),
        ({"name": "LÊ MINH TÂM"}, ("R23", "nominee", Weight.WARN)),
        ({"name": "Ông Lê Minh Tâm"}, ("R23", "nominee", Weight.WARN)),
    ],
)
def test_a_nominee_needs_what_its_form_and_certificate_need(complete, values, expected):
    assert found(change_nominee(complete, **values)) == [expected]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (NomineeKind.COLLECTIVE, {"headcount": None}),
        (NomineeKind.HOUSEHOLD, {"workplace": ""}),
        (NomineeKind.ENTERPRISE, {"workplace": ""}),
        (NomineeKind.ENTERPRISE, {"headcount": None}),
    ],
)
def test_each_kind_has_fields_of_its_own(complete, staff, kind, missing):
    nominee = writing.nominee(complete, by=staff, kind=kind, name="Hộ ông Trần Văn Năm")
    assert found(complete) == []

    Nomination.objects.filter(pk=nominee.pk).update(**missing)

    assert found(complete) == [("", "nominee", Weight.BLOCK)]


def test_an_award_goes_to_its_kinds_only(complete):
    award = complete.round.award_type
    award.kinds = [NomineeKind.COLLECTIVE]
    award.save()

    assert found(complete) == [("R01", "nominee", Weight.BLOCK)]


def test_somebody_has_to_be_nominated(complete):
    complete.nominations.all().delete()

    assert found(complete) == [("", "nominees", Weight.BLOCK)]


def test_a_nominee_without_a_report_is_not_sent(complete, staff):
    writing.nominee(complete, by=staff, report=False, name="Trần Văn Bình")

    assert found(complete) == [("", "report", Weight.BLOCK)]


@pytest.mark.parametrize("part", ["situation", "results", "earlier_awards"])
def test_parts_one_to_three_of_a_report_are_written(complete, part):
    report = complete.nominations.get().report
    setattr(report, part, " ")
    report.save()

    assert found(complete) == [("", "report", Weight.BLOCK)]


def test_a_report_says_something_of_at_least_one_content(complete):
    complete.nominations.get().report.sections.update(text="")

    assert found(complete) == [("", "report", Weight.BLOCK)]


def test_every_required_component_has_a_file(complete):
    paper = complete.papers.first()
    paper.delete()

    findings = list(submission.missing_to_submit(complete))

    assert [(f.rule, f.part) for f in findings] == [("R18", f"paper:{paper.component.code}")]
    assert "207/KH-UBND" in findings[0].basis


def test_a_nominee_stands_once_in_a_dossier(complete, staff):
    writing.nominee(complete, by=staff, name="LÊ MINH TÂM")

    assert ("R03", "nominee", Weight.BLOCK) in found(complete)


def test_a_nominee_of_another_dossier_is_named_without_its_unit(complete, province, staff):
    other = factories.unit("Phường Mỹ Ngãi", kind="ward", superior=province)
    twin = sent.dossier(unit=other, of_round=complete.round, by=staff, nominees=0)
    sent.nominee(twin, name="Lê Minh Tâm", birth_day=datetime.date(1988, 5, 12))

    findings = list(submission.missing_to_submit(complete))

    assert [f.rule for f in findings] == ["R03"]
    assert "Mỹ Ngãi" not in findings[0].text


def test_a_nominee_only_written_down_elsewhere_takes_no_place(complete, province, award_round):
    other = factories.unit("Phường Mỹ Ngãi", kind="ward", superior=province)
    writer = factories.member("unit_staff", other)
    writing.complete(unit=other, of_round=award_round, by=writer)

    assert found(complete) == []


def test_a_dissolved_collective_is_not_proposed(complete, ward, staff):
    closed = factories.unit("Trạm Y tế", superior=ward)
    writing.nominee(
        complete, by=staff, kind=NomineeKind.COLLECTIVE, name="Trạm Y tế", collective=closed
    )
    closed.closed_on = datetime.date(2025, 7, 1)
    closed.save()

    assert found(complete) == [("R16", "nominee", Weight.BLOCK)]


def test_a_round_that_is_over_takes_no_new_dossier(complete):
    complete.round.closes_at = clock.end_of(datetime.date(2025, 11, 30))
    complete.round.save()

    assert [weight for _rule, _part, weight in found(complete)] == [Weight.BLOCK]


def test_a_round_takes_dossiers_until_its_last_second(complete, settings):
    settings.DEMO = True
    complete.round.closes_at = clock.end_of(datetime.date(2025, 12, 10))
    complete.round.save()
    end = datetime.datetime(2025, 12, 10, 16, 59, 59, tzinfo=datetime.UTC)

    with clock.standing_at(end):
        assert found(complete) == []
    with clock.standing_at(end + datetime.timedelta(seconds=1)):
        assert len(found(complete)) == 1


def test_a_returned_dossier_is_not_late_for_the_round(complete, staff):
    complete.round.closes_at = clock.end_of(datetime.date(2025, 11, 30))
    complete.round.save()
    change(
        complete,
        state="returned",
        number="KH207-0001",
        submitted_at=clock.now(),
        submitted_by=staff,
        mend_by=datetime.date(2025, 11, 28),
    )

    assert found(complete) == [("R20", "", Weight.WARN)]


def test_more_than_the_quota_is_a_warning(complete, staff):
    factories.quota(complete.round, NomineeKind.INDIVIDUAL, size=1)
    assert found(complete) == []

    writing.nominee(complete, by=staff, name="Trần Văn Bình")

    assert found(complete) == [("R17", "nominees", Weight.WARN)]


@pytest.mark.parametrize(("most", "expected"), [(50, []), (49, [("R21", "nominees", "warn")])])
def test_many_leaders_are_a_warning_by_the_number_in_force(complete, staff, most, expected):
    Parameter.objects.create(
        key=submission.LEADERS_MOST, value=most, meaning="x", valid_from=datetime.date(2022, 1, 1)
    )

    writing.nominee(complete, by=staff, name="Trần Văn Bình", position_class="manager")

    assert found(complete) == expected


def test_asking_takes_as_many_queries_for_one_nominee_as_for_five(
    complete, staff, settings, django_assert_num_queries
):
    settings.DEMO = True
    for name in ("An", "Bình", "Chi", "Dung"):
        writing.nominee(complete, by=staff, name=f"Trần Văn {name}")
    dossier = Dossier.objects.select_related("campaign", "round").get(pk=complete.pk)

    with clock.standing_at(clock.now()), django_assert_num_queries(5):
        list(submission.missing_to_submit(dossier))


def test_a_text_saved_by_the_service_counts_at_once(complete, staff):
    nominee = complete.nominations.get()
    preparing.save_nominee(nominee=nominee, actor=staff, under_review=True)

    assert found(complete) == [("R14", "nominee", Weight.BLOCK)]
