"""What follows of itself in a running campaign: it is handed out, and reports fall due."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import rules as unit_rules
from accounts.models import Membership, Unit, User
from accounts.permissions import GRANTS, Perm
from accounts.services import notify
from campaigns.models import Assignment, Campaign, Handout, PeriodicReport, Task
from campaigns.rules import periods, units_named
from campaigns.rules import reports as rules
from core.clock import clock
from core.jobs.background import background, every_day


@every_day
@background(gettext_noop("Reports fall due"))
def reports_of_today(job):
    """Each day, and when a campaign is launched or a unit registers."""
    for campaign in job.track(Campaign.objects.filter(state=Campaign.State.OPEN)):
        fall_due(campaign)


def fall_due(campaign: Campaign, unit: Unit | None = None) -> int:
    """Make the reports that are owed today and not there yet; returns how many.

    Asked for when a unit registers, when the campaign is launched and each day; asking again
    changes nothing but days that the plan has moved for reports that were not sent, and who
    takes in what a closed unit was to take in.
    """
    today = clock.today()
    wanted = list(rules.owed(campaign, today, unit))
    kept = {(row.duty_id, row.unit_id, row.period): row for row in _of(campaign, unit)}
    names = unit_rules.names_on([row.unit for row in wanted], today)
    new, moved = [], []
    for each in wanted:
        row = kept.get((each.duty.pk, each.unit.pk, each.period))
        if row is None:
            new.append(
                PeriodicReport(
                    duty=each.duty,
                    unit=each.unit,
                    unit_name=names[each.unit.pk],
                    receiver=rules.receiver_of(each.duty, each.unit, today),
                    period=each.period,
                    due_at=each.due_at,
                )
            )
        elif row.first_sent_at is None and _moves(row, each, today):
            moved.append(row)
    PeriodicReport.objects.bulk_create(new, ignore_conflicts=True)
    PeriodicReport.objects.bulk_update(moved, ["due_at", "receiver"])
    return len(new)


def _moves(row, each, today):
    """Give a report that was not sent its day, and a receiver that stands; whether it has new."""
    before = (row.due_at, row.receiver_id)
    row.due_at = each.due_at
    if row.receiver.closed_on and row.receiver.closed_on <= today:
        row.receiver = rules.receiver_of(each.duty, each.unit, today)
    return before != (row.due_at, row.receiver_id)


def hand_out(campaign: Campaign) -> None:
    """At the launch each unit is handed the campaign, and tasks of the plan go to those who do
    them: the unit that the plan names, else the standing agency, else whose campaign it is."""
    hand_to(campaign, _units_with_writers(campaign))
    today = clock.today()
    steward = campaign.steward_on(today) or campaign.unit
    rows = list(Task.objects.filter(group__campaign=campaign))
    named = units_named([row.who for row in rows if row.who], campaign.signed_on or today)
    Assignment.objects.bulk_create(
        [_assigned(task, named.get(task.who), steward, today) for task in rows],
        ignore_conflicts=True,
    )


def _assigned(task, named, steward, today):
    unit = unit_rules.answering_for(named, today) if named else steward
    year = periods.read(str(today.year))
    return Assignment(
        task=task,
        unit=unit,
        unit_name=unit_rules.name_on(unit, today),
        due_on=periods.due_day(task.due, year, lambda code: None),
        moved_at=clock.now(),
    )


def hand_to(campaign: Campaign, units: list[Unit]) -> None:
    """Put the campaign on the desks of these units, and tell their people, once."""
    there = set(Handout.objects.filter(campaign=campaign).values_list("unit", flat=True))
    new = [unit for unit in units if unit.pk not in there]
    Handout.objects.bulk_create(Handout(campaign=campaign, unit=unit) for unit in new)
    text = _("“%(campaign)s” is launched: see what your unit is to do.") % {"campaign": campaign}
    people = writers_in([unit.pk for unit in new])
    for unit, users in people.items():
        address = reverse("campaigns:unit_part", args=[campaign.pk, unit])
        notify(users=users, text=text, address=address)


def _units_with_writers(campaign):
    """Units below the campaign's that have somebody who writes for them."""
    below = Unit.objects.filter(path__startswith=campaign.unit.path, depth__gt=campaign.unit.depth)
    standing = list(below.standing(clock.today()))
    writing = writers_in([unit.pk for unit in standing])
    return [unit for unit in standing if unit.pk in writing]


def writers_in(units: list[int]) -> dict[int, list[User]]:
    """{unit id: who writes reports there today} for those units that have anybody: one query."""
    return {unit: list(people) for unit, people in holders_in(units, {Perm.REPORT_WRITE}).items()}


def holders_in(units: list[int], perms: set[Perm]) -> dict[int, dict[User, set[Perm]]]:
    """{unit id: {person: which of these permissions they hold there today}}: one query."""
    roles = {role: granted & perms for role, granted in GRANTS.items() if granted & perms}
    held = Membership.objects.in_force(clock.today()).filter(unit__in=units, role__in=roles)
    found: dict[int, dict[User, set[Perm]]] = {}
    for membership in held.select_related("user").order_by("pk"):
        people = found.setdefault(membership.unit_id, {})
        if membership.user.is_active:
            people.setdefault(membership.user, set()).update(roles[membership.role])
    return found


def no_longer_owed(campaign: Campaign, unit: Unit) -> None:
    """A unit that leaves owes what it has not sent no more; what it sent stays."""
    _of(campaign, unit).filter(first_sent_at=None).delete()


def _of(campaign, unit):
    rows = PeriodicReport.objects.filter(duty__campaign=campaign).select_related("receiver")
    return rows.filter(unit=unit) if unit else rows
