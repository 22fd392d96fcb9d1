"""A strict eye on a page in Chromium: what axe finds, and whether it is wider than the window."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()


def faults(page, widths=(1280, 360)):
    """Sentences on what axe finds at each width, and on a page that is wider than that."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [
            f"{rule['id']} at {width}: {node['html'][:160]}"
            for rule in AXE.run(page).response["violations"]
            for node in rule["nodes"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"wider than {width}")
    return found
