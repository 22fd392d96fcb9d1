"""Results of targets are entered, with their source and evidence."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.models import Campaign, Target, TargetResult
from campaigns.rules import periods
from campaigns.rules import results as rules
from core.audit import log
from core.clock import clock
from core.documents.models import Document
from core.findings import Finding
from core.workflow import Blocked, act

Said = dict[int, tuple[Any, str]]  # target id: (number, “1”/“0”, words or nothing; source)


@act
def enter(*, campaign: Campaign, unit: Unit, period: str, said: Said, actor: Any) -> int:
    """Make a unit's results of a period be what is said; returns how many changed.

    An emptied field takes the figure out again, and the source that it had: missing is missing.
    One line of history tells of all that changed. Raises `Blocked` while the campaign is not
    running, for what is no figure, and for a new source of none (`part` is then the target's id).
    """
    targets = {row.pk: row for row in Target.objects.filter(campaign=campaign, pk__in=said)}
    rows = TargetResult.objects.select_for_update(of=("self",))
    kept = {row.target_id: row for row in rows.filter(unit=unit, period=period, target__in=targets)}
    missing = [*rules.missing_to_enter(campaign), *_faults(targets, said, period)]
    if missing := [*missing, *_sources_alone(targets, said, kept)]:
        raise Blocked(missing)
    new, changed, gone, lines = [], [], [], {}
    for key, target in targets.items():
        value, text = _parted(target, said[key][0])
        source, row = said[key][1].strip(), kept.get(key)
        before = _words(target, row)
        if value is None and not text:
            gone += [row] if row else []
        elif row is None:
            row = TargetResult(target=target, unit=unit, period=period, by=actor)
            new.append(_set(row, value, text, source, actor))
        elif (row.value, row.text, row.source) != (value, text, source):
            changed.append(_set(row, value, text, source, actor))
        after = _words(target, None if row in gone else row)
        if before != after:
            lines[target.code] = [before, after]
    TargetResult.objects.bulk_create(new)
    TargetResult.objects.bulk_update(changed, ["value", "text", "source", "by", "at", "version"])
    TargetResult.objects.filter(pk__in=[row.pk for row in gone]).delete()
    if new or changed or gone:
        log.record(
            actor=actor,
            verb="campaign.results",
            label=_("Enter results"),
            target=campaign,
            unit=unit,
            changes=lines,
            note=f"{unit}, {periods.read(period)}",
        )
    return len(new) + len(changed) + len(gone)


def _set(row, value, text, source, actor):
    row.value, row.text, row.source = value, text, source
    row.by, row.at = actor, clock.now()
    row.version += 1
    return row


def _parted(target: Target, given: Any) -> tuple[Decimal | None, str]:
    """The number and the words of what was typed."""
    if given in (None, ""):
        return None, ""
    if target.compare == Target.Compare.TEXT:
        return None, str(given).strip()
    return Decimal(str(given)), ""


def _words(target, row):
    if row is None:
        return ""
    return row.text or rules.said(row.value)


def _faults(targets, said, period):
    try:
        periods.read(period)
    except ValueError:
        yield Finding(_("There is no period “%(key)s”.") % {"key": period})
    for key, target in targets.items():
        value, _text = _parted(target, said[key][0])
        if value is not None:
            for finding in rules.wrong_with(target, value):
                yield Finding(f"{target.name}: {finding}")


def _sources_alone(targets, said, kept):
    for key, target in targets.items():
        value, text = _parted(target, said[key][0])
        source, row = said[key][1].strip(), kept.get(key)
        if value is None and not text and source not in ("", row.source if row else ""):
            yield Finding(
                _("Write the figure that comes from this source, or empty the source."),
                part=str(key),
            )


@act
def prove(*, result: TargetResult, document: Document, actor: Any) -> TargetResult:
    """Keep the file that proves a result; an earlier one stays in the history only."""
    with log.editing(result, actor=actor, label=_("Give evidence of a result")):
        result.evidence = document
        result.save(update_fields=["evidence", "version"])
    return result
