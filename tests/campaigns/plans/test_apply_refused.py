"""What a plan may not say is refused in sentences, and nothing is written then."""

import dataclasses

import pytest

from awards.models import NomineeKind
from campaigns.models import Campaign, Quota
from campaigns.plans import apply as plans
from campaigns.plans import export
from campaigns.plans.reading import read
from core.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_what_dossiers_rest_on_is_not_taken_out(plan_207, ward, staff, officer, province):
    from dossiers.models import Dossier  # noqa: PLC0415  (campaigns do not know dossiers)

    final = plan_207.rounds.get(code="tong-ket")
    Dossier.objects.create(
        campaign=plan_207, round=final, unit=ward, unit_name=ward.name, created_by=staff
    )
    plan = export.plan_of(plan_207)
    awards = dataclasses.replace(plan.awards, rounds=plan.awards.rounds[:1])
    agency = dataclasses.replace(plan.agency, rounds=plan.agency.rounds[:1])
    entries = Entry.objects.count()

    with pytest.raises(plans.CannotApply) as refused:
        plans.apply(
            dataclasses.replace(plan, awards=awards, agency=agency, name="Tên khác"),
            actor=officer,
            owner=province,
        )

    assert len(refused.value.sentences) == 1
    assert "Tổng kết giai đoạn 2022 - 2025" in refused.value.sentences[0]
    assert Campaign.objects.get().name == plan.name
    assert Entry.objects.count() == entries


def test_a_quota_does_not_sink_below_its_taken_places(plan_207, officer, province):
    Quota.objects.filter(round__code="tong-ket", kind=NomineeKind.COLLECTIVE).update(used=12)
    plan = export.plan_of(plan_207)
    final = plan.awards.rounds[1]
    fewer = tuple(dataclasses.replace(q, places=11) for q in final.quotas)
    rounds = (plan.awards.rounds[0], dataclasses.replace(final, quotas=fewer))
    plan = dataclasses.replace(plan, awards=dataclasses.replace(plan.awards, rounds=rounds))

    with pytest.raises(plans.CannotApply) as refused:
        plans.apply(plan, actor=officer, owner=province)

    assert len(refused.value.sentences) == 1
    assert "12" in refused.value.sentences[0]
    assert not Quota.objects.filter(size=11).exists()


def test_a_quota_with_taken_places_is_not_taken_out(plan_207, officer, province):
    Quota.objects.filter(round__code="so-ket").update(used=1)
    plan = export.plan_of(plan_207)
    first = dataclasses.replace(plan.awards.rounds[0], quotas=())
    rounds = (first, plan.awards.rounds[1])

    with pytest.raises(plans.CannotApply) as refused:
        plans.apply(
            dataclasses.replace(plan, awards=dataclasses.replace(plan.awards, rounds=rounds)),
            actor=officer,
            owner=province,
        )

    assert len(refused.value.sentences) == 2


def test_names_that_the_database_does_not_know_are_faults(plan_file, province, home_affairs):
    reading = read(plan_file)

    faults = plans.faults_here(reading, owner=province)

    lines = plan_file.decode().split("\n")
    at = [lines[fault.line - 1].strip() for fault in faults]
    assert at == [
        "- award: GK",
        "- award: BKT",
        "award: BKT",
        "award: BKT",
        "body: Sở Thông tin và Truyền thông",
    ]


def test_a_code_of_another_unit_is_a_fault(plan_207, plan_file, ward):
    faults = plans.faults_here(read(plan_file), owner=ward)

    assert len(faults) == 1
    assert "dong-thap-207" in faults[0].text


def test_only_contents_of_the_superior_campaign_are_inherited(plan_207, province):
    text = (
        "format: 1\ncode: phuong\nparent: dong-thap-207\ntitle: A\nname: A\n"
        "contents:\n  - {code: '1', name: A, inherits: z}\ndropped:\n  - {code: y}\n"
    )

    faults = plans.faults_here(read(text.encode()), owner=province)

    assert [fault.line for fault in faults] == [7, 9]


def test_a_share_of_an_unknown_title_is_a_fault(plan_file, plan_207, province):
    text = plan_file.decode().replace("places: 10}", "percent: 10, of: KHAC}", 1)
    faults = plans.faults_here(read(text.replace("total: 30\n", "\n").encode()), owner=province)

    assert ["KHAC" in fault.text for fault in faults] == [True]


def test_a_start_of_numbers_that_another_campaign_has_is_a_fault(plan_207, plan_file, province):
    text = plan_file.decode().replace("code: dong-thap-207", "code: khac", 1)

    faults = plans.faults_here(read(text.encode()), owner=province)

    assert ["KH207" in fault.text for fault in faults] == [True]
    assert "dossier_prefix" in text.split("\n")[faults[0].line - 1]


def test_faults_of_the_file_and_of_its_names_come_in_one_pass(plan_207, plan_file, province):
    """Otherwise an officer mends one, hands the file in again and gets the next."""
    lines = plan_file.decode().split("\n")
    total = next(n for n, line in enumerate(lines) if line.strip() == "total: 30")
    body = next(n for n, line in enumerate(lines) if "Sở Thông tin và Truyền thông" in line)
    while "body:" not in lines[body]:
        body += 1
    lines[total] = lines[total].replace("30", "31")
    lines[body] = lines[body].split("body:")[0] + "body: Sở Không Có Thật"
    lines[0] = "format: một"

    faults = plans.faults_here(read("\n".join(lines).encode()), owner=province)

    assert {1, total + 1, body + 1} <= {fault.line for fault in faults}


def test_a_file_that_cannot_be_read_at_all_keeps_its_fault(province):
    assert len(plans.faults_here(read(b"format: [1"), owner=province)) == 1


def test_no_unit_is_missed_while_the_day_of_the_plan_cannot_be_read(plan_207, plan_file, province):
    text = plan_file.decode().replace("signed: 2022-06-07", "signed: 2022-06-31", 1)

    faults = plans.faults_here(read(text.encode()), owner=province)

    assert [fault.line for fault in faults] == [1 + text.split("\n").index("signed: 2022-06-31")]


def test_a_plan_signed_on_a_day_to_come_is_refused_for_that_alone(plan_207, plan_file, province):
    """Its units are those of the day of signing: nothing is said of them while that day is wrong."""
    text = plan_file.decode().replace("signed: 2022-06-07", "signed: 2099-06-07", 1)

    faults = plans.faults_here(read(text.encode()), owner=province)

    assert [fault.line for fault in faults] == [1 + text.split("\n").index("signed: 2099-06-07")]
    assert "07/06/2099" in faults[0].text
