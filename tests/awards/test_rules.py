import datetime
import io

import pytest
from django.core.management import call_command

from accounts import services as unit_services
from accounts.permissions import Role
from awards import rules
from awards.models import Authority, AwardType, NomineeKind
from awards.workflow import DECISION
from core.findings import Weight
from tests import factories
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
CHAIRMAN = "Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp"
DAY = datetime.date(2025, 12, 1)


def said(findings):
    return [(finding.rule, finding.weight) for finding in findings]


# --- R01, R02 -----------------------------------------------------------------------------


def test_a_title_for_individuals_is_not_given_to_a_collective():
    of_type = factory.award_type("CSTDT", kinds=["individual"])

    assert said(rules.missing_for(award_type=of_type, kind=NomineeKind.COLLECTIVE)) == [
        ("R01", Weight.BLOCK)
    ]
    assert not list(rules.missing_for(award_type=of_type, kind=NomineeKind.INDIVIDUAL))


@pytest.mark.parametrize(
    ("office", "confirmed", "values", "found"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh", True, {}, []),
        ("Chủ tịch UBND tỉnh", True, {}, []),
        ("Chủ tịch UBND tỉnh", False, {}, [("R02", Weight.WARN)]),
        ("Chủ tịch UBND cấp xã", True, {}, [("R02", Weight.BLOCK)]),
        ("Thủ tướng Chính phủ", True, {}, [("R02", Weight.BLOCK)]),
        ("Chủ tịch UBND tỉnh", True, {"valid_from": DAY}, []),
        (
            "Chủ tịch UBND tỉnh",
            True,
            {"valid_from": DAY + datetime.timedelta(days=1)},
            [("R02", Weight.BLOCK)],
        ),
        ("Chủ tịch UBND tỉnh", True, {"valid_to": DAY}, []),
        (
            "Chủ tịch UBND tỉnh",
            True,
            {"valid_to": DAY - datetime.timedelta(days=1)},
            [("R02", Weight.BLOCK)],
        ),
    ],
)
def test_who_may_grant_is_read_from_the_table_of_the_day(office, confirmed, values, found):
    of_type = factory.award_type()
    factory.authority(of_type, office=office, confirmed=confirmed, **values)

    assert said(rules.may_grant(of_type, CHAIRMAN, DAY)) == found


@pytest.mark.parametrize(
    ("portal", "office", "found"),
    [
        ("Thành phố Huế", "thành phố Huế", Weight.WARN),
        ("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", Weight.WARN),
        ("Tỉnh An Giang", "tỉnh An Giang", Weight.WARN),
        ("Thành phố Huế", "thành phố Cao Lãnh", Weight.BLOCK),  # of a province
        ("Tỉnh Đồng Tháp", "thành phố Cao Lãnh", Weight.BLOCK),
    ],
)
@pytest.mark.parametrize("code", ["BKT", "COTINH", "CSTDT", "TTLDXS", "XATB", "KNC"])
def test_the_chairman_of_a_city_run_centrally_grants_as_that_of_a_province(
    settings, portal, office, found, code
):
    settings.PROVINCE = portal
    call_command("load_award_types", stdout=io.StringIO())
    of_type = AwardType.objects.get(code=code)

    chairman = f"Chủ tịch Ủy ban nhân dân {office}"
    assert said(rules.may_grant(of_type, chairman, DAY)) == [("R02", found)]


# --- R04: what is held already ------------------------------------------------------------


@pytest.fixture
def person(ward):
    return factories.person("Trần Thị Bích Liên", unit=ward)


def grant(unit, decider, *, year=2025, **values):
    """One award, granted in this year."""
    if not factory.award_type().authorities.exists():
        factory.authority()
    officer = factory.member(Role.OFFICER, unit)
    draft = factory.decision(unit=unit, actor=officer)
    made = factory.award(draft, name="Bà Liên", unit=unit, actor=officer, **values)
    factory.sign(draft, actor=officer, signed_on=DAY.replace(year=year))
    DECISION.perform(draft, "issue", actor=decider)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("reason", "years", "found"),
    [
        (factory.REASON.upper(), (2010, 2011), ["R04"]),
        ("Đã có thành tích khác", (2025, 2026), ["R04"]),
        ("Đã có thành tích khác", (2026, 2027), []),
        ("Đã có thành tích khác", (None, None), []),
    ],
)
def test_the_same_achievement_or_the_same_years_are_pointed_out(
    province, decider, person, reason, years, found
):
    grant(province, decider, person=person, achieved_from=2022, achieved_to=2025)

    findings = rules.already_awarded(
        past=rules.past_awards(person=person),
        reason=reason,
        achieved_from=years[0],
        achieved_to=years[1],
    )

    assert [finding.rule for finding in findings] == found


def test_a_revoked_award_stands_in_nobodys_way(province, decider, person):
    factory.revoke(grant(province, decider, person=person), actor=decider)

    findings = rules.already_awarded(
        past=rules.past_awards(person=person),
        reason=factory.REASON,
        achieved_from=2022,
        achieved_to=2025,
    )

    assert not list(findings)


def test_awards_of_many_holders_are_those_of_each_in_one_query(
    province, decider, person, django_assert_num_queries
):
    other = factories.person("Trần Thị B", unit=province)
    grant(province, decider, person=person, year=2023)
    grant(province, decider, person=person, year=2025)

    grant(province, decider, collective=province, year=2024, kind=NomineeKind.COLLECTIVE)

    with django_assert_num_queries(2):  # and what went before the collective
        past = rules.past_awards_of([person, other], [province])

    assert past == {one: rules.past_awards(person=one) for one in (person, other)} | {
        province: rules.past_awards(collective=province)
    }
    assert [award.year for award in past[person].own] == [2025, 2023]
    assert [award.year for award in past[province].own] == [2024]


def test_awards_of_a_predecessor_stand_apart(province, decider):
    old = factories.unit("Sở Thông tin và Truyền thông", superior=province)
    new = factories.unit("Sở Khoa học và Công nghệ mới", superior=province)
    put = {"kind": NomineeKind.COLLECTIVE}
    before = grant(province, decider, collective=old, year=2023, **put)
    merge(old, into=new, actor=decider)
    after = grant(province, decider, collective=new, year=2025, **put)

    past = rules.past_awards(collective=new)

    assert past.own == [after]
    assert [(unit.pk, held) for unit, held in past.of_predecessors] == [(old.pk, [before])]


def merge(unit, *, into, actor):
    unit_services.merge_units(
        predecessors=[unit],
        successor=into,
        on=datetime.date(2025, 3, 1),
        document="12/NQ-HĐND",
        actor=actor,
    )


def test_a_newcomer_holds_nothing():
    assert rules.past_awards() == rules.PastAwards([], [])


# --- R16, R23 -----------------------------------------------------------------------------


def test_a_dissolved_unit_gets_no_award(province, decider):
    factory.authority()
    officer = factory.member(Role.OFFICER, province)
    gone = factories.unit("Ban Quản lý dự án", superior=province)
    type(gone).objects.filter(pk=gone.pk).update(closed_on=datetime.date(2025, 7, 1))
    draft = factory.decision(unit=province, actor=officer)
    put = {"unit": province, "actor": officer, "kind": NomineeKind.COLLECTIVE}
    factory.award(draft, name="Ban Quản lý dự án", collective=gone, **put)
    draft = factory.sign(draft, actor=officer)

    assert said(rules.missing_to_issue(draft)) == [("R16", Weight.BLOCK)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Bà Trần Thị Bích Liên", 0),
        ("Ông Y Ê-ban Niê", 0),
        ("Bà Trần  Thị Liên", 1),
        (" Bà Trần Thị Liên", 1),
        ("Bà Trần thị Liên", 1),
        ("bà trần thị liên", 1),
        ("Ba\u0300 Liên", 1),
    ],
)
def test_names_that_would_be_printed_wrong_are_pointed_out(name, found):
    findings = list(rules.name_findings(name, kind=NomineeKind.INDIVIDUAL))

    assert said(findings) == [("R23", Weight.WARN)] * found


def test_a_collective_may_have_small_letters_in_its_name():
    assert not list(rules.name_findings("Phòng Văn hóa – Xã hội", kind=NomineeKind.COLLECTIVE))


# --- two levels of government since 1 July 2025 (domain D15) --------------------------------------


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (datetime.date(2025, 6, 30), [("R02", Weight.WARN)]),
        (datetime.date(2025, 7, 1), [("R02", Weight.BLOCK)]),
    ],
)
def test_a_district_chairman_grants_until_30_june_2025_only(db, day, found):
    call_command("load_award_types", stdout=io.StringIO())
    of_type = AwardType.objects.get(code="GK")

    assert said(rules.may_grant(of_type, "Chủ tịch Ủy ban nhân dân huyện Tháp Mười", day)) == found


def test_loading_again_adds_authorities_that_came_later(db):
    call_command("load_award_types", stdout=io.StringIO())
    district = Authority.objects.filter(signer_role="Chủ tịch Ủy ban nhân dân cấp huyện")
    before = district.count()
    district.delete()

    call_command("load_award_types", stdout=io.StringIO())

    assert district.count() == before
    assert set(district.values_list("valid_to", flat=True)) == {datetime.date(2025, 6, 30)}


# --- the year of the achievement ------------------------------------------------------------------


def test_titles_stand_in_the_order_of_their_achievements_whenever_signed(
    signed_in, officer, province, decider, person
):
    put = {"person": person, "achieved_from": None}
    later = grant(province, decider, year=2024, achieved_to=2024, **put)
    earlier = grant(province, decider, year=2025, achieved_to=2023, **put)

    past = rules.past_awards(person=person).own

    assert past == [later, earlier]
    assert [(one.achievement_year, one.year) for one in past] == [(2024, 2024), (2023, 2025)]
    facts = dict(signed_in(officer).get(earlier.get_absolute_url()).context["facts"])
    assert (facts["Thời gian lập thành tích"], facts["Năm"]) == ("2023", "2025")


@pytest.mark.parametrize(("year", "found"), [(2023, ["R04"]), (2024, [])])
def test_the_one_year_of_a_title_overlaps_that_year_only(province, decider, person, year, found):
    grant(province, decider, person=person, achieved_from=None, achieved_to=2023)

    findings = rules.already_awarded(
        past=rules.past_awards(person=person),
        reason="Đã có thành tích khác",
        achieved_from=year,
        achieved_to=year,
    )

    assert [finding.rule for finding in findings] == found
