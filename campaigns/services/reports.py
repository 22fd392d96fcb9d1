"""Acts on periodic reports: they fall due, are written, and are put together."""

from typing import Any

from django.utils.translation import gettext_lazy

from campaigns.models import (
    PeriodicReport,
    ReportDuty,
    ReportPart,
    Synthesis,
    SynthesisPart,
)
from campaigns.rules import reports as rules
from core.audit import log
from core.workflow import Blocked, act

WRITE = gettext_lazy("Write the report")
MERGE = gettext_lazy("Put reports together")
EDIT = gettext_lazy("Edit the synthesis")
TEXTS = ("summary", "difficulties", "proposals")


@act
def save_report(
    *,
    report: PeriodicReport,
    actor: Any,
    parts: dict[int, str],
    figures: dict[str, str],
    version: int | None = None,
    **texts: str,
) -> PeriodicReport:
    """Keep what a unit writes: texts, {content id: text}, {target code: figure as typed}.

    Raises `Blocked` once the report is sent or when a colleague saved in between.
    """
    report = PeriodicReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    missing = [*rules.missing_to_write(report), *rules.changed_since(report, version)]
    if missing:
        raise Blocked(missing)
    with log.editing(report, actor=actor, label=str(WRITE)) as below:
        before = _words_of(report)
        for name in TEXTS:
            setattr(report, name, texts.get(name, getattr(report, name)))
        report.figures = {code: said for code, said in figures.items() if said}
        report.save()
        _set_parts(report.parts, ReportPart, "report", report, parts)
        below["contents"] = [before, _words_of(report)]
    return report


def _words_of(report: PeriodicReport | Synthesis) -> str:
    """What is written on the contents, as the history keeps it."""
    rows = report.parts.select_related("content").order_by("content__order")
    return "\n\n".join(f"{row.content}: {row.text}" for row in rows)


def _set_parts(kept: Any, model: Any, link: str, owner: Any, parts: dict[int, str]) -> None:
    """A row for each content of which something is written."""
    there = {row.content_id: row for row in kept.all()}
    for content, text in parts.items():
        row = there.get(content)
        if not text.strip():
            if row:
                row.delete()
        elif row is None:
            model.objects.create(**{link: owner}, content_id=content, text=text)
        elif row.text != text:
            row.text = text
            row.save(update_fields=["text"])


@act
def put_together(*, duty: ReportDuty, unit: Any, period: str, actor: Any) -> Synthesis:
    """The receiver's synthesis of a period: reports that came in are added content by content.

    Those that are in it already are not added again, so what the agency edited stays.
    """
    synthesis, _made = Synthesis.objects.select_for_update(of=("self",)).get_or_create(
        duty=duty, unit=unit, period=period
    )
    came = (
        PeriodicReport.objects.filter(duty=duty, period=period, receiver=unit)
        .filter(state__in=[PeriodicReport.State.SENT, PeriodicReport.State.ACCEPTED])
        .exclude(pk__in=synthesis.merged)
        .order_by("unit__path")
        .prefetch_related("parts")
    )
    reports = list(came)
    if not reports:
        return synthesis
    with log.editing(synthesis, actor=actor, label=str(MERGE)):
        for name in TEXTS:
            said = [(row.unit_name, getattr(row, name)) for row in reports]
            setattr(synthesis, name, _added(getattr(synthesis, name), said))
        synthesis.merged = [*synthesis.merged, *(row.pk for row in reports)]
        synthesis.save()
    there = {part.content_id: part.text for part in synthesis.parts.all()}
    for content in duty.campaign.contents.all():
        said = [
            (row.unit_name, part.text)
            for row in reports
            for part in row.parts.all()
            if part.content_id == content.pk
        ]
        there[content.pk] = _added(there.get(content.pk, ""), said)
    _set_parts(synthesis.parts, SynthesisPart, "synthesis", synthesis, there)
    return synthesis


def _added(text: str, said: list[tuple[str, str]]) -> str:
    """A paragraph for each unit that said something, after what is there."""
    new = [f"{name}: {words.strip()}" for name, words in said if words.strip()]
    return "\n\n".join(filter(None, [text.strip(), *new]))


@act
def save_synthesis(
    *, synthesis: Synthesis, actor: Any, parts: dict[int, str], version: int | None, **texts: str
) -> Synthesis:
    """Keep the agency's edits. Raises `Blocked` when a colleague saved in between."""
    synthesis = Synthesis.objects.select_for_update(of=("self",)).get(pk=synthesis.pk)
    missing = list(rules.changed_since(synthesis, version))
    if missing:
        raise Blocked(missing)
    with log.editing(synthesis, actor=actor, label=str(EDIT)) as below:
        before = _words_of(synthesis)
        for name in TEXTS:
            setattr(synthesis, name, texts[name])
        synthesis.save()
        _set_parts(synthesis.parts, SynthesisPart, "synthesis", synthesis, parts)
        below["contents"] = [before, _words_of(synthesis)]
    return synthesis
