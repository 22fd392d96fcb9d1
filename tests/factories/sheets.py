"""A block of units with a small set of criteria, and sheets in it as far as a test needs."""

import datetime
from decimal import Decimal as D

from accounts.permissions import Role
from campaigns import services
from campaigns.models import Block, Stage
from campaigns.services import Change
from campaigns.workflow import SHEET
from core.clock import clock
from criteria import services as criteria_services
from criteria.rules.written import Written
from tests.factories.people import member, unit

ROWS = (
    Written("1", "Nhận thức số", most=D(30)),
    Written(
        "1.1",
        "Ban Chỉ đạo họp trong năm",
        "1",
        most=D(20),
        kind="count_bands",
        rule=("từ 4: 20", "từ 3: 15", "từ 1: 5", "còn lại: 0"),
        evidence="Biên bản các cuộc họp",
    ),
    Written("1.2", "Văn bản chỉ đạo do người đứng đầu ký", "1", most=D(10), kind="ratio"),
    Written("2", "Hạ tầng số", most=D(20)),
    Written("2.1", "Có chuyên mục riêng", "2", most=D(10), kind="all_or_nothing"),
    Written("2.2", "Chất lượng chuyên mục", "2", most=D(10), kind="manual", rule=("bước: 0,25",)),
    Written("3", "Điểm thưởng", role="bonus", most=D(10)),
    Written("3.1", "Cờ thi đua", "3", most=D(10), kind="bonus", rule=("Cờ cấp tỉnh: 10",)),
)
ANSWERS = {
    "1.1": {"count": "3"},
    "1.2": {"a": "7", "b": "8"},
    "2.1": {"yes": "yes"},
    "2.2": {"points": "7,25"},
    "3.1": {"event0": "0"},
}
POINTS = D("41.00")  # 15 + 8,75 + 10 + 7,25 + 0


def criteria_set(*, of_unit, actor, rows=ROWS, year=2025, code="cham-diem"):
    return criteria_services.draw_up(
        unit=of_unit,
        actor=actor,
        code=code,
        year=year,
        title="Bộ tiêu chí thi đua",
        stated_total=sum(row.most for row in rows if not row.group and row.role == "base"),
        rows=rows,
    )


def block(*, of_unit, actor, members=(), year=2025, **values):
    """A block of these units; the first is its head, the second its deputy."""
    defaults = {"name": "Khối thi đua số 1", "year": year, "unit": of_unit}
    made = services.save_block(block=Block(**(defaults | values)), members=members, actor=actor)
    if len(members) > 1:
        return services.name_heads(block=made, head=members[0], deputies=[members[1]], actor=actor)
    return made


class Field:
    """A block of some wards whose sheets are open, and the people who fill them in."""

    def __init__(self, *, province, officer, section_head, count=3, rows=ROWS, **values):
        self.officer, self.section_head = officer, section_head
        self.units = [
            unit(f"Phường Mẫu {'ABCDEFGH'[number]}", kind="ward", superior=province)
            for number in range(count)
        ]
        self.staff = {each.pk: member(Role.UNIT_STAFF, each) for each in self.units}
        self.heads = {each.pk: member(Role.UNIT_LEADER, each) for each in self.units}
        self.set = criteria_set(of_unit=province, actor=officer, rows=rows)
        self.block = block(
            of_unit=province,
            actor=officer,
            members=self.units,
            criteria_set=self.set,
            **values,
        )
        services.open_sheets(block=self.block, actor=officer)
        self.block.refresh_from_db()
        self.criteria = {row.code: row for row in self.set.criteria.all()}

    def sheet(self, place=0):
        return self.block.sheets.get(unit=self.units[place])

    def verifier_of(self, sheet):
        return self.staff[sheet.verifier_id]

    def change(self, code, version=0, explanation="", **given):
        return Change(self.criteria[code].pk, given, version, explanation)

    def write(self, sheet, answers=ANSWERS):
        """The unit's answers, by code."""
        changes = [self.change(code, None, **given) for code, given in answers.items()]
        actor = self.staff[sheet.unit_id]
        kept = services.save_entries(sheet=sheet, stage=Stage.OWN, changes=changes, actor=actor)
        return kept.sheet

    def bring(self, sheet, upto):
        """A full sheet as far as “scored”, “verified”, “appraised” or “published”."""
        self.write(sheet)
        sheet = SHEET.perform(sheet, "send", actor=self.heads[sheet.unit_id])
        if upto in {"verified", "appraised"}:
            sheet = SHEET.perform(sheet, "verify", actor=self.verifier_of(sheet))
        if upto == "appraised":
            sheet = SHEET.perform(sheet, "appraise", actor=self.officer)
        return sheet

    def publish(self):
        for place in range(len(self.units)):
            self.bring(self.sheet(place), "appraised")
        after = clock.now() + datetime.timedelta(days=30)
        with clock.standing_at(after):
            return services.publish(block=self.block, actor=self.section_head)
