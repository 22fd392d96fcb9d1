"""Acts of a unit on its own dossier while it holds it.

Each locks the dossier first, so that a text saved at the moment of sending is either in what
is sent or refused. `version` is what the caller's page rests on; None does not compare.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Person, Unit
from accounts.permissions import Perm
from awards.models import NomineeKind
from campaigns.models import AwardRound
from core.audit import log
from core.findings import blocking
from core.text import fold
from core.ui.components.marks import lower_first
from core.workflow import Blocked, NotNow, act
from dossiers.models import AchievementReport, Defect, Dossier, Nomination, ReportSection
from dossiers.rules import contents, nominees, parts, submission


@act
def open_dossier(*, round: AwardRound, unit: Unit, actor: Any) -> Dossier:
    """Begin a dossier of a unit in a round that takes dossiers; else Blocked."""
    if not actor.can(Perm.DOSSIER_WRITE, unit):
        raise PermissionDenied
    dossier = Dossier(
        unit=unit,
        unit_name=unit.name,
        campaign=round.campaign,
        round=round,
        created_by=actor,
        contact=_contact_of(actor),
    )
    closed = blocking(submission.round_takes(dossier))
    if closed:
        raise Blocked(closed)
    dossier.search_text = contents.search_text(dossier, [])
    with log.editing(dossier, actor=actor, label=_("Open the dossier")):
        dossier.save()
    return dossier


@act
def save_general(
    *, dossier: Dossier, actor: Any, version: int | None = None, **values: Any
) -> Dossier:
    """Keep fields of the dossier itself."""
    kept = editable(dossier, "general", actor)
    _compare(kept, version)
    label = _written(_("Write the general data"), kept, values)
    with log.editing(kept, actor=actor, label=label):
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
    return kept


@act
def add_nominee(*, dossier: Dossier, kind: str, actor: Any, **values: Any) -> Nomination:
    """Put a nominee at the end of the list."""
    kept = editable(dossier, "nominees", actor)
    last = kept.nominations.order_by("-order").first()
    nominee = Nomination(
        dossier=kept,
        round=kept.round,
        kind=kind,
        award_type=kept.round.award_type,
        order=last.order + 1 if last else 1,
    )
    _write(nominee, kept.unit, values)
    label = _("Put %(name)s on the list") % {"name": nominee.titled}
    with log.editing(nominee, actor=actor, label=label):
        nominee.save()
    touch(kept)
    return nominee


@act
def save_nominee(
    *, nominee: Nomination, actor: Any, version: int | None = None, **values: Any
) -> Nomination:
    dossier = editable(nominee.dossier, f"nominee:{nominee.pk}", actor)
    kept = Nomination.objects.select_for_update(of=("self",)).get(pk=nominee.pk)
    _compare(kept, version)
    label = _("Write the data of %(name)s") % {"name": kept.titled}
    with log.editing(kept, actor=actor, label=_written(label, kept, values)):
        _write(kept, dossier.unit, values)
        kept.save()
    touch(dossier)
    return kept


@act
def move_nominee(*, nominee: Nomination, up: bool, actor: Any) -> None:
    """One place up or down in the list; nothing happens at its ends."""
    dossier = editable(nominee.dossier, "nominees", actor)
    row = list(dossier.nominations.order_by("order", "pk"))
    place = [n.pk for n in row].index(nominee.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
        for order, each in enumerate(row, start=1):
            each.order = order
        Nomination.objects.bulk_update(row, ["order"])
        touch(dossier)


@act
def save_report(
    *,
    nominee: Nomination,
    actor: Any,
    sections: dict[int, str],
    version: int | None = None,
    **values: Any,
) -> AchievementReport:
    """Keep a report; `sections` are the texts by content. Version 0: there was none yet."""
    dossier = editable(nominee.dossier, f"report:{nominee.pk}", actor)
    report = AchievementReport.objects.filter(nomination=nominee).first()
    report = report or AchievementReport(nomination=nominee)
    _compare(report, version)
    label = _("Write the report of %(name)s") % {"name": nominee.titled}
    with log.editing(report, actor=actor, label=label) as below:
        before = _words_of(report)
        for name, value in values.items():
            setattr(report, name, value)
        report.save()
        _write_sections(report, sections)
        below["contents"] = [before, _words_of(report)]
    touch(dossier)
    return report


@act
def explain_flaw(*, defect: Defect, actor: Any, answer: str) -> Defect:
    """Say why a part that came back stays as it is; staff, head and officer read it.

    Raises NotNow for one that was answered by a sending: the officer has its words.
    """
    dossier = editable(defect.dossier, defect.part, actor)
    kept = Defect.objects.select_for_update(of=("self",)).get(pk=defect.pk)
    if kept.closed_at:
        raise NotNow(_("The dossier was sent again since; what was explained then stays."))
    before, kept.answer = kept.answer, answer
    kept.save(update_fields=["answer"])
    log.record(
        actor=actor,
        verb="dossier.explain",
        label=_("Say why a part that came back stays as it is"),
        target=dossier,
        unit=dossier.unit,
        changes={defect.part: [before, answer]},
        note=answer,
    )
    touch(dossier)
    return kept


def editable(dossier: Dossier, part: str, actor: Any) -> Dossier:
    """The dossier under its lock, if this person may write in this part now.

    Raises PermissionDenied, or NotNow with the reason.
    """
    kept = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if not actor.can(Perm.DOSSIER_WRITE, kept):
        raise PermissionDenied
    if not parts.may_edit(kept, part):
        raise NotNow(locked_because(kept))
    return kept


def locked_because(dossier: Dossier) -> str:
    """Why a part cannot be edited, for the person who tries."""
    if dossier.state == Dossier.State.RETURNED:
        return _("Only the parts that came back to be mended can be edited; this is not one.")
    return _("%(dossier)s cannot be edited: it is now “%(state)s”.") % {
        "dossier": dossier,
        "state": dossier.get_state_display(),
    }


def touch(dossier: Dossier) -> None:
    """The dossier is another than a moment ago: a page that shows it is old now."""
    dossier.version += 1
    dossier.search_text = contents.search_text(dossier, dossier.nominations.all())
    dossier.save(update_fields=["version", "search_text"])


def _compare(row, version):
    if version is not None and row.version != version:
        raise NotNow(log.changed_meanwhile(row))


def _written(label, row, values):
    """The act with the fields that it changes, so that lines of a history tell them apart."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    fields = ", ".join(lower_first(nominees.label_of(row, name)) for name in changed)
    return f"{label}: {fields}" if fields else label


def _write(nominee, unit, values):
    for name, value in values.items():
        setattr(nominee, name, value)
    if nominee.kind == NomineeKind.INDIVIDUAL:
        nominee.person = nominee.person or _person(nominee, unit)


def _person(nominee, unit):
    """The person of this name and birth day below the unit, else a new one; None if unsure."""
    if not (nominee.birth_day and nominee.sex and nominee.name):
        return None
    known = Person.objects.filter(
        unit__path__startswith=unit.path,
        birth_day=nominee.birth_day,
        search_text=fold(nominee.name),
    ).first()
    return known or Person.objects.create(
        full_name=nominee.name,
        sex=nominee.sex,
        birth_day=nominee.birth_day,
        unit=unit,
        position=nominee.position,
    )


def _words_of(report):
    """What is written on the contents, as the history keeps it."""
    rows = ReportSection.objects.filter(report=report.pk).exclude(text="")
    rows = rows.select_related("content").order_by("content__order")
    return "\n\n".join(f"{row.content}: {row.text}" for row in rows)


def _write_sections(report, texts):
    for content, text in texts.items():
        ReportSection.objects.update_or_create(
            report=report, content_id=content, defaults={"text": text}
        )


def _contact_of(actor):
    return ", ".join(filter(None, [str(actor), actor.position]))
