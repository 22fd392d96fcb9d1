"""A strict eye on a page in Chromium: what axe finds, and whether it is wider than the window."""

from axe_playwright_python.base import AXE_FILE_PATH

AXE = AXE_FILE_PATH.read_text()
# Only what is answered here is worked out: most of axe's time goes into the rest. Sheets are not
# read a second time (for locks of the orientation, which ours have none of), nor papers in frames.
RUN = """async () => {
  const told = { resultTypes: ['violations'], selectors: false, preload: false, iframes: false };
  const found = await axe.run(document, told);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html]));
}"""


def faults(page, widths=(1280, 360)):
    """Sentences on what axe finds at each width, and on a page that is wider than that."""
    found = []
    page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{rule} at {width}: {html[:160]}" for rule, html in page.evaluate(RUN)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"wider than {width}")
    return found
