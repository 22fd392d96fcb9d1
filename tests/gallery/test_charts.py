"""Charts in Chromium, where names are long and screens are narrow."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

PRINTED_OVER = """() => {
  const chart = Chart.getChart('c2'), scale = chart.scales.y, line = 13 * 1.2;
  const names = scale.ticks.map(tick => [].concat(tick.label));
  return names.filter((rows, at) => {
    const gap = scale.getPixelForTick(at) - scale.getPixelForTick(at - 1);
    return at && gap < (rows.length + names[at - 1].length) / 2 * line;
  });
}"""
CUT_OFF = """() => {
  const chart = Chart.getChart('c2'), pen = chart.ctx;
  pen.font = "13px 'Be Vietnam Pro'";
  const rows = chart.scales.y.ticks.flatMap(tick => tick.label);
  return rows.filter(row => pen.measureText(row).width > chart.scales.y.width);
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_long_names_of_bars_are_whole_and_clear_of_each_other(enter, width):
    page = enter("/gallery/", width=width)
    expect(page.locator("canvas#c2")).to_have_attribute("data-drawn", "1")

    assert page.evaluate(PRINTED_OVER) == []
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize(("first", "then"), [(740, 360), (1280, 360), (360, 1280)])
def test_a_chart_takes_the_height_of_the_width_it_is_turned_to(enter, first, then):
    page = enter("/gallery/", width=first)
    expect(page.locator("canvas#c2")).to_have_attribute("data-drawn", "1")
    fresh = enter("/gallery/", width=then)
    expect(fresh.locator("canvas#c2")).to_have_attribute("data-drawn", "1")
    height = fresh.locator("canvas#c2").evaluate("canvas => canvas.clientHeight")

    page.set_viewport_size({"width": then, "height": 740})

    expect(page.locator("canvas#c2")).to_have_css("height", f"{height}px")
    assert page.evaluate(PRINTED_OVER) == []
    assert page.evaluate(CUT_OFF) == []


def test_the_numbers_of_a_chart_do_not_widen_a_phone(enter):
    page = enter("/gallery/", width=360)

    for words in page.locator("details.numbers summary").all():
        words.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
