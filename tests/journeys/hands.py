"""What a person does with a page: press, fill, choose a file, read."""

import re

from playwright.sync_api import TimeoutError, expect


def press(page, words, *, inside="body", nth=0):
    """Press the button or link that is called `words`, or begins with them."""
    pressable = page.locator(inside).locator("button, a, summary")
    pressable.filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).nth(nth).click()


def fill(page, **values):
    """Type into fields by their names; choose, tick, or leave out those that are None."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']")
        kind = kind_of(page, field.first, name)
        if kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            field.set_checked(value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def kind_of(page, field, name):
    """The type of a field; where there is none, what stands on the page instead."""
    try:
        return field.get_attribute("type")
    except TimeoutError as missing:
        seen = page.locator("main").inner_text()[:3_000]
        raise AssertionError(f"{page.url} has no field “{name}” but says: {seen}") from missing


def choose(page, name, content, *, field="file", media_type="application/pdf"):
    """Choose a file of this name and content."""
    payload = {"name": name, "mimeType": media_type, "buffer": content}
    page.locator(f"input[type=file][name='{field}']").set_input_files(payload)


def sees(page, words, *, inside="main"):
    """The words stand on the page, where they can be read."""
    expect(page.locator(inside).get_by_text(words).first).to_be_visible()


def download(page, link):
    """Bytes of the file behind the first link that fits the selector."""
    with page.expect_download() as waiting:
        page.locator(f"main {link}").first.click()
    return waiting.value.path().read_bytes()


def number_of(text):
    """The number that a text such as “1.286 (40 %)” begins with."""
    return int(re.sub(r"\D", "", text.split()[0]))


def open_round(leader, campaign):
    """The leader's page, turned to a round of the campaign that is called so."""
    leader.goto("/dieu-hanh/")
    pills = leader.locator("main .pills a")
    for address in [pill.get_attribute("href") for pill in pills.all()]:
        if campaign in leader.locator("h1").inner_text():
            return
        leader.goto(f"/dieu-hanh/{address}")
    expect(leader.locator("h1")).to_contain_text(campaign)
