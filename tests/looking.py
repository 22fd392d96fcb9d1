"""A strict eye on a page in Chromium: what axe finds, whether it is wider than the window, and
whether words are cut in an empty field.
"""

from axe_playwright_python.base import AXE_FILE_PATH

AXE = AXE_FILE_PATH.read_text()
# Only what is answered here is worked out: most of axe's time goes into the rest. Sheets are not
# read a second time (for locks of the orientation, which ours have none of), nor papers in frames.
RUN = """async () => {
  const told = { resultTypes: ['violations'], selectors: false, preload: false, iframes: false };
  const found = await axe.run(document, told);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html]));
}"""

CUT = """() => {
  const pen = document.createElement('canvas').getContext('2d');
  return [...document.querySelectorAll('input[placeholder]:placeholder-shown')].filter((field) => {
    const style = getComputedStyle(field);
    pen.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return field.clientWidth && pen.measureText(field.placeholder).width > room;
  }).map((field) => field.placeholder);
}"""


def faults(page, widths=(1280, 360)):
    """Sentences on what axe finds at each width, on a page that is wider, on words that are cut."""
    found = []
    page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{rule} at {width}: {html[:160]}" for rule, html in page.evaluate(RUN)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"wider than {width}")
        found += [f"cut at {width}: {words}" for words in page.evaluate(CUT)]
    return found
