"""What units may set out to earn, who takes their lists in, and what is missing before a step."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Unit
from awards.models import AwardType, NomineeKind
from campaigns.models import AimCall, AimList, AwardForm, Block, Campaign, Quota
from campaigns.rules.permits import permit_for
from campaigns.rules.receivers import receiver_on
from core.findings import Finding, Weight

State = AimList.State
WAITS = (State.DRAFT, State.REFUSED)  # with the unit
MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One aim as somebody typed it; `name` is empty where only a number is given."""

    award_type: AwardType
    kind: str
    number: int
    name: str = ""


def types_for(call: AimCall) -> list[AwardType]:
    """The titles and forms that the plan names; all of the catalogue where it names none.

    A block has no plan: its year aims at whatever the catalogue holds.
    """
    if call.campaign is None:
        return list(AwardType.objects.all())
    rounds = call.campaign.rounds.in_force()
    named = set(rounds.values_list("award_type", flat=True))
    named |= set(Quota.objects.filter(round__in=rounds).values_list("award_type", flat=True))
    forms = AwardForm.objects.filter(campaign=call.campaign, award_type__isnull=False)
    named |= set(forms.values_list("award_type", flat=True))
    return list(AwardType.objects.filter(pk__in=named) if named else AwardType.objects.all())


def collector_of(subject: Campaign | Block, today: date) -> Unit:
    """Who takes the lists in: the standing agency or the head, else whose it is."""
    found = subject.head if isinstance(subject, Block) else subject.steward_on(today)
    return found or subject.unit


def receiver_of(call: AimCall, unit: Unit, today: date) -> Unit:
    """Who takes in a unit's list; the collector's own goes up at once."""
    return receiver_on(today, unit, call.collector, call.unit)


def units_of(call: AimCall) -> list[tuple[Unit, str]]:
    """(unit, its name in the call): who takes part, and whoever has a list all the same."""
    rows = call.taking_part.select_related("unit")
    found = {row.unit_id: (row.unit, row.unit_name) for row in rows}
    for row in call.lists.select_related("unit"):
        found.setdefault(row.unit_id, (row.unit, row.unit_name))
    return sorted(found.values(), key=lambda pair: pair[0].path)


def takes_part(call: AimCall, unit: Unit) -> bool:
    return call.taking_part.filter(unit=unit).exists()


def missing_to_open(subject: Campaign | Block, year: int) -> Iterable[Finding]:
    """Why units cannot be asked for their aims."""
    yield from out_of_time(subject, year)
    rows = AimCall.objects.filter(year=year)
    rows = (
        rows.filter(block=subject) if isinstance(subject, Block) else rows.filter(campaign=subject)
    )
    if rows.exists():
        yield Finding(_("Units have been asked for their aims of this year already."))


def out_of_time(subject: Campaign | Block, year: int) -> Iterable[Finding]:
    """Why a year, or the moment, is not the subject's. Asks the database nothing."""
    if isinstance(subject, Block):
        if subject.year != year:
            text = _("The block is that of %(year)s; choose this year.")
            yield Finding(text % {"year": subject.year})
    else:
        first, last = subject.starts_year or year, subject.ends_year or year
        if not first <= year <= last:
            text = _("The campaign runs from %(first)s to %(last)s.")
            yield Finding(text % {"first": first, "last": last})
        if subject.state != Campaign.State.OPEN:
            yield Finding(_("The campaign is not running."))


def is_late(call: AimCall, moment: datetime) -> bool:
    """The first instant after the last day is too late."""
    return moment >= call.due_at


def is_too_late(call: AimCall, unit: Unit, row: AimList | None, moment: datetime) -> bool:
    """Whether a unit may no longer send for the first time; a late permit stands for the day.

    A list that came back is not bound by the day.
    """
    if not is_late(call, moment) or (row and row.first_sent_at):
        return False
    return permit_for(unit, moment, call=call) is None


def missing_to_write(row: AimList | None) -> Iterable[Finding]:
    """Why a list cannot be changed now."""
    if row and row.state not in WAITS:
        text = _("This list is “%(state)s”: it stays as it is.")
        yield Finding(text % {"state": row.get_state_display()})


def faults_of(lines: Sequence[Line], types: Iterable[AwardType]) -> list[Finding]:
    """What is wrong with lines as somebody typed them."""
    allowed = {row.pk for row in types}
    found = [
        Finding(_("Line %(line)s: %(text)s") % {"line": number, "text": fault}, part=fault.part)
        for number, line in enumerate(lines, start=1)
        for fault in faults_of_line(line, allowed)
    ]
    found += twice(lines).values()
    if len(lines) > MOST_LINES:
        found.append(Finding(_("A list has %(most)s lines at most.") % {"most": MOST_LINES}))
    return found


def faults_of_line(line: Line, allowed: Container[int] | None = None) -> Iterable[Finding]:
    """What is wrong with one line; `part` is the field. `allowed` are keys of titles and forms,
    None where they were chosen from the right ones."""
    said = {"award": line.award_type.short_name}
    if allowed is not None and line.award_type.pk not in allowed:
        yield Finding(_("the plan does not name “%(award)s”.") % said, part="award_type")
    if not line.award_type.is_for(line.kind):
        said["kind"] = str(NomineeKind(line.kind).label)
        yield Finding(_("“%(award)s” is not given to: %(kind)s.") % said, part="kind")
    if line.name and line.number != 1:
        text = _("a line with a name stands for one nominee; leave the number 1.")
        yield Finding(text, part="name")
    if line.number < 1:
        yield Finding(_("write a number from 1."), part="number")


def twice(lines: Sequence[Line]) -> dict[int, Finding]:
    """{place of the second of two lines for the same: what is wrong}; places count from 0."""
    found: dict[int, Finding] = {}
    keys = [_key(line) for line in lines]
    for place, line in enumerate(lines):
        if keys[:place].count(keys[place]) == 1:
            text = _("“%(award)s” stands twice for %(who)s: put both into one line.")
            who = line.name or NomineeKind(line.kind).label.lower()
            said = {"award": line.award_type.short_name, "who": who}
            found[place] = Finding(text % said, part="award_type")
    return found


def _key(line):
    return (line.award_type.pk, line.kind, line.name)


def missing_to_send(row: AimList, moment: datetime) -> Iterable[Finding]:
    """Why a list cannot be sent at a moment."""
    call = row.call
    if is_too_late(call, row.unit, row, moment):
        text = _("Lists were taken until %(moment)s. Ask %(who)s for a late permit.")
        words = date_format(localtime(call.due_at), "DATETIME_FORMAT")
        yield Finding(text % {"moment": words, "who": call.collector}, rule="aim_call_open")
    if not takes_part(call, row.unit):
        yield Finding(_("The unit does not take part: register it for the campaign first."))
    aims = list(row.aims.select_related("award_type"))
    if not aims:
        yield Finding(_("The list is empty: write at least one title or form."), part="aims")
    yield from _beyond_places(call, aims)


def _beyond_places(call, aims):
    """Places are for all units together, so one unit's number above them is only a warning."""
    if call.campaign is None:
        return
    rows = Quota.objects.filter(round__campaign=call.campaign).filter(
        Q(round__achieved_to__gte=call.year), round__retired_at=None
    )
    sizes = {(row.award_type_id, row.kind): row.size for row in rows}
    asked: Counter = Counter()
    for aim in aims:
        asked[aim.award_type_id, aim.kind] += aim.number
    names = {aim.award_type_id: aim.award_type.short_name for aim in aims}
    for (award, kind), number in asked.items():
        if number > sizes.get((award, kind), number):
            text = _(
                "%(number)s × “%(award)s” are more than the %(size)s places of the whole plan."
            )
            said = {"number": number, "award": names[award], "size": sizes[award, kind]}
            yield Finding(text % said, weight=Weight.WARN)


def missing_to_forward(call: AimCall) -> Iterable[Finding]:
    """Why nothing can be sent upward now."""
    if call.collector_id == call.unit_id:
        yield Finding(_("There is nobody above who takes the lists in."))
    elif not to_forward(call).exists():
        yield Finding(_("Nothing to send: every approved list went upward already."))


def to_forward(call: AimCall):
    """Approved lists that the collector took in and has not sent upward."""
    return call.lists.filter(state=State.APPROVED, roll_up=None, receiver=call.collector)


def missing_to_move(last_day: date, today: date) -> Iterable[Finding]:
    if last_day < today:
        yield Finding(_("The last day must not lie in the past."))
