"""The browser counts the points of a sheet as the server does, whatever people type."""

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from django.utils import translation

from campaigns.models import Stage
from campaigns.rules import marks
from core.ui.components.marks import points as shown
from core.ui.merging import plain
from criteria.rules import in_browser, numbers
from criteria.rules.scoring import KINDS
from criteria.rules.totals import total
from tests.campaigns.browser import drawn

SEED = 20251201
EACH = 20  # rules of each kind, with as many answers to each
COUNT = """({text, cases}) => {
  const points = window.portal.points, all = points.sheet(JSON.parse(text)).all;
  return cases.map(([place, texts]) => {
    const mark = points.mark(all[place], texts);
    return mark && [mark.state, points.shown(mark.points)];
  });
}"""
READ = """(texts) => texts.map((text) => {
  const number = window.portal.points.read(text);
  return number && number.n + '/' + number.d;
})"""
SHOWN = """(texts) => texts.map((text) => {
  return window.portal.points.shown(window.portal.points.written(text).points);
})"""
TOTAL = """(sheets) => sheets.map((data) => {
  const points = window.portal.points, sheet = points.sheet(data);
  const total = points.total(sheet.groups, (node) => node.known);
  return [points.shown(total.points), total.missing];
})"""


def said(mark):
    return [str(mark.state), shown(mark.points)]


@cache
def criteria():
    """(what the browser is told, [(place, texts)], [what the server says])."""
    random = Random(SEED)
    nodes, cases, expected = [], [], []
    for kind in KINDS:
        for _rule in range(EACH):
            rule = drawn.rule(random, kind)
            stage = random.choice([Stage.OWN, Stage.OWN, Stage.OWN, Stage.APPRAISED])
            before, asks = drawn.mark(random), marks.asks_at(rule, stage)
            told = {"key": len(nodes), "mark": ""} | in_browser.own(rule)
            if stage != Stage.OWN:
                told = told | {"asks": in_browser.asks(asks), "before": in_browser.mark(before)}
                del told["rule"]
            for _answer in range(EACH):
                texts = drawn.answers(random, asks)
                given = {name: plain(text) for name, text in texts.items()}
                mark = marks.mark_of(rule, stage, given, before)
                if stage != Stage.OWN and mark.state == "missing":
                    mark = before  # as `marks.standing` does
                cases.append([len(nodes), texts])
                expected.append(said(mark))
            nodes.append(told)
    return [{"role": "base", "members": nodes}], cases, expected


def differences(page):
    groups, cases, expected = criteria()
    found = page.evaluate(COUNT, {"text": json.dumps(groups), "cases": cases})
    return [
        (groups[0]["members"][place], texts, here, there)
        for (place, texts), here, there in zip(cases, found, expected, strict=True)
        if here != there
    ]


def test_the_browser_knows_every_way_of_scoring(counting):
    assert set(counting().evaluate("window.portal.points.kinds")) == set(KINDS)


def test_numbers_are_read_as_on_the_server(counting):
    random = Random(SEED)
    texts = [*drawn.ODD, *(drawn.number(random) for _n in range(2000))]
    texts += ["".join(random.choices("0123456789.,  -%", k=random.randint(1, 9))) for _n in texts]

    found = counting().evaluate(READ, texts)

    assert [number and Fraction(number) for number in found] == [read(text) for text in texts]


def read(text):
    try:
        return Fraction(numbers.read(text))
    except numbers.NotANumber:
        return None


def test_points_are_those_of_the_server(counting):
    assert differences(counting())[:5] == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("BigInt(200) + a.d)", "BigInt(200))"),
        ("least(ONE, per(", "most(ONE, per("),
        ("=== 'full' ? rule.most", "=== 'zero' ? rule.most"),
        ("rule.floor ? most(", "rule.floor ? least("),
    ],
)
def test_a_fault_in_the_browser_would_be_seen(counting, wrong):
    assert differences(counting(wrong))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_points_are_written_in_the_language_of_the_page(counting, language):
    page = counting()
    page.evaluate("(language) => { document.documentElement.lang = language; }", language)
    amounts = [Decimal(text) for text in ("0", "-0.5", "12.30", "999.99", "1234.5", "-1234567.05")]

    found = page.evaluate(SHOWN, [in_browser.exact(amount) for amount in amounts])

    with translation.override(language):
        assert found == [shown(amount) for amount in amounts]


def test_totals_are_those_of_the_server(counting):
    random = Random(SEED)
    sheets = [drawn.sheet(random) for _n in range(150)]
    told = [
        in_browser.sheet(groups, lambda item, by=by: {"mark": in_browser.mark(by[item.key])})
        for groups, by in sheets
    ]
    expected = [total(groups, by) for groups, by in sheets]

    found = counting().evaluate(TOTAL, told)

    assert found == [[shown(one.points), one.missing] for one in expected]
    assert any(group.rescaled for one in expected for group in one.groups)
    assert any(group.cut for one in expected for group in one.groups)
