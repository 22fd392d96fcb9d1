"""Entering a reorganisation as a person does: type, read what follows, enter it."""

import datetime

DAY = datetime.date(2025, 7, 1)
PAPER = {"on": "01/07/2025", "document": "Nghị quyết 202/2025/QH15"}


def enter(browser, address, **typed):
    """Type, read what follows, and enter it; the answers of both."""
    page = browser.post(address, PAPER | typed)
    if page.status_code != 200:
        return page, None
    seen = page.context["form"].data["seen"]
    return page, browser.post(address, PAPER | typed | {"seen": seen})
