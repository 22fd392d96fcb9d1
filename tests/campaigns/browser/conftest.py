"""Chromium on pages of campaigns, and on an empty one with the script that counts points."""

import pytest
from django.conf import settings

from tests.gallery.conftest import browser_type_launch_args, complaints, enter, faults

__all__ = ["browser_type_launch_args", "complaints", "enter", "faults"]
SCRIPT = settings.BASE_DIR / "static/js/points.js"


@pytest.fixture
def portal(live_server):
    return live_server.url


@pytest.fixture
def counting(new_context):
    """`counting(wrong=("this", "that"))`: a page with `points.js`, or with a fault put into it."""

    def load(wrong=("", "")):
        script = SCRIPT.read_text()
        assert wrong[0] in script
        page = new_context().new_page()
        page.add_script_tag(content=script.replace(*wrong))
        return page

    return load
