"""300 units in ten blocks a year over ten years, and a set of 100 criteria of all kinds."""

from decimal import Decimal
from io import StringIO

from allauth.mfa.models import Authenticator
from django.core.management import call_command

from accounts.permissions import Role
from campaigns.models import Block, BlockMember
from core.workdays import calendar
from criteria import services
from criteria.rules.written import Written
from criteria.workflow import CRITERIA_SET
from tests import factories

YEARS = range(2016, 2026)
UNITS, IN_BLOCK = 300, 30
GROUPS, IN_GROUP = 10, 10
RULES = [
    ("count_bands", ("từ 4: 10", "từ 2: 5", "còn lại: 0")),
    ("ratio", ()),
    ("manual", ("bước: 0,25",)),
    ("all_or_nothing", ()),
    ("options", ("Đã ban hành: tối đa", "Đang soạn: 1/2 tối đa", "Chưa có: 0")),
    ("percent_bands", ("từ 90 %: tối đa", "từ 70 % đến dưới 90 %: 1/2 tối đa", "dưới 70 %: 0")),
    ("parts", ("Có kế hoạch: 1/2 tối đa", "Có báo cáo: 1/2 tối đa")),
]


def found():
    """Make the units, their staff and the blocks; answers the officer."""
    calendar.load()
    call_command("load_law", stdout=StringIO())
    root = factories.unit("Tỉnh Đồng Tháp", kind="province")
    officer = factories.member(Role.OFFICER, root, "Phạm Quốc Khánh")
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    units = [
        factories.unit(f"Xã Thử {number + 1}", kind="commune", superior=root)
        for number in range(UNITS)
    ]
    for unit in units[:IN_BLOCK]:
        factories.member(Role.UNIT_STAFF, unit)
    chosen = criteria_set(root, officer)
    for year in YEARS:
        for first in range(0, UNITS, IN_BLOCK):
            make(root, year, units[first : first + IN_BLOCK], chosen, first // IN_BLOCK + 1)
    return officer


def make(root, year, units, chosen, number):
    block = Block.objects.create(
        unit=root, year=year, name=f"Cụm thi đua số {number}", head=units[0], criteria_set=chosen
    )
    BlockMember.objects.bulk_create(
        BlockMember(block=block, unit=unit, unit_name=unit.name, year=year) for unit in units
    )


def criteria_set(root, officer):
    rows = []
    for group in range(1, GROUPS + 1):
        rows.append(Written(str(group), f"Nhóm {group}", most=Decimal(100)))
        for number in range(1, IN_GROUP + 1):
            kind, rule = RULES[(group + number) % len(RULES)]
            if (group, number) == (1, 2):
                kind, rule = "ratio", ()
            code = f"{group}.{number}"
            rows.append(
                Written(code, f"Tiêu chí {code}", str(group), "base", Decimal(10), kind, rule)
            )
    made = services.draw_up(
        unit=root,
        actor=officer,
        code="tram-tieu-chi",
        year=2016,
        title="Bộ một trăm tiêu chí",
        stated_total=Decimal(1000),
        rows=rows,
    )
    return CRITERIA_SET.perform(made, "lock", actor=officer)
