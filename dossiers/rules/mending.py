"""What became of the flaws of a return: mended, explained, or as they were."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.audit.models import Entry
from core.findings import Finding, Weight
from dossiers.models import Defect, Dossier
from dossiers.rules import changes, contents, parts

RETURNS = ("dossier.return", "dossier.return_by_agency")  # as the history calls these steps
GIVEN_BACK = ("dossier.back_to_staff", "dossier.back_to_mend")
TO_HEAD = "dossier.to_head"


@dataclass(frozen=True)
class Flaw:
    """One defect with the name of its part, and whether the part is another since the return."""

    defect: Defect
    title: str
    changed: bool

    @property
    def answer(self) -> str:
        """Why the unit leaves the part as it is; what was mended needs no such words."""
        return "" if self.changed else self.defect.answer


def open_flaws(dossier: Dossier) -> list[Flaw]:
    """Those of the last return, against the dossier as it is now.

    Asked once for each row that was read; five queries if there are any.
    """
    known: list[Flaw] | None = getattr(dossier, "_flaws", None)
    if known is None:
        defects = parts.open_defects(dossier)
        known = _compared(dossier, defects, contents.contents_of(dossier)) if defects else []
        dossier._flaws = known
    return known


def earlier_flaws(dossier: Dossier) -> list[Flaw]:
    """Those of all returns that the unit has answered by sending again, against the last sending.

    One query beside `changes.sendings_of` and the names of the parts.
    """
    sendings = changes.sendings_of(dossier)
    defects = dossier.defects.exclude(closed_at=None).select_related("by").order_by("pk")
    known, found = {sent.pk: sent for sent in sendings}, []
    for defect in defects:
        defect.submission = known[defect.submission_id]
        found.append(defect)
    return _compared(dossier, found, sendings[0].contents) if found else []


def left_as_it_was(dossier: Dossier) -> Iterator[Finding]:
    """A flagged part that nobody touched stops the dossier, unless the unit says why it stays."""
    if not dossier.is_before_sending:
        return
    for flaw in open_flaws(dossier):
        if flaw.changed:
            continue
        part = flaw.defect.part
        words = {"part": flaw.title, "flaw": flaw.defect.text, "answer": flaw.answer}
        if flaw.answer:
            text = _("“%(part)s” stays as it was returned (%(flaw)s); the unit says: %(answer)s")
            yield Finding(text % words, Weight.WARN, parts.RETURNED, part=part)
        else:
            text = _("“%(part)s” came back (%(flaw)s) and is as it was: mend it or say why.")
            yield Finding(
                text % words, rule=parts.RETURNED, part=part, href=parts.url_of(dossier, part)
            )


def history(dossier: Dossier) -> list[Entry]:
    """Every line on the dossier itself, newest first; one query for each row that was read."""
    known: list[Entry] | None = getattr(dossier, "_history", None)
    if known is None:
        known = list(Entry.objects.of(dossier))
        dossier._history = known
    return known


@dataclass(frozen=True)
class Back:
    """Why a dossier is with those who write it again; the history keeps these words.

    `reason` is of the last return; `given`, by whom and when, of the head of the unit, who read
    it since then and gave it back. Both are empty where there was nothing of the kind.
    """

    reason: str = ""
    given: str = ""
    given_by: str = ""
    given_at: datetime | None = None


NOT_BACK = Back()


def back_of(dossier: Dossier) -> Back:
    """Why this one is back, by `history`."""
    return _back(reversed(history(dossier)))


def backs_of(pks: Iterable[int]) -> dict[int, Back]:
    """The same for many: {id of the dossier: why it is back}. One query."""
    lines = Entry.objects.filter(
        target_type=Dossier._meta.label_lower,
        target_id__in=[str(pk) for pk in pks],
        verb__in=(*RETURNS, *GIVEN_BACK, TO_HEAD),
    )
    found: dict[int, list[Entry]] = {}
    for entry in lines.select_related("words").order_by("pk"):
        found.setdefault(int(entry.target_id), []).append(entry)
    return {pk: _back(entries) for pk, entries in found.items()}


def _back(entries: Iterable[Entry]) -> Back:
    """From lines in the order of events."""
    back = NOT_BACK
    for entry in entries:
        if entry.verb in RETURNS:
            back = Back(entry.note)
        elif entry.verb in GIVEN_BACK:
            back = Back(back.reason, entry.note, entry.actor_name, entry.at)
        elif entry.verb == TO_HEAD:
            back = Back(back.reason)
    return back


def _compared(dossier, defects, now) -> list[Flaw]:
    names, known, found = parts.part_names(dossier), {}, []
    for defect in defects:
        before = defect.submission.contents
        if defect.submission_id not in known:
            known[defect.submission_id] = _changed_parts(before, now)
        title = names.get(defect.part) or parts.name_then(dossier, defect.part, before)
        found.append(Flaw(defect, title, defect.part in known[defect.submission_id]))
    return found


def _changed_parts(before: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    """Keys of parts that differ; who is off the list leaves no report behind either."""
    found = {change.part for change in changes.between(dict(before), dict(now))}
    old, new = _listed(before), _listed(now)
    if old != new:
        found.add("nominees")
    return found | {f"report:{key}" for key in set(old) - set(new)}


def _listed(held):
    return [nominee["key"] for nominee in held.get("nominees", [])]
