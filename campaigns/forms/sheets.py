"""The inputs of a score sheet, and what of them came back.

Field names are `c<criterion>-<what it asks>`; beside what the rule asks there are
`explanation` and `hints`. Every criterion carries a mark of each value that its page showed
(`seen`), so that a colleague's work in between is merged, or shown beside this person's.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.models import ScoreEntry, Stage
from campaigns.rules import marks
from core.ui.merging import KEPT, Conflict, mark, plain
from criteria.rules import answers
from criteria.rules.answers import Ask, Form
from criteria.rules.numbers import said
from criteria.rules.totals import Item

EXPLANATION, HINTS = "explanation", "hints"
CAME_BACK = re.compile(r"c(\d+)-seen")
YES_NO = (("", "—"), ("yes", _("Yes")), ("no", _("No")))


@dataclass(frozen=True)
class Input:
    """One field of a criterion as the page shows it."""

    name: str
    ask: str
    form: str
    label: Any
    value: str
    options: tuple[tuple[str, Any], ...] = ()
    hint: str = ""
    fault: str = ""

    @property
    def shown(self) -> Any:
        """The value in words."""
        return dict(self.options).get(self.value, self.value)


@dataclass(frozen=True)
class Sent:
    """What came back of one criterion: values by field, and the marks that its page showed."""

    criterion: int
    values: dict[str, str]
    seen: dict[str, str]
    chosen: frozenset[str] = frozenset()  # fields where the colleague's value is taken


@dataclass
class Merged:
    """The values to save on top of `version`; `conflicts` are fields that both changed."""

    criterion: int
    values: dict[str, str]
    version: int
    conflicts: list[Conflict] = field(default_factory=list)


def values_of(entry: ScoreEntry | None) -> dict[str, str]:
    """What is kept at a criterion, by field."""
    if entry is None:
        return {}
    return {**entry.given, EXPLANATION: entry.explanation, HINTS: entry.answer_to_hints}


def names_at(item: Item, stage: str) -> list[str]:
    """The fields of a criterion at a stage, in order."""
    asked = [ask.name for ask in marks.asks_at(item.rule, stage)]
    return [*asked, EXPLANATION, *([HINTS] if stage == Stage.OWN else [])]


def seen_of(item: Item, stage: str, entry: ScoreEntry | None) -> str:
    """Marks of all fields, for the hidden field of the page."""
    kept = values_of(entry)
    return json.dumps({name: mark(kept.get(name, "")) for name in names_at(item, stage)})


def inputs(item: Item, stage: str, entry: ScoreEntry | None) -> list[Input]:
    """The fields of a criterion with what is kept in them; what cannot be read says why."""
    rule: Any = item.rule
    kept = values_of(entry)
    asks = marks.asks_at(rule, stage)
    faults = answers.read_all(asks, kept)[1]
    return [
        Input(
            name=f"c{item.key}-{ask.name}",
            ask=ask.name,
            form=str(ask.form),
            label=ask.label,
            value=kept.get(ask.name, ""),
            options=_options(ask),
            hint=_bounds(ask),
            fault=faults.get(ask.name, ""),
        )
        for ask in asks
    ]


def _options(ask: Ask) -> tuple[tuple[str, Any], ...]:
    if ask.form is Form.YES:
        return YES_NO
    if ask.form is Form.CHOICE:
        return (("", "—"), *((str(place), label) for place, label in enumerate(ask.options)))
    return ()


def _bounds(ask: Ask) -> str:
    if ask.form is not Form.POINTS or ask.most is None or ask.least <= marks.FEWEST:
        return ""
    return str(_("%(least)s to %(most)s")) % {"least": said(ask.least), "most": said(ask.most)}


def sent(posted: QueryDict, items: Iterable[Item], stage: str) -> list[Sent]:
    """The criteria of which anything came back; a page may show some of them only."""
    return [
        Sent(
            criterion=item.key,
            values=_values(posted, item, stage),
            seen=_seen(posted.get(f"c{item.key}-seen", "")),
            chosen=_chosen(posted, item, stage),
        )
        for item in items
        if f"c{item.key}-seen" in posted
    ]


def strangers(posted: QueryDict, items: Iterable[Item]) -> dict[str, list[str]]:
    """{key of a criterion that is not asked here: texts that came back for it}, as they come from
    a page of another edition."""
    known = {str(item.key) for item in items}
    keys = [found[1] for found in map(CAME_BACK.fullmatch, posted) if found]
    return {
        key: [text for name, text in posted.items() if text and _belongs(name, key)]
        for key in keys
        if key not in known
    }


def _belongs(name: str, key: str) -> bool:
    return name.startswith(f"c{key}-") and not name.endswith("-seen")


def _values(posted: QueryDict, item: Item, stage: str) -> dict[str, str]:
    found = {name: posted.get(f"c{item.key}-{name}") for name in names_at(item, stage)}
    return {name: plain(text) for name, text in found.items() if text is not None}


def _chosen(posted: QueryDict, item: Item, stage: str) -> frozenset[str]:
    names = names_at(item, stage)
    return frozenset(n for n in names if posted.get(f"choose-c{item.key}-{n}") == KEPT)


def _seen(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def merge(one: Sent, item: Item, stage: str, entry: ScoreEntry | None) -> Merged | None:
    """Put what one person sent onto what is kept now; None where they changed nothing.

    A field that only a colleague changed keeps the colleague's value; one that both changed
    differently is a conflict, until the person has seen both and chosen.
    """
    kept = values_of(entry)
    made = Merged(one.criterion, {}, entry.version if entry else 0)
    changed = False
    for name in names_at(item, stage):
        now = kept.get(name, "")
        mine = one.values.get(name, now)
        was = one.seen.get(name, mark(""))
        made.values[name] = now
        if mark(mine) in (was, mark(now)) or name in one.chosen:
            continue
        if mark(now) == was:
            made.values[name], changed = mine, True
        else:
            label = f"{item.code} {_label(item, stage, name)}"
            made.conflicts.append(Conflict(f"c{item.key}-{name}", label, now, mine))
    return made if changed or made.conflicts else None


def _label(item: Item, stage: str, name: str) -> Any:
    labels: Mapping[str, Any] = {ask.name: ask.label for ask in marks.asks_at(item.rule, stage)}
    beside = {EXPLANATION: _("Explanation"), HINTS: _("Answer to the hints")}
    return labels.get(name) or beside[name]
