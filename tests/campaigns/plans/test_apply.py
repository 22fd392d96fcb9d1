"""The database follows the plan, only where they differ, and orphans nothing."""

import dataclasses
import datetime

import pytest
from django.utils import translation

from campaigns.models import AwardRound, Campaign, Component, Content, Quota, Sector
from campaigns.plans import apply as plans
from campaigns.plans import export, schema
from campaigns.plans.reading import read
from core.audit.models import Entry
from core.clock import clock
from tests import factories

pytestmark = pytest.mark.django_db


def changed(plan_file, old, new):
    assert old in plan_file.decode()
    reading = read(plan_file.decode().replace(old, new, 1).encode())
    assert reading.faults == []
    return reading.plan


def test_the_whole_plan_stands_in_the_database(plan_207, communications, province):
    campaign = Campaign.objects.get(code="dong-thap-207")

    assert campaign.unit == province
    assert campaign.steward == communications
    assert campaign.state == Campaign.State.DRAFT
    assert campaign.dossier_prefix == "KH207"
    assert campaign.signed_on == datetime.date(2022, 6, 7)
    assert campaign.bases.count() == 4
    assert "".join(campaign.contents.values_list("code", flat=True)) == "abcdefghij"
    assert list(Sector.objects.values_list("content__code", "code")) == [
        ("i", "NN"),
        ("i", "YTE"),
        ("i", "GD_DT"),
    ]
    assert list(campaign.components.values_list("code", flat=True)) == [
        "TTR",
        "BB",
        "BCTT",
        "BCPT",
        "KHPD",
    ]
    assert campaign.participants.count() == 4
    assert campaign.roles.count() == 6
    assert list(campaign.duties.values_list("due", flat=True)) == ["12-10", "", "", ""]
    assert campaign.particulars["annexes"] == [
        {"name": "Phụ lục tiêu chuẩn thi đua", "attached": False}
    ]


def test_award_rounds_keep_periods_and_places_of_their_own(plan_207):
    rounds = plan_207.rounds.values_list("code", "achieved_from", "achieved_to", "printed_period")
    quotas = Quota.objects.values_list("round__code", "kind", "size", "used")

    assert list(rounds) == [
        ("so-ket", 2022, 2023, "giai đoạn 2022 - 2023"),
        ("tong-ket", 2022, 2025, "giai đoạn 2022 - 2025"),
    ]
    assert list(quotas) == [
        ("so-ket", "collective", 10, 0),
        ("so-ket", "individual", 20, 0),
        ("tong-ket", "collective", 20, 0),
        ("tong-ket", "individual", 30, 0),
    ]


def test_the_last_day_of_a_round_lasts_until_midnight_in_viet_nam(plan_207):
    final = plan_207.rounds.get(code="tong-ket")

    assert final.opens_at == clock.as_instant(datetime.date(2025, 11, 3))
    assert final.closes_at == clock.as_instant(datetime.date(2025, 12, 11))
    assert final.by_agency == ["opens", "last_day", "appraisal_days"]


def test_the_standing_agency_is_resolved_as_of_the_plan_and_followed_to_its_successor(
    reorganised, plan_207, agency
):
    assert plan_207.steward == reorganised
    assert plan_207.steward_on(datetime.date(2025, 2, 28)) == reorganised
    assert plan_207.steward_on(datetime.date(2025, 3, 1)) == agency


def test_applying_again_changes_nothing(plan_207, plan_file, officer, province):
    entries = Entry.objects.count()
    version = Campaign.objects.get().version

    applied = plans.apply(read(plan_file).plan, actor=officer, owner=province)

    assert applied.changes == []
    assert Entry.objects.count() == entries
    assert Campaign.objects.get().version == version


def test_what_is_exported_is_the_plan_and_exports_to_the_same_bytes(
    plan_207, plan_file, officer, province
):
    written = export.write(export.plan_of(plan_207))

    assert read(written).plan == export.settled(read(plan_file).plan)
    plans.apply(read(written).plan, actor=officer, owner=province)
    assert export.write(export.plan_of(Campaign.objects.get())) == written


def test_an_edited_file_changes_only_what_differs(plan_207, plan_file, officer, province):
    rows = {row.code: row.pk for row in Content.objects.all()}
    text = plan_file.decode().replace("for: individual, places: 30", "for: individual, places: 35")
    plan = read(text.replace("total: 50", "total: 55").encode()).plan

    applied = plans.apply(plan, actor=officer, owner=province)

    assert [change.kind for change in applied.changes] == ["changed"]
    assert applied.changes[0].text == "30 → 35"
    assert Quota.objects.get(round__code="tong-ket", kind="individual").size == 35
    assert {row.code: row.pk for row in Content.objects.all()} == rows
    assert Entry.objects.filter(verb="campaign.apply_plan").count() == 2


def test_a_content_may_be_added_renamed_moved_and_taken_out(plan_207, officer, province):
    plan = export.plan_of(plan_207)
    first, second, *rest = plan.contents
    new = dataclasses.replace(first, code="đ", name="Một nội dung mới")
    renamed = dataclasses.replace(second, name="Tên khác")
    after = dataclasses.replace(plan, contents=(*rest, renamed, new))

    applied = plans.apply(after, actor=officer, owner=province)

    assert [change.kind.value for change in applied.changes] == [
        "removed",
        "changed",
        "added",
        "changed",
    ]
    assert "".join(plan_207.contents.values_list("code", flat=True)) == "cdefghijbđ"
    assert export.plan_of(Campaign.objects.get()).contents == after.contents


def test_the_canonical_file_is_the_same_in_every_language(plan_207):
    with translation.override("vi"):
        vietnamese = export.write(export.plan_of(plan_207))
    with translation.override("en"):
        assert export.write(export.plan_of(plan_207)) == vietnamese


def test_a_whole_plan_applies_in_few_queries(
    plan_file, catalogue, communications, province, officer, django_assert_max_num_queries
):
    with django_assert_max_num_queries(45):
        plans.apply(read(plan_file).plan, actor=officer, owner=province)

    assert AwardRound.objects.count() == 2
    assert Component.objects.count() == 5


def test_units_are_found_however_the_plan_writes_them(province):
    from campaigns import rules  # noqa: PLC0415

    unit = factories.unit("Sở Thông tin và Truyền thông", superior=province)

    found = rules.units_named(["Sở Thông tin Truyền thông"], datetime.date(2022, 6, 7))

    assert found == {"Sở Thông tin Truyền thông": unit}


def test_contents_are_taken_from_a_superior_campaign_or_left_out(plan_207, officer, province):
    plan = schema.Plan(
        format=1,
        code="phuong",
        parent="dong-thap-207",
        title="Hưởng ứng phong trào",
        name="Hưởng ứng",
        contents=(schema.Content("1", "Nâng cao nhận thức", inherits="a"),),
        dropped=(schema.Dropped("j", reason="Không thuộc nhiệm vụ"),),
    )

    campaign = plans.apply(plan, actor=officer, owner=province).campaign

    assert campaign.contents.get().parent_content == plan_207.contents.get(code="a")
    assert export.plan_of(campaign) == plan


def test_places_may_be_a_share_or_so_many_a_block(plan_207, plan_file, officer, province):
    text = plan_file.decode()
    for old, new in [
        ("{for: collective, places: 20}", "{for: collective, per_block: 1}"),
        ("{for: individual, places: 30}", "{for: individual, percent: 10, of: CSTDCS}"),
        ("      total: 50\n", ""),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    reading = read(text.encode())
    assert (reading.faults, plans.faults_here(reading, owner=province)) == ([], [])

    plans.apply(reading.plan, actor=officer, owner=province)

    final = AwardRound.objects.get(code="tong-ket")
    assert not final.quotas.exists()
    assert [share.get("percent") for share in final.shares] == [None, "10"]
    assert plans.difference(reading.plan) == []


def test_what_would_be_added_says_the_days_to_be_checked(plan_file):
    added = "\n".join(map(str, plans.difference(read(plan_file).plan)))

    assert "Phát động (07/06/2022–30/06/2022)" in added
    assert "tong-ket (03/11/2025–10/12/2025)" in added
    assert "Hằng năm, 10/12)" in added
    duties = [line for line in added.split("\n") if "→ UBND Tỉnh" in line]
    assert len(duties) == len(set(duties)) == 3
