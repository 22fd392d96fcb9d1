"""Every fault of a file in one pass, each at its line."""

import datetime
import time

import pytest

from campaigns.plans.reading import read

SMALL = """\
format: 1
code: nho
signed: 07/06/2022
title: Kế hoạch nhỏ
name: Phong trào nhỏ
period: {from: 2021, to: 2025}
contents:
  - {code: a, name: Một}
  - {code: đ, name: Hai}
awards:
  rounds:
    - code: tong-ket
      kind: tong_ket
      name: Tổng kết
      achieved: {from: 2022, to: 2025}
      award: BKT
      quotas:
        - {for: collective, places: 20}
        - {for: individual, places: 30}
      total: 50
dossier:
  components:
    - {code: TTR, name: Tờ trình}
"""


AIM = "{code: T, name: A"


def faults_of(text):
    return [(fault.line, fault.text) for fault in read(text.encode()).faults]


def mend(old, new):
    assert old in SMALL
    return SMALL.replace(old, new, 1)


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def test_the_plan_that_ships_has_no_fault(plan_file):
    reading = read(plan_file)

    assert reading.faults == []
    assert [content.code for content in reading.plan.contents] == list("abcdefghij")
    assert [component.code for component in reading.plan.components] == [
        "TTR",
        "BB",
        "BCTT",
        "BCPT",
        "KHPD",
    ]
    assert [(q.kind, q.places) for each in reading.plan.rounds for q in each.quotas] == [
        ("collective", 10),
        ("individual", 20),
        ("collective", 20),
        ("individual", 30),
    ]
    assert reading.plan.duties[0].due == "12-10"
    assert len(reading.plan.notes) == 7


def test_a_small_plan_is_read():
    plan = read(SMALL.encode()).plan

    assert plan.signed == datetime.date(2022, 6, 7)
    assert [content.name for content in plan.contents] == ["Một", "Hai"]
    assert plan.theme is None
    assert plan.roles == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("signed: 07/06/2022", "signed: 31/06/2022", 3, "There is no day"),
        ("signed: 07/06/2022", "signed: June 2022", 3, "Write the day"),
        ("signed: 07/06/2022", "sgned: 07/06/2022", 3, "“sgned” is not known here"),
        ("signed: 07/06/2022", "signed: [1]", 3, "Write a single value"),
        ("format: 1", "format: 2", 1, "from 1 to 1"),
        ("code: nho", "code: nhỏ", 2, "Write a code"),
        ("title: Kế hoạch nhỏ", "title:", 4, "is missing"),
        ("name: Phong trào nhỏ", f"name: {'x' * 301}", 5, "Shorten this text to 300"),
        ("{from: 2021, to: 2025}", "{from: 2025, to: 2021}", 6, "ends before it begins"),
        ("{from: 2021, to: 2025}", "2021", 6, "Write named values"),
        ("{from: 2021, to: 2025}", "{from: hai, to: 2025}", 6, "Write a whole number"),
        ("code: đ", "code: a", 9, "second time"),
        ("name: Hai}", "nam: Hai}", 9, "“nam” is not known here"),
        ("kind: tong_ket", "kind: tong", 13, "so_ket, tong_ket, other"),
        ("achieved: {from: 2022", "achieved: {from: 2019", 15, "outside the campaign 2021–2025"),
        ("for: collective", "for: individual", 19, "second time"),
        ("places: 20", "places: -1", 18, "whole number"),
        ("places: 20", "percent: 10", 18, "needs “of”"),
        ("places: 20", "percent: 101, of: units", 18, "up to 100"),
        ("places: 20", "places: 20, per_block: 1", 18, "Write one of these: places"),
        ("total: 50", "total: 51", 20, "add up to 50"),
        ("components:\n    - ", "components: ", 22, "Write a list"),
        ("- {code: TTR, name: Tờ trình}", "-", 23, "This entry is empty"),
        ("code: TTR", "code: TTR, code: BB", 23, "second time"),
    ],
)
def test_a_fault_has_its_line_and_a_sentence(old, new, line, part):
    faults = faults_of(mend(old, new))

    assert [fault_line for fault_line, _text in faults] == [line] * len(faults)
    assert any(part in text for _line, text in faults), faults


@pytest.mark.parametrize(
    ("added", "line", "part"),
    [
        ("totals: {contents: 3}", 24, "has 2 of these, but the sums say 3"),
        ("parent: nho", 24, "not part of itself"),
        ("phases:\n  - {code: p, name: P, opens: 2026-01-01}", 25, "outside the period"),
        (
            "phases:\n  - {code: p, name: P, opens: 2025-02-02, last_day: 2025-02-01}",
            25,
            "last day comes before the first",
        ),
        ("agency:\n  rounds:\n    - {round: so-ket}", 26, "no round “so-ket”"),
        (
            "phases:\n  - {code: p, name: P}\nagency:\n  phases:\n    - {code: p, name: P}",
            28,
            "second time",
        ),
        (
            "roles:" + "\n  - {function: standing_agency, body: A}" * 2,
            26,
            "has one standing agency",
        ),
        ("duties:\n  - {code: d, who: A, to: B, frequency: yearly, due: 12-10}", 25, "as 10/12"),
        ("duties:\n  - {code: d, who: A, to: B, frequency: yearly, due: 31/02}", 25, "no day"),
        ("bases:\n  - {issuer: Chính phủ}", 25, "number of the document"),
        ("bases:\n  - {}", 25, "This entry is empty"),
        ("notes:\n  - {about: trick, text: x}", 25, "one of these"),
        (f"targets:\n  - {AIM}, compare: at_least}}", 25, "needs a number"),
        (f"targets:\n  - {AIM}, compare: yes_no, value: 1}}", 25, "has no number"),
        (f"targets:\n  - {AIM}, compare: text}}", 25, "needs its words"),
        (f"targets:\n  - {AIM}, compare: rank, value: 1.900}}", 25, "Write 1900 or 1,900"),
        (f"targets:\n  - {AIM}, compare: rank, value: ba}}", 25, "Write a number such as"),
        (f"targets:\n  - {AIM}, compare: rank, value: 1, sector: X}}", 25, "not in this plan"),
        ("duties:\n  - {code: d, who: A, frequency: once, due: 5 ngày làm việc sau x}", 25, "“x”"),
        ("superior:\n  - {number: 1/QĐ, source: N1}", 25, "no source “N1”"),
        ("sources:\n  - {code: N1, name: A, gives: [theem]}", 25, "not a part of a plan"),
        ("phases:\n  - {code: p, name: P, years: {from: 2024, to: 2027}}", 25, "lie outside"),
        ("measured_by: [nho]", 24, "does not measure itself"),
        ("totals: {tasks: 78}", 24, "has 0 of these"),
        ("task_groups:\n  - {code: '1', name: A}\n  - {code: '1', name: B}", 26, "second time"),
    ],
)
def test_parts_that_do_not_agree_are_faults(added, line, part):
    faults = faults_of(f"{SMALL}{added}\n")

    assert len(faults) == 1, faults
    assert faults[0][0] == line
    assert part in faults[0][1]


def test_the_agency_sets_what_the_plan_leaves_open_and_nothing_else():
    said = mend("award: BKT", "award: BKT\n      opens: 2025-11-03")
    own = "agency:\n  rounds:\n    - {round: tong-ket, opens: 2025-11-04, appraisal_days: 25}\n"

    assert faults_of(said + own) == [
        (27, "The plan says this itself; the agency cannot set it again.")
    ]


def test_all_faults_come_in_one_pass():
    text = (
        SMALL.replace("signed: 07/06/2022", "signed: x")
        .replace("code: đ", "code: a")
        .replace("total: 50", "total: 49")
        .replace("name: Tờ trình", "nme: Tờ trình")
    )

    assert [line for line, _text in faults_of(text)] == [3, 9, 20, 23, 23]


def test_a_file_with_a_fault_gives_no_plan():
    assert read(mend("total: 50", "total: 49").encode()).plan is None


def test_a_file_full_of_faults_is_answered_in_under_a_second():
    rows = "".join(f"  - {{code: T{n % 150}, name: A, compare: x, value: y}}\n" for n in range(300))
    groups = "".join(
        f"  - {{code: '{g}', name: A, tasks: [{{code: '1', due: x, source: Q}}]}}\n"
        for g in range(300)
    )
    text = f"{SMALL}targets:\n{rows}task_groups:\n{groups}"
    begun = time.process_time()

    faults = read(text.encode()).faults

    assert time.process_time() - begun < 1
    assert len(faults) > 1000


def test_of_a_period_the_wrong_way_round_nothing_else_is_said():
    text = SMALL.replace("{from: 2021, to: 2025}", "{from: 2025, to: 2021}", 1)
    text += "phases:\n  - {code: p, name: Phát động, opens: 07/06/2022, last_day: 08/06/2022}\n"

    (fault,) = read(text.encode()).faults

    assert fault.line == 6
