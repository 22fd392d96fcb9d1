"""A cluster of five wards that scores itself, and one of six communes whose members score each
other. Both are of 2025, as their units; beside them a group of departments with last year's ranking.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal as D

from accounts.models import Unit, User
from campaigns import services
from campaigns.models import Block, ScoreSheet, Stage
from campaigns.workflow import SHEET
from core.clock import clock
from criteria import services as criteria_services
from criteria.models import CriteriaSet
from criteria.rules.numbers import said
from criteria.rules.written import Written
from dashboard.management.demo.story import team

MEETINGS = ("từ 4: tối đa", "từ 3: 15", "từ 2: 10", "từ 1: 5", "còn lại: 0")
LED_BY = ("Bí thư hoặc Chủ tịch: tối đa", "Cấp phó: 1/2 tối đa", "Chưa có: 0")
PARTS = ("Có kế hoạch năm: 1/2 tối đa", "Có báo cáo kết quả: 1/2 tối đa")
BANDS = ("từ 90 %: tối đa", "từ 70 % đến dưới 90 %: 1/2 tối đa", "dưới 70 %: 0")
MINUTES = "Biên bản, giấy mời hoặc thông báo kết luận các cuộc họp"
ROWS = (
    Written("1", "Chỉ đạo, điều hành phong trào", most=D(50)),
    Written("1.1", "Người đứng đầu Ban Chỉ đạo", "1", most=D(10), kind="options", rule=LED_BY),
    Written(
        "1.2",
        "Ban Chỉ đạo họp trong năm",
        "1",
        most=D(20),
        kind="count_bands",
        rule=MEETINGS,
        evidence=MINUTES,
        guidance="Tính các cuộc họp có kết luận bằng văn bản.",
    ),
    Written("1.3", "Kế hoạch và báo cáo", "1", most=D(10), kind="parts", rule=PARTS),
    Written(
        "1.4",
        "Văn bản chỉ đạo chuyên đề do người đứng đầu ký",
        "1",
        most=D(10),
        kind="ratio",
        evidence="Số hiệu, tên, ngày và trích yếu văn bản",
    ),
    Written("2", "Kết quả thực hiện nhiệm vụ", most=D(50)),
    Written(
        "2.1",
        "Hồ sơ thủ tục hành chính tiếp nhận trực tuyến",
        "2",
        most=D(20),
        kind="percent_bands",
        rule=BANDS,
        evidence="Thống kê của Hệ thống thông tin giải quyết thủ tục hành chính",
    ),
    Written(
        "2.2", "Thanh toán trực tuyến", "2", most=D(10), kind="ratio", rule=("chỉ tiêu: 60 %",)
    ),
    Written("2.3", "Trang thông tin có chuyên mục riêng", "2", most=D(5), kind="all_or_nothing"),
    Written("2.4", "Mô hình, cách làm hay", "2", most=D(15), kind="manual", rule=("bước: 0,5",)),
    Written("3", "Điểm thưởng", role="bonus", most=D(15)),
    Written(
        "3.1",
        "Hình thức khen thưởng trong năm",
        "3",
        most=D(15),
        kind="bonus",
        rule=("Cờ thi đua của Chính phủ: 15", "Cờ thi đua cấp tỉnh: 10", "Bằng khen: 5"),
        evidence="Quyết định khen thưởng",
    ),
    Written("4", "Điểm trừ", role="penalty", most=D(10)),
    Written(
        "4.1",
        "Báo cáo chậm hạn",
        "4",
        kind="per_occurrence",
        rule=("trừ mỗi lần: 1", "thấp nhất: -5"),
    ),
)
ANSWERS = (
    ("1.1", {"choice": "0"}),
    ("1.2", {"count": "4"}),
    ("1.3", {"part0": "yes", "part1": "yes"}),
    ("1.4", {"a": "7", "b": "8"}),
    ("2.1", {"a": "1.842", "b": "1.976"}),
    ("2.2", {"a": "912", "b": "1.842"}),
    ("2.3", {"yes": "yes"}),
    ("2.4", {"points": "12,5"}),
    ("3.1", {"event0": "0", "event1": "0", "event2": "1"}),
    ("4.1", {"count": "1"}),
)
VARIED = {  # by place in the block: what differs from ANSWERS
    1: {"1.2": {"count": "3"}, "2.4": {"points": "10"}},
    2: {"1.1": {"choice": "1"}, "2.1": {"a": "1.310", "b": "1.690"}},
    3: {"1.4": {"a": "5", "b": "9"}, "3.1": {"event0": "0", "event1": "1", "event2": "0"}},
    4: {"2.3": {"yes": "no"}, "4.1": {"count": "3"}},
}
DEPARTMENTS = "Khối thi đua các sở số 1"
SETS = {  # code: title
    "cum-phuong": "Bộ tiêu chí chấm điểm thi đua cụm các phường",
    "khoi-so": "Bộ tiêu chí chấm điểm thi đua khối các sở",
}
FOUNDING = datetime.timedelta(days=14)  # from when a unit was founded until it is in a block
KNOWN_ELSEWHERE = ("1.4", "2.1")  # criteria that go to the department that knows
GIVEN_MORE = (D(0), D("0.5"), D(-4), D("-0.5"), D(0), D(3))  # by the place of the scorer


def play(units: list[Unit], root: Unit, officer: User) -> None:
    """`units`: five wards; the first is the one whose people sign in, the second heads."""
    now = _block(units, root, officer, 2025, score_by=datetime.date(2025, 12, 4))
    with clock.standing_at(_moment(2025, 11, 26)):
        sheets = _sheets(now, units)
        _write(sheets[0], 0, ANSWERS[:6])
        for place, upto in ((1, "scored"), (2, "verified"), (3, "appraised"), (4, "scored")):
            _bring(sheets[place], place, upto, officer)
        _advise(sheets[2])


def play_departments(units: list[Unit], root: Unit, officer: User, head: User) -> None:
    """Five departments, which stood in 2024 already: that ranking is published, this year's sheets
    are appraised but for one."""
    of_departments = {"name": DEPARTMENTS, "kind": Block.Kind.BLOCK}
    last = _block(units, root, officer, 2024, code="khoi-so", **of_departments)
    with clock.standing_at(_moment(2024, 12, 20)):
        for place, sheet in enumerate(_sheets(last, units)):
            _bring(sheet, place, "appraised", officer)
    with clock.standing_at(_moment(2025, 1, 15)):
        services.publish(block=last, actor=head)
    now = _block(units, root, officer, 2025, code="khoi-so", previous=last, **of_departments)
    with clock.standing_at(_moment(2025, 11, 26)):
        for place, sheet in enumerate(_sheets(now, units)):
            _bring(sheet, place + 1, "appraised" if place else "verified", officer)


def _advise(sheet: ScoreSheet) -> None:
    """What the department says of two criteria: it agrees with one, and has doubts on the other."""
    keys = dict(sheet.criteria_set.criteria.values_list("code", "pk"))
    doubt = "Hai văn bản không có trên trục liên thông văn bản của tỉnh."
    changes = [
        services.Change(keys["1.4"], {"points": "6,25"}, 0, doubt),
        services.Change(keys["2.1"], {"agree": "yes"}, 0),
    ]
    actor = team(Unit.objects.get(short_name="SKHCN"))[0]
    services.save_entries(sheet=sheet, stage=Stage.ADVISED, changes=changes, actor=actor)


def play_peers(units: list[Unit], root: Unit, officer: User) -> None:
    """Six communes that score each other without names, each scored by four; one gives little,
    one gives much."""
    values = {"has_peers": True, "blind": True, "scorers_each": 4}
    made = _block(units, root, officer, 2025, name="Cụm thi đua các xã số 1", **values)
    with clock.standing_at(_moment(2025, 11, 27)):
        for place, sheet in enumerate(_sheets(made, units)):
            written = _write(sheet, place, ANSWERS)
            SHEET.perform(written, "send", actor=team(sheet.unit)[1])
    with clock.standing_at(_moment(2025, 11, 28)):
        services.open_peers(block=made, actor=team(units[1])[0])
        keys = dict(made.criteria_set.criteria.values_list("code", "pk"))
        sheets = {sheet.unit_id: sheet for sheet in _sheets(made, units)}
        for scorer, by in zip(units, GIVEN_MORE, strict=True):
            for unit in made.design[str(scorer.pk)]:
                _score(sheets[unit], units, scorer, by, keys)


def _score(sheet: ScoreSheet, units: list[Unit], scorer: Unit, by: D, keys: dict) -> None:
    """What one member gives another for what is judged by eye; the rest it agrees with."""
    worth = D(8) + [unit.pk for unit in units].index(sheet.unit_id)
    chance = D((sheet.unit_id * 7 + scorer.pk * 3) % 3) / 2
    points = min(max(worth + by + chance, D(0)), D(15))
    changes = [
        services.Change(keys["2.4"], {"points": said(points)}, 0, "So với các mô hình trong cụm."),
        services.Change(keys["1.1"], {"agree": "yes"}, 0),
        services.Change(keys["1.2"], {"agree": "yes"}, 0),
    ]
    if by < -1:
        cut = services.Change(keys["1.3"], {"points": "5"}, 0, "Báo cáo chưa có số liệu.")
        changes.append(cut)
    services.save_entries(
        sheet=sheet, stage=Stage.PEER, changes=changes, actor=team(scorer)[0], scorer=scorer
    )


def _moment(*day: int) -> datetime.datetime:
    return clock.as_instant(datetime.date(*day)) + datetime.timedelta(hours=9)


def _block(
    units: list[Unit], root: Unit, officer: User, year: int, code: str = "cum-phuong", **values
) -> Block:
    founded = max(unit.opened_on or datetime.date.min for unit in units)
    begun = max(datetime.date(year, 3, 10), founded + FOUNDING)
    with clock.standing_at(_moment(begun.year, begun.month, begun.day)):
        made = services.save_block(
            block=Block(
                unit=root,
                year=year,
                criteria_set=_set(root, officer, year, code),
                **{"name": "Cụm thi đua các phường số 1", "kind": Block.Kind.CLUSTER} | values,
            ),
            members=units,
            actor=officer,
        )
        made = services.name_heads(block=made, head=units[1], deputies=[units[2]], actor=officer)
        services.open_sheets(block=made, actor=officer)
    return made


def _set(root: Unit, officer: User, year: int, code: str) -> CriteriaSet:
    """Two clusters of a year are scored by one set."""
    if held := CriteriaSet.objects.filter(code=code, year=year).first():
        return held
    made = criteria_services.draw_up(
        unit=root,
        actor=officer,
        rows=ROWS,
        code=code,
        year=year,
        title=SETS[code],
        stated_total=D(100),
        note="Bộ tiêu chí minh họa của bản trình diễn.",
        tie_breaks=["base", "main"],
    )
    known = made.criteria.filter(code__in=KNOWN_ELSEWHERE)
    known.update(verifier_unit=Unit.objects.get(short_name="SKHCN"))
    return made


def _sheets(block: Block, units: list[Unit]) -> list[ScoreSheet]:
    held = {sheet.unit_id: sheet for sheet in block.sheets.all()}
    return [held[unit.pk] for unit in units]


def _write(sheet: ScoreSheet, place: int, answers: Iterable[tuple[str, dict]]) -> ScoreSheet:
    keys = dict(sheet.criteria_set.criteria.values_list("code", "pk"))
    varied = VARIED.get(place, {})
    changes = [
        services.Change(keys[code], varied.get(code, given), 0, "") for code, given in answers
    ]
    writer = team(sheet.unit)[0]
    kept = services.save_entries(sheet=sheet, stage=Stage.OWN, changes=changes, actor=writer)
    return kept.sheet


def _bring(sheet: ScoreSheet, place: int, upto: str, officer: User) -> None:
    sheet = _write(sheet, place, ANSWERS)
    sheet = SHEET.perform(sheet, "send", actor=team(sheet.unit)[1])
    if upto == "scored":
        return
    keys = dict(sheet.criteria_set.criteria.values_list("code", "pk"))
    verifier = team(sheet.verifier)[0]
    cut = services.Change(keys["1.4"], {"points": "5"}, 0, "Hai văn bản không phải chuyên đề.")
    services.save_entries(sheet=sheet, stage=Stage.VERIFIED, changes=[cut], actor=verifier)
    sheet = SHEET.perform(sheet, "verify", actor=verifier)
    if upto == "verified":
        return
    more = services.Change(keys["2.4"], {"points": "9"}, 0, "Mô hình chưa nhân rộng.")
    services.save_entries(sheet=sheet, stage=Stage.APPRAISED, changes=[more], actor=officer)
    SHEET.perform(sheet, "appraise", actor=officer)
