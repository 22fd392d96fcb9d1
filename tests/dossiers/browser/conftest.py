"""Chromium on the unit's pages, with the gallery's eyes and ears."""

import pytest

from tests.gallery.conftest import browser_type_launch_args, complaints, enter, faults

__all__ = ["browser_type_launch_args", "complaints", "enter", "faults"]


@pytest.fixture
def portal(live_server):
    return live_server.url
