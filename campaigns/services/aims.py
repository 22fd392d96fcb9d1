"""Acts on aims: units are asked, write their lists; approved ones go upward in one act."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rules as unit_rules
from accounts.models import Unit
from accounts.permissions import Perm
from accounts.services import notify, people_who
from campaigns import tasks
from campaigns.models import Aim, AimCall, AimList, AimRollUp, Block, Campaign
from campaigns.rules import aims as rules
from campaigns.rules.aims import Line
from campaigns.rules.reports import changed_since
from campaigns.workflow.aims import AIM_LIST
from core.audit import log
from core.clock import clock
from core.findings import blocking
from core.numbers import counter
from core.text import nfc
from core.workflow import Blocked, NotNow, act

WRITE = gettext_lazy("Write the list of titles")
OF_CAMPAIGNS = (Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN)  # who asks about what
OF_BLOCKS = (Perm.SHEET_VERIFY, Perm.BLOCK_MANAGE)


def subjects_of(user: Any) -> list[tuple[str, str]]:
    """What somebody may ask units about: running campaigns of theirs, blocks that they draw up
    or head, as [("campaign:3", name)]."""
    campaigns, blocks = _campaigns_of(user), _blocks_of(user)
    found = [(key_of(row), str(row)) for row in campaigns.order_by("-starts_year", "code")]
    return found + [(key_of(row), str(row)) for row in blocks.order_by("-year", "name")]


def subject_named(said: str, user: Any) -> Campaign | Block:
    """The subject of a choice of `subjects_of`; only what this person may ask about."""
    kind, _sign, key = said.partition(":")
    rows: Any = _campaigns_of(user) if kind == "campaign" else _blocks_of(user)
    return rows.get(pk=key)


def key_of(subject: Campaign | Block) -> str:
    """Its choice of `subjects_of`."""
    return f"{'campaign' if isinstance(subject, Campaign) else 'block'}:{subject.pk}"


def may_ask(subject: Campaign | Block, user: Any, year: int) -> bool:
    """Whether `subjects_of` names it to this person and the year is its own. Asks the database
    nothing: a page that shows the subject has read its unit, steward or head."""
    if isinstance(subject, Block):
        offered, perms = subject.year >= _first_year(), OF_BLOCKS
    else:
        offered, perms = subject.kind != Campaign.Kind.PROGRAMME, OF_CAMPAIGNS
    mine = user.holds(Perm.AIM_COLLECT) and any(user.can(perm, subject) for perm in perms)
    return offered and mine and not list(rules.out_of_time(subject, year))


def _campaigns_of(user):
    mine = Campaign.objects.visible_to(user, *OF_CAMPAIGNS)
    return mine.filter(state=Campaign.State.OPEN).exclude(kind=Campaign.Kind.PROGRAMME)


def _blocks_of(user):
    return Block.objects.visible_to(user, *OF_BLOCKS).filter(year__gte=_first_year())


def _first_year():
    return clock.today().year - 1


def open_call(
    *, subject: Campaign | Block, year: int, last_day: date, actor: Any, note: str = ""
) -> AimCall:
    """Ask the units of a campaign or block for their aims of a year, and tell their people.

    Raises `Blocked` for a year that is not the subject's, a day that is over, or a second call.
    """
    try:
        return _open_call(subject, year, last_day, actor, note)
    except IntegrityError:  # a colleague has asked in the same moment
        missing = list(rules.missing_to_open(subject, year))
        if not missing:
            raise
        raise Blocked(missing) from None


@act
def _open_call(subject, year, last_day, actor, note):
    today = clock.today()
    missing = [*rules.missing_to_open(subject, year), *rules.missing_to_move(last_day, today)]
    if missing:
        raise Blocked(missing)
    call = AimCall(
        campaign=subject if isinstance(subject, Campaign) else None,
        block=subject if isinstance(subject, Block) else None,
        year=year,
        unit=subject.unit,
        collector=rules.collector_of(subject, today),
        due_at=clock.end_of(last_day),
        note=nfc(note).strip(),
        opened_by=actor,
    )
    with log.editing(call, actor=actor, label=_("Ask units for their aims")):
        call.save()
    text = _("Write what your unit sets out to earn: %(call)s, until the end of %(day)s.")
    _tell_units(call, text)
    return call


@act
def move_day(*, call: AimCall, last_day: date, note: str, actor: Any) -> bool:
    """Put the last day off (or set it earlier), and tell the units whose list is not sent; whether
    anything is new. Raises `Blocked` for a day that is over."""
    held = AimCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    missing = list(rules.missing_to_move(last_day, clock.today()))
    if missing:
        raise Blocked(missing)
    before = (held.due_at, held.note)
    after = (clock.end_of(last_day), nfc(note).strip())
    if before == after:
        return False
    with log.editing(held, actor=actor, label=_("Move the last day")):
        held.due_at, held.note = after
        held.save()
    if before[0] != after[0]:
        _tell_units(held, _("The last day for titles is another one, %(day)s: %(call)s."))
    return True


def _tell_units(call: AimCall, text: str) -> None:
    """One notice to who writes in each unit that has not sent its list yet."""
    gone = call.lists.exclude(state__in=rules.WAITS)
    sent = set(gone.values_list("unit", flat=True))
    units = [unit.pk for unit, _name in rules.units_of(call) if unit.pk not in sent]
    said = text % {"call": call, "day": f"{call.last_day:%d/%m/%Y}"}
    for users in tasks.writers_in(units).values():
        notify(users=users, text=said, address=call.get_absolute_url())


@act
def save_aims(
    *,
    call: AimCall,
    unit: Unit,
    lines: Sequence[Line],
    actor: Any,
    note: str = "",
    version: int | None = None,
) -> AimList:
    """Keep a unit's list, new or changed, with exactly these lines.

    `version` is what the page showed, 0 where there was no list yet; None asks for no check.
    Raises `Blocked` once it is sent, for lines that do not fit, or when a colleague saved.
    """
    values = {
        "unit_name": unit_rules.name_on(unit, clock.today()),
        "receiver": rules.receiver_of(call, unit, clock.today()),
    }
    row, made = AimList.objects.select_for_update(of=("self",)).get_or_create(
        call=call, unit=unit, defaults=values
    )
    stale = [] if made else changed_since(row, version)
    missing = [*rules.missing_to_write(row), *stale]
    missing += rules.faults_of(lines, rules.types_for(call))
    if missing:
        raise Blocked(missing)
    before = _words_of(row)
    row.note = nfc(note).strip()
    row.version += 1
    row.save()
    row.aims.all().delete()
    Aim.objects.bulk_create(
        Aim(
            list=row,
            order=order,
            award_type=line.award_type,
            kind=line.kind,
            number=line.number,
            name=nfc(line.name).strip(),
        )
        for order, line in enumerate(lines, start=1)
    )
    after = _words_of(row)
    if made or before != after:
        log.record(
            actor=actor,
            verb="aimlist.edit",
            label=str(WRITE),
            target=row,
            unit=unit,
            changes={"aims": [before, after]},
        )
    return row


def _words_of(row):
    return "; ".join(str(aim) for aim in row.aims.select_related("award_type"))


def approve(*, lists: Sequence[AimList], actor: Any) -> tuple[list[AimList], list[str]]:
    """Approve several; answers those that were, and a sentence for each that was not."""
    done, refused = [], []
    for row in lists:
        try:
            done.append(AIM_LIST.perform(row, "approve", actor=actor))
        except (NotNow, Blocked) as fault:
            refused.append(str(fault))
    return done, refused


@act
def send_upward(*, call: AimCall, actor: Any) -> AimRollUp:
    """Send every approved list upward in one act; those that went before are not sent again.

    Raises `Blocked` when nothing is left to send, `PermissionDenied` for whoever does not
    collect here. The receipt keeps what was sent and its digest.
    """
    if not actor.can(Perm.AIM_COLLECT, call):
        raise PermissionDenied
    held = AimCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    missing = blocking(rules.missing_to_forward(held))
    if missing:
        raise Blocked(missing)
    rows = _held_to_forward(held)
    contents = [_contents_of(row) for row in rows]
    whole = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    series = f"DK{held.year}"
    made = AimRollUp.objects.create(
        call=held,
        number=f"{series}-{counter.take(f'aims:{series}'):04d}",
        unit=unit_rules.answering_for(held.collector, clock.today()),
        receiver=unit_rules.answering_for(held.unit, clock.today()),
        by=actor,
        contents=contents,
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
    )
    AimList.objects.filter(pk__in=[row.pk for row in rows]).update(roll_up=made)
    log.record(
        actor=actor,
        verb="aimcall.send_upward",
        label=_("Send the approved lists upward"),
        target=held,
        unit=made.unit,
        changes={"number": ["", made.number], "lists": ["", str(len(rows))]},
    )
    _tell_receiver(made)
    return made


def _tell_receiver(sent):
    text = _("%(unit)s sent %(count)s lists of titles upward: receipt %(number)s.")
    said = text % {"unit": sent.unit, "count": len(sent.contents), "number": sent.number}
    people = [user for user in people_who(perm=Perm.AIM_COLLECT, obj=sent) if user != sent.by]
    notify(users=people, text=said, address=sent.get_absolute_url())


def _held_to_forward(call):
    """Under their locks: a list that is refused meanwhile stays behind."""
    rows = rules.to_forward(call).select_for_update(of=("self",)).order_by("unit__path")
    held = list(rows.prefetch_related("aims__award_type"))
    if not held:
        raise Blocked(blocking(rules.missing_to_forward(call)))
    return held


def _contents_of(row):
    return {
        "unit": row.unit_name,
        "sent_at": row.sent_at.isoformat(),
        "aims": [
            {
                "award": aim.award_type.short_name,
                "kind": aim.kind,
                "number": aim.number,
                "name": aim.name,
            }
            for aim in row.aims.all()
        ],
    }
