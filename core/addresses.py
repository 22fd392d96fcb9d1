"""Addresses of rows: a list has a hundred of them that differ in their key alone."""

from collections.abc import Callable
from functools import cache

from django.urls import reverse

_KEY = 999_999_999


@cache
def of_row(name: str) -> Callable[[int], str]:
    """From a row's key to its page: `of_row("dossiers:dossier")(7)`. The page takes a key alone.

    Django looks through all patterns for every address; here it does so once for a name.
    """
    before, after = reverse(name, args=[_KEY]).split(str(_KEY))
    return lambda key: f"{before}{key}{after}"
