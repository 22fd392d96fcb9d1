"""Tasks are given to units; a unit opens what it was handed and attaches its own plan."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from accounts.services import notify
from campaigns.models import Assignment, Campaign, Handout, Task
from campaigns.workflow.reports import writers_of
from core.audit import log
from core.clock import clock
from core.documents.models import Document
from core.findings import Finding
from core.workflow import Blocked, act


@act
def assign(*, task: Task, unit: Unit, due_on: date | None, actor: Any) -> Assignment:
    """Give a task to a unit; its people are told. `Blocked` if the unit has it already."""
    if Assignment.objects.filter(task=task, unit=unit).exists():
        raise Blocked([Finding(_("This unit has the task already."))])
    row = Assignment(
        task=task, unit=unit, due_on=due_on, unit_name=unit_rules.name_on(unit, clock.today())
    )
    with log.editing(row, actor=actor, label=_("Give the task to a unit")):
        row.save()
    text = _("Your unit has a new task: %(task)s") % {"task": task.name}
    notify(users=writers_of([unit.pk]), text=text, address=row.get_absolute_url())
    return row


@act
def open_handout(*, campaign: Campaign, unit: Unit, actor: Any) -> Handout:
    """Note who of the unit opened the campaign first; opening again changes nothing."""
    handout, _made = Handout.objects.select_for_update(of=("self",)).get_or_create(
        campaign=campaign, unit=unit
    )
    if handout.opened_at is None:
        handout.opened_at, handout.opened_by = clock.now(), actor
        handout.save(update_fields=["opened_at", "opened_by"])
        log.record(
            actor=actor,
            verb="handout.open",
            label=_("Open the campaign for the unit"),
            target=handout,
            unit=unit,
        )
    return handout


@act
def attach_plan(
    *, campaign: Campaign, unit: Unit, document: Document, number: str, actor: Any
) -> Handout:
    """Keep the unit's own plan; an earlier one is in the history."""
    handout = open_handout(campaign=campaign, unit=unit, actor=actor)
    with log.editing(handout, actor=actor, label=_("Attach the unit's own plan")):
        handout.plan, handout.plan_number, handout.plan_at = document, number, clock.now()
        handout.save()
    return handout
