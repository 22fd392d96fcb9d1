"""What changed between two sendings, part by part (domain 6.3, 3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from dossiers.models import AchievementReport, Dossier, Nomination, Submission

DERIVED = {"key", "identity", "order", "campaign", "round"}  # follow from something else
Words = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One value that is not what it was, in words; `part` is a key of dossiers.rules.parts."""

    part: str
    what: str
    before: str
    after: str


def since_last_sending(dossier: Dossier) -> list[Change]:
    """The newest sending against the one before; nothing for a first sending."""
    latest = sendings_of(dossier)
    if len(latest) < 2:
        return []
    return list(between(latest[1].contents, latest[0].contents))


def sendings_of(dossier: Dossier) -> list[Submission]:
    """Every sending with its contents, the newest first; one query for each row that was read."""
    known: list[Submission] | None = getattr(dossier, "_sendings", None)
    if known is None:
        known = list(dossier.submissions.order_by("-ordinal"))
        dossier._sendings = known
    return known


def between(before: Words, after: Words) -> Iterator[Change]:
    """Changes between two contents as `contents.contents_of` writes them."""
    old, new = _plain(before.get("general", {})), _plain(after.get("general", {}))
    yield from _values("general", Dossier, old, new)
    yield from _nominees(_by_key(before), _by_key(after))
    yield from _papers(_by_component(before), _by_component(after))


def _nominees(before, after):
    for key in [*after, *[key for key in before if key not in after]]:
        old, new = before.get(key), after.get(key)
        part = f"nominee:{key}"
        if old is None or new is None:
            yield Change(part, _("Nominee"), _name(old), _name(new))
            continue
        yield from _values(part, Nomination, _plain(old), _plain(new))
        yield from _reports(f"report:{key}", old.get("report") or {}, new.get("report") or {})


def _reports(part, old, new):
    yield from _values(part, AchievementReport, _plain(old), _plain(new))
    yield from _values(part, None, old.get("sections") or {}, new.get("sections") or {})


def _papers(before, after):
    for code in [*after, *[code for code in before if code not in after]]:
        old, new = before.get(code, []), after.get(code, [])
        if list(map(_paper, old)) != list(map(_paper, new)):
            yield Change(f"paper:{code}", _("Files"), _files(old), _files(new))


def _values(part, model, old, new):
    for name in [*new, *[name for name in old if name not in new]]:
        if (old.get(name) or "") != (new.get(name) or ""):
            was, now = (_said(model, name, values.get(name)) for values in (old, new))
            yield Change(part, _label(model, name), was, now)


def _label(model, name):
    """How pages call a field; a section of a report goes by the letter of its content."""
    if model is None:
        return _("Content %(code)s") % {"code": name}
    return str(model._meta.get_field(name).verbose_name)


def _said(model, name, value):
    """A value as pages show it: the word for a choice, a day as people write it."""
    field = model._meta.get_field(name) if model and value else None
    if field and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return _("Yes") if value is True else str(value or "")


def _plain(values):
    """Values that are one line; lists and tables within are compared by themselves."""
    return {k: v for k, v in values.items() if not isinstance(v, (dict, list)) and k not in DERIVED}


def _by_key(contents):
    return {nominee["key"]: nominee for nominee in contents.get("nominees", [])}


def _by_component(contents):
    found: dict[str, list] = {}
    for paper in contents.get("papers", []):
        found.setdefault(paper["component"], []).append(paper)
    return found


def _name(nominee):
    return nominee["name"] if nominee else ""


def _paper(paper):
    """A paper is another with another file, and with another number, day or signer."""
    return [paper["sha256"], *(paper.get(name) for name in ("number", "signed_on", "signer"))]


def _files(papers):
    names = ("name", "number", "signed_on", "signer")
    return "; ".join(", ".join(filter(None, map(paper.get, names))) for paper in papers)
