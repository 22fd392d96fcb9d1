"""The menu: items with the permission they need, shown to those who hold it.

An app registers its items in its `AppConfig.ready` or the config does for all; the order
is by `place`, then by registration.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

PUBLIC = "public"  # for visitors who are not signed in
SIGNED_IN = "signed-in"  # for everybody who is
MOST_IN_ROW = 7


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the menu.

    `perm` is a permission, several of which one is enough, PUBLIC or SIGNED_IN; `count` asks
    how many things wait there for a user (keep it to one query). `also` names pages that lie
    elsewhere and belong to this line, with all below them.
    """

    label: Any
    url: str
    perm: str | tuple[str, ...]
    count: Callable[[Any], int] | None = None
    place: int = 50
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    label: Any
    url: str
    current: bool
    count: int


_items: list[Item] = []
_foot: list[Item] = []


def register(*items: Item) -> None:
    """Add items to the menu; the same address twice is a mistake in the code."""
    for item in items:
        if any(known.url == item.url and known.perm == item.perm for known in _items):
            raise ValueError(f"{item.url} is in the menu already")
        _items.append(item)


def items_for(user: Any, path: str) -> list[Shown]:
    """The menu of this visitor; the item whose address is the longest start of `path` is on."""
    seen = [(item, reverse(item.url)) for item in _sorted(_items) if _shows(item, user)]
    places = [(url, at) for item, url in seen for at in (url, *map(reverse, item.also))]
    covered = {at: url for url, at in places if _covers(at, path)}
    here = covered[max(covered, key=len)] if covered else ""
    return [
        Shown(item.label, url, url == here, item.count(user) if item.count else 0)
        for item, url in seen
    ]


def folded(items: list[Shown]) -> tuple[list[Shown], list[Shown]]:
    """What stands in the row and what opens below “More”; one item is never folded alone."""
    at = len(items) if len(items) <= MOST_IN_ROW + 1 else MOST_IN_ROW
    return items[:at], items[at:]


def register_foot(*items: Item) -> None:
    """Add links to the foot of every page; a PUBLIC one stands there for everybody."""
    _foot.extend(items)


def foot_for(user: Any) -> list[tuple[Any, str]]:
    """Labels and addresses at the foot of this visitor's pages."""
    return [
        (item.label, reverse(item.url))
        for item in _sorted(_foot)
        if item.perm == PUBLIC or _shows(item, user)
    ]


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.place)


def _shows(item: Item, user: Any) -> bool:
    signed_in = bool(user and user.is_authenticated)
    if item.perm == PUBLIC or not signed_in:
        return item.perm == PUBLIC and not signed_in
    if item.perm == SIGNED_IN:
        return True
    perms = item.perm if isinstance(item.perm, tuple) else (item.perm,)
    return any(user.reach(perm) for perm in perms)


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
