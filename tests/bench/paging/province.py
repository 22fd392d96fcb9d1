"""A province without dossiers: 120 units, their people, plan 207, people of every role."""

from io import StringIO
from random import Random

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command

from accounts.models import Unit, User
from accounts.permissions import Role
from campaigns.models import Campaign, Participation
from core.workdays import calendar
from tests import factories
from tests.bench.paging import prose

PLAN = settings.BASE_DIR / "campaigns/plans/files/dong-thap-207.yaml"
DEPARTMENTS = [
    "Sở Tài chính",
    "Sở Y tế",
    "Sở Xây dựng",
    "Sở Công Thương",
    "Sở Tư pháp",
    "Sở Giáo dục và Đào tạo",
    "Sở Nông nghiệp và Môi trường",
    "Sở Văn hóa, Thể thao và Du lịch",
]
COMMUNES = 110
OFFICERS = 6
WITH_SECOND_FACTOR = {Role.OFFICER, Role.SECTION_HEAD, Role.LEADER_VIEW}


def found():
    """Open the units, give them their people and start the campaign."""
    calendar.load()
    call_command("load_law", stdout=StringIO())
    call_command("load_award_types", stdout=StringIO())
    root = factories.unit("Tỉnh Đồng Tháp", kind="province")
    for title, short in [
        ("Sở Nội vụ", "SNV"),
        ("Sở Khoa học và Công nghệ", "SKHCN"),
        ("Sở Thông tin và Truyền thông", "STTTT"),
    ]:
        factories.unit(title, superior=root, short_name=short)
    proposing = [factories.unit(title, superior=root) for title in DEPARTMENTS]
    for number in range(COMMUNES):
        place = prose.PLACES[number % len(prose.PLACES)]
        kind, title = ("ward", "Phường") if number % 4 == 0 else ("commune", "Xã")
        proposing.append(factories.unit(f"{title} {place} {number + 1}", kind=kind, superior=root))
    people(root, proposing)
    campaign(proposing)


def people(root, proposing):
    rng = Random(207)
    agency = Unit.objects.get(short_name="SKHCN")
    factories.member(Role.CAMPAIGN_AGENCY, agency, prose.name(rng)[0])
    alone = [Role.SECTION_HEAD, Role.LEADER_VIEW, Role.COUNCIL_SECRETARY, Role.DECIDER]
    for role in [*alone, *[Role.OFFICER] * OFFICERS]:
        someone = factories.member(role, root, prose.name(rng)[0])
        if role in WITH_SECOND_FACTOR:
            Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={})
    for unit in proposing:
        for role in (Role.UNIT_STAFF, Role.UNIT_LEADER):
            factories.member(role, unit, prose.name(rng)[0])


def campaign(proposing):
    officer = holders(Role.OFFICER)[0]
    call_command("plan", "apply", str(PLAN), by=officer.username, launch=True, stdout=StringIO())
    running = Campaign.objects.get()
    Participation.objects.bulk_create(
        Participation(campaign=running, unit=unit, unit_name=unit.name, registered_by=officer)
        for unit in proposing
    )


def holders(role) -> list[User]:
    """Who holds a role, the first appointed first."""
    return list(User.objects.filter(memberships__role=role).order_by("pk"))


def proposing_units() -> list[Unit]:
    return list(Unit.objects.filter(depth=2, short_name=""))
