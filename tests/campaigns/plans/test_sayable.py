"""What plans of other provinces say, item by item: read, applied, and the same again."""

import datetime

import pytest
from django.urls import reverse

from campaigns import rules
from campaigns.models import AwardRound, Campaign, Quota
from campaigns.plans import apply as plans
from campaigns.plans import export
from campaigns.plans.deadlines import next_days
from campaigns.plans.reading import read

pytestmark = pytest.mark.django_db
HEAD = "format: 1\ncode: {code}\ntitle: Kế hoạch thử\nname: Phong trào thử\n"
ROUND = (
    "{{code: {code}, kind: tong_ket, name: Tổng kết, achieved: {{from: 2022, to: 2025}}, "
    "award: BKT, quotas: [{quotas}]}}"
)


@pytest.fixture
def said(catalogue, province, officer):
    """`said(text)`: the campaign of a plan that says this and comes out again as it went in."""

    def apply(text, code="thu"):
        reading = read((HEAD.format(code=code) + text).encode())
        assert [str(fault) for fault in reading.faults] == []
        assert plans.faults_here(reading, owner=province) == []
        campaign = plans.apply(reading.plan, actor=officer, owner=province).campaign
        assert export.plan_of(campaign) == export.settled(reading.plan)
        return campaign

    return apply


def rounds(*quotas):
    return "awards:\n  rounds:\n" + "".join(
        f"    - {ROUND.format(code=f'dot-{n}', quotas=each)}\n" for n, each in enumerate(quotas)
    )


def test_absolute_places_for_each_kind_households_and_enterprises_too(said):
    kinds = ["collective", "individual", "household", "enterprise"]

    said(rounds(", ".join(f"{{for: {kind}, places: 5}}" for kind in kinds)))

    assert set(Quota.objects.values_list("kind", "size")) == {(kind, 5) for kind in kinds}


@pytest.mark.parametrize(
    "share",
    [
        "{for: household, percent: 1, of: units}",
        '{for: individual, percent: "12,5", of: CSTDCS}',
        "{for: collective, per_block: 1}",
    ],
)
def test_places_in_per_cent_of_units_of_another_title_or_by_block(said, share):
    said(rounds(share))

    assert len(rules.shares_now(AwardRound.objects.get())) == 1


def test_several_award_rounds(said):
    campaign = said(rounds(*["{for: collective, places: 1}"] * 3))

    assert list(campaign.rounds.values_list("code", flat=True)) == ["dot-0", "dot-1", "dot-2"]


def test_conditions_in_words_and_as_rules(said):
    campaign = said(
        "awards:\n  forms:\n    - award: BKT\n      name: Bằng khen\n      conditions:\n"
        "        - {text: Gương mẫu}\n"
        "        - {text: Hai năm liền, for: individual, measure: consecutive_years, at_least: 2, "
        "award: CSTDCS, hard: true}\n"
        + rounds("{for: individual, places: 1}").removeprefix("awards:\n")
    )

    assert [each["text"] for each in campaign.award_forms.get().conditions] == [
        "Gương mẫu",
        "Hai năm liền",
    ]
    assert campaign.rounds.get().conditions == [
        {
            "text": "Hai năm liền",
            "for": "individual",
            "measure": "consecutive_years",
            "at_least": "2",
            "award": "CSTDCS",
            "hard": True,
            "given": "BKT",
        }
    ]
    assert [each.hard for each in export.plan_of(campaign).awards.forms[0].conditions] == [
        None,
        True,
    ]


@pytest.mark.parametrize(
    "rule",
    ["{text: Gương mẫu, hard: true}", "{text: A, measure: initiatives, at_least: 1, hard: true}"],
)
def test_only_what_the_portal_reckons_can_stop_a_nominee(rule):
    reading = read(
        "format: 1\ncode: a\ntitle: A\nname: A\nawards:\n  forms:\n    - name: Bằng khen\n"
        f"      conditions: [{rule}]\n".encode()
    )
    assert ["cổng tự tính được" in fault.text for fault in reading.faults] == [True]


def test_criteria_by_group_of_participants(said):
    campaign = said(
        "standards:\n"
        "  - {code: xa, name: Xã, criteria: [{name: Đúng hạn, points: 30}]}\n"
        "  - {code: dn, name: Doanh nghiệp, criteria: [{name: Nộp thuế}]}\n"
    )

    assert [each.code for each in export.plan_of(campaign).standards] == ["xa", "dn"]


def test_deadlines_by_day_month_year_and_working_days_after_another(said, client):
    campaign = said(
        "period: {from: 2024, to: 2026}\nphases: [{code: gd, name: A, last_day: 2025-12-30}]\n"
        "duties:\n"
        "  - {code: nam, who: A, frequency: yearly, due: 10/12}\n"
        "  - {code: ngay, who: A, frequency: once, due: 15/01/2026}\n"
        "  - {code: thang, who: A, frequency: once, due: 12/2025}\n"
        "  - {code: moi-thang, who: A, frequency: monthly, due: 20}\n"
        "  - {code: sau, who: B, frequency: yearly, due: 5 ngày làm việc sau nam}\n"
        "  - {code: sau-gd, who: B, frequency: once, due: 1 ngày làm việc sau gd}\n"
        "  - {code: sau-nua, who: C, frequency: yearly, due: 2 ngày làm việc sau sau}\n"
    )

    days = next_days(export.plan_of(campaign), datetime.date(2025, 12, 12))

    assert days == {
        "nam": datetime.date(2026, 12, 10),
        "ngay": datetime.date(2026, 1, 15),
        "thang": datetime.date(2025, 12, 31),
        "moi-thang": datetime.date(2025, 12, 20),
        "sau": datetime.date(2025, 12, 17),  # after 10/12/2025, over a weekend
        "sau-gd": datetime.date(2025, 12, 31),
        "sau-nua": datetime.date(2025, 12, 19),
    }


def test_an_annex_may_come_later(said):
    campaign = said(
        "annexes: [{name: Phụ lục 1, attached: false, expected: Sở Nội vụ trong quý I}]\n"
    )

    hints = [part for text, part in rules.hints_to_launch(campaign) if "Phụ lục 1" in text]
    assert hints == ["annexes"]


def test_contents_are_inherited_dropped_and_added_below_a_parent(said, signed_in, officer):
    parent = said('contents: [{code: "1", name: Chính quyền số}, {code: "7", name: Hợp tác}]\n')

    campaign = said(
        'parent: thu\ncontents: [{code: a, name: Chính quyền số, inherits: "1"}, '
        "{code: b, name: Việc riêng của tỉnh}]\n"
        'dropped: [{code: "7", name: Hợp tác, reason: Không thuộc tỉnh}]\n',
        code="con",
    )

    assert campaign.parent == parent
    inherited = campaign.contents.get(code="a")
    assert inherited.parent_content == parent.contents.get(code="1")
    page = signed_in(officer).get(reverse("campaigns:campaign", args=[campaign.pk]))
    text = page.content.decode()
    for words in ("Việc riêng của tỉnh", "Không thuộc tỉnh", parent.name):
        assert words in text
    assert Campaign.objects.filter(parent=parent).get() == campaign


def test_how_months_make_a_quarter_and_silence_stays_silence(said):
    campaign = said(
        "targets:\n"
        "  - {code: A, name: A, compare: at_least, value: 9, unit: hồ sơ, gather: sum}\n"
        "  - {code: B, name: B, compare: rank, value: 9, gather: none}\n"
        "  - {code: C, name: C, compare: yes_no}\n"
    )

    assert list(campaign.targets.values_list("gather", flat=True)) == ["sum", "none", ""]
    assert [each.gather for each in export.plan_of(campaign).targets] == ["sum", "none", None]


@pytest.mark.parametrize(
    "target", ["compare: rank, value: 9", 'compare: at_least, value: 9, unit: "%"']
)
def test_what_cannot_be_added_is_not_asked_to_be(target):
    reading = read(
        "format: 1\ncode: a\ntitle: A\nname: A\ntargets:\n"
        f"  - {{code: A, name: A, {target}, gather: sum}}\n".encode()
    )

    assert "không bao giờ cộng" in str(reading.faults[0])
