"""Make the database follow a plan: in one transaction, only where they differ, never by
leaving something without what it hangs on."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from awards.models import AwardType
from campaigns import rules
from campaigns.models import Campaign, PlanFile
from campaigns.plans import rows
from campaigns.plans.difference import Change, compare, count
from campaigns.plans.export import plan_of, write
from campaigns.plans.giving import UNITS
from campaigns.plans.reading import Reading
from campaigns.plans.schema import Plan
from core.audit import log
from core.clock import clock
from core.workflow import act
from core.yaml.nodes import Fault


class CannotApply(Exception):
    """The plan would orphan something that exists; `sentences` say what. `for_a_reason`: a
    reason is enough to do it all the same."""

    def __init__(self, sentences: list[str], *, for_a_reason: bool = False):
        self.sentences, self.for_a_reason = sentences, for_a_reason
        super().__init__(" ".join(sentences))


@dataclass(frozen=True)
class Applied:
    campaign: Campaign
    changes: list[Change]


def faults_here(reading: Reading, *, owner: Unit) -> list[Fault]:
    """All faults in one pass: the file's own, and names in it that nothing here has."""
    plan = reading.partial
    if plan is None:
        return reading.faults
    found = [*_unknown_awards(plan), *_unknown_campaigns(plan, owner), *_prefix_taken(plan)]
    ahead = list(_signed_ahead(plan))
    day_unread = plan.signed is None and reading.faults and ("signed",) in reading.lines
    found += ahead or ([] if day_unread else _unknown_units(plan))  # units are those of that day
    here = [reading.fault_at(path, text) for path, text in found]
    return sorted({*reading.faults, *here})


def difference(plan: Plan) -> list[Change]:
    """What applying the plan would change."""
    campaign = Campaign.objects.filter(code=plan.code).first()
    return compare(campaign and plan_of(campaign), plan)


def resting(plan: Plan, *, owner: Unit) -> list[str]:
    """What the plan would take out although others rest on it: sentences. Writes nothing."""
    campaign = Campaign.objects.filter(code=plan.code).first()
    return rows.write(campaign, plan, owner=owner, dry=True).resting if campaign else []


@act
def apply(
    plan: Plan, *, actor: Any, owner: Unit, plan_file: PlanFile | None = None, reason: str = ""
) -> Applied:
    """Write what differs, with one line of history; a plan that is followed already writes none.

    `plan` is without faults (`reading.read`, `faults_here`). A new campaign is being set up
    until it is launched. With a reason, what others rest on is taken out of the plan and kept
    for them. Raises `CannotApply`, and then nothing has changed.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).filter(code=plan.code).first()
    changes = compare(campaign and plan_of(campaign), plan)
    writer = rows.write(campaign, plan, owner=owner, reason=reason)
    campaign = writer.campaign
    if writer.lost or (writer.resting and not reason.strip()):
        raise CannotApply([*writer.lost, *writer.resting], for_a_reason=not writer.lost)
    if changes:
        note = " ".join([reason.strip(), *writer.resting]) if writer.resting else ""
        _record(campaign, plan, changes, actor, note)
    if plan_file:
        plan_file.campaign, plan_file.applied_by = campaign, actor
        plan_file.applied_at = clock.now()
        plan_file.changes = count(changes)
        plan_file.save()
    return Applied(campaign, changes)


def _record(campaign, plan, changes, actor, note):
    campaign.version += 1
    campaign.plan_digest = sha256(write(plan)).hexdigest()
    campaign.save(update_fields=["version", "plan_digest"])
    log.record(
        actor=actor,
        verb="campaign.apply_plan",
        label=_("Apply the plan"),
        target=campaign,
        unit=campaign.unit,
        note=note,
        changes={kind: [str(c) for c in changes if c.kind == kind] for kind in count(changes)},
    )


def _read(members):
    """(place, member) of those that could be read; the others have their fault."""
    return [(place, member) for place, member in enumerate(members) if member is not None]


def _unknown_awards(plan):
    known = set(AwardType.objects.values_list("code", flat=True))
    asked = []
    for place, each in _read(plan.rounds):
        path = ("awards", "rounds", place)
        asked.append(((*path, "award"), each.award))
        for number, quota in _read(each.quotas):
            inner = (*path, "quotas", number)
            asked += [
                ((*inner, "award"), quota.award),
                ((*inner, "of"), quota.of if quota.of != UNITS else None),
            ]
    for place, form in _read(plan.awards.forms if plan.awards else ()):
        path = ("awards", "forms", place)
        asked.append(((*path, "award"), form.award))
        for number, condition in _read(form.conditions):
            asked.append(((*path, "conditions", number, "award"), condition.award))
    for path, code in asked:
        if code and code not in known:
            yield path, _("There is no award “%(code)s”.") % {"code": code}


def _signed_ahead(plan):
    """Who hands a plan in has it signed; a day to come is a slip of the keys."""
    if plan.signed and plan.signed > clock.today():
        text = _("The plan cannot be signed on %(day)s: that day is still to come.")
        yield ("signed",), text % {"day": plan.signed.strftime("%d/%m/%Y")}


def _unknown_units(plan):
    """The standing agency must be a unit on the day of the plan; other bodies may be groups."""
    day = plan.signed or clock.today()
    for place, role in _read(plan.roles):
        body = role.body if role.function == "standing_agency" else None
        if body and not rules.units_named([body], day):
            text = _("No unit is called “%(name)s” on %(day)s.")
            said = {"name": body, "day": day.strftime("%d/%m/%Y")}
            yield ("roles", place, "body"), text % said


def _unknown_campaigns(plan, owner):
    parent = Campaign.objects.filter(code=plan.parent).first() if plan.parent else None
    if plan.parent and parent is None:
        yield ("parent",), _("There is no campaign “%(code)s”.") % {"code": plan.parent}
    if parent:
        yield from _unknown_contents(plan, parent)
    other = Campaign.objects.filter(code=plan.code).exclude(unit=owner).first()
    if other:
        text = _("The code “%(code)s” belongs to a campaign of another unit.")
        yield ("code",), text % {"code": plan.code}


def _prefix_taken(plan):
    """A dossier's number tells its campaign, so no two begin their numbers alike."""
    prefix = plan.agency.dossier_prefix if plan.agency else None
    others = Campaign.objects.filter(dossier_prefix=prefix).exclude(code=plan.code)
    if plan.code and prefix and (other := others.first()):
        text = _("Dossier numbers of “%(campaign)s” begin with “%(prefix)s” already.")
        said = {"campaign": other, "prefix": prefix}
        yield ("agency", "dossier_prefix"), text % said


def _unknown_contents(plan, parent):
    """What is inherited or left out must stand in the superior campaign."""
    known = set(parent.contents.values_list("code", flat=True))
    asked = [(("contents", n, "inherits"), c.inherits) for n, c in _read(plan.contents)]
    asked += [(("dropped", n, "code"), each.code) for n, each in _read(plan.dropped)]
    for path, code in asked:
        if code and code not in known:
            text = _("“%(code)s” is not a content of “%(parent)s”.")
            yield path, text % {"code": code, "parent": parent}
