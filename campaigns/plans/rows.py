"""The rows that a plan asks for."""

from collections.abc import Callable, Iterable
from typing import Any

from accounts.models import Unit
from awards.models import AwardType
from campaigns import rules
from campaigns.models import (
    AwardForm,
    AwardRound,
    Basis,
    Campaign,
    CampaignRole,
    Component,
    Content,
    ParticipantGroup,
    Phase,
    Quota,
    ReportDuty,
    Sector,
    Target,
    Task,
    TaskGroup,
)
from campaigns.plans import giving_rows, measuring_rows, schema
from campaigns.plans.giving_rows import end_of, start_of
from campaigns.plans.packing import particulars
from campaigns.plans.schema import Plan
from campaigns.plans.writer import Wanted, Writer
from core.clock import clock


def write(
    campaign: Campaign | None, plan: Plan, *, owner: Unit, reason: str = "", dry: bool = False
) -> Writer:
    """Bring the campaign with all its rows to what the plan says.

    The writer says what would be orphaned; the caller rolls back if that may not be. A `dry`
    one writes nothing.
    """
    day = plan.signed or clock.today()
    units = rules.units_named([role.body for role in plan.roles], day)
    awards = {award.code: award for award in AwardType.objects.all()}
    campaign = campaign or Campaign(code=plan.code, unit=owner)
    if not dry:
        _campaign(campaign, plan, units)
    dossier, forms = plan.dossier or schema.Dossier(), (plan.awards or schema.Awards()).forms

    writer = Writer(campaign, reason=reason, dry=dry)
    writer.put(Basis, ("order",), _listed(plan.bases, _basis))
    writer.put(CampaignRole, ("order",), _listed(plan.roles, lambda role: _role(role, units)))
    writer.put(ParticipantGroup, ("order",), _participants(plan.participants))
    writer.put(ReportDuty, ("code",), _coded(plan.duties, _duty))
    writer.put(Phase, ("code",), _phases(plan))
    writer.put(Component, ("code",), _coded(dossier.components, _component))
    inherited = _inherited(campaign)
    contents = _coded(plan.contents, lambda content: _content(content, inherited))
    contents = writer.put(Content, ("code",), contents)
    sectors = _sectors(plan.contents, contents)
    writer.put(Sector, ("content_id", "code"), sectors, through="content__campaign")
    writer.put(Target, ("code",), _coded(plan.targets, measuring_rows.target_values))
    groups = writer.put(TaskGroup, ("code",), _coded(plan.task_groups, measuring_rows.group_values))
    tasks = measuring_rows.tasks_wanted(plan.task_groups, groups)
    writer.put(Task, ("group_id", "code"), tasks, through="group__campaign")
    writer.put(
        AwardForm, ("order",), _listed(forms, lambda form: giving_rows.form_values(form, awards))
    )
    rounds = writer.put(AwardRound, ("code",), giving_rows.rounds_wanted(plan, awards))
    quotas = giving_rows.quotas_wanted(plan, rounds, awards)
    key = ("round_id", "award_type_id", "kind")
    writer.put(Quota, key, quotas, through="round__campaign")
    return writer


def _campaign(campaign: Campaign, plan: Plan, units: dict[str, Unit]) -> Campaign:
    # a programme names no standing agency, but who draws its reports together
    stewards = [
        units.get(role.body)
        for function in ("standing_agency", "synthesis")
        for role in plan.roles
        if role.function == function
    ]
    period = plan.period or schema.Reach()
    dossier = plan.dossier or schema.Dossier()
    awards = plan.awards or schema.Awards()
    agency = plan.agency or schema.Agency()
    values = {
        "kind": plan.kind or Campaign.Kind.CAMPAIGN,
        "steward": stewards[0] if stewards else None,
        "parent": plan.parent and Campaign.objects.get(code=plan.parent),
        "number": plan.number or "",
        "signed_on": plan.signed,
        "issuer": plan.issuer or "",
        "signer": plan.signer or "",
        "place": plan.place or "",
        "title": plan.title,
        "name": plan.name,
        "short_name": plan.short_name or "",
        "theme": plan.theme or "",
        "starts_year": period.first,
        "ends_year": period.last,
        "outlook_year": period.outlook,
        "scope": plan.scope or "",
        "method": plan.method or "",
        "dossier_prefix": agency.dossier_prefix or "",
        "purposes": list(plan.purposes),
        "requirement": plan.requirement or "",
        "tasks": list(plan.tasks),
        "dossier_route": list(dossier.route),
        "dossier_copies": dossier.copies,
        "dossier_original": dossier.original,
        "dossier_quote": dossier.quote or "",
        "award_subjects": awards.subjects or "",
        "award_note": awards.note or "",
        "award_quote": awards.quote or "",
        "feedback": plan.feedback or "",
        "particulars": particulars(plan),
        "agency_note": agency.note or "",
    }
    differ = [name for name, value in values.items() if getattr(campaign, name) != value]
    for name in differ:
        setattr(campaign, name, values[name])
    if campaign._state.adding or differ:
        campaign.save()
    return campaign


def _listed(records: Iterable[Any], values: Callable[[Any], dict]) -> Wanted:
    return {(place,): values(record) for place, record in enumerate(records, start=1)}


def _coded(records: Iterable[Any], values: Callable[[Any], dict]) -> Wanted:
    return {
        (record.code,): {"order": place} | values(record)
        for place, record in enumerate(records, start=1)
    }


def _basis(basis):
    return {
        "number": basis.number or "",
        "signed_on": basis.signed,
        "issuer": basis.issuer or "",
        "text": basis.text or "",
        "source": basis.source or "",
    }


def _role(role, units):
    return {
        "function": role.function,
        "body": role.body,
        "unit": units.get(role.body),
        "duties": list(role.duties),
    }


def _participants(groups):
    groups = groups or schema.Participants()
    texts = [("collective", text) for text in groups.collective]
    texts += [("individual", text) for text in groups.individual]
    return _listed(texts, lambda pair: {"kind": pair[0], "text": pair[1]})


def _duty(duty):
    return {
        "who": duty.who,
        "to": duty.to or "",
        "what": duty.what or "",
        "frequency": duty.frequency,
        "due": duty.due or "",
        "quote": duty.quote or "",
    }


def _phases(plan):
    said = [(phase, False) for phase in plan.phases]
    said += [(phase, True) for phase in (plan.agency or schema.Agency()).phases]
    return {
        (phase.code,): {
            "order": place,
            "name": phase.name,
            "note": phase.note or "",
            "work": phase.work or "",
            "from_year": phase.years and phase.years.first,
            "to_year": phase.years and phase.years.last,
            "review_kind": phase.review.kind if phase.review else "",
            "review_year": phase.review and phase.review.year,
            "source": phase.source or "",
            "opens_at": start_of(phase.opens),
            "closes_at": end_of(phase.last_day),
            "by_agency": by_agency,
        }
        for place, (phase, by_agency) in enumerate(said, start=1)
    }


def _component(component):
    return {"name": component.name, "required": not component.optional}


def _inherited(campaign: Campaign) -> dict[str, Content]:
    """Contents of the superior campaign by label, where that one is in the portal."""
    if not campaign.parent_id:
        return {}
    return {content.code: content for content in Content.objects.filter(campaign=campaign.parent)}


def _content(content, inherited):
    return {
        "name": content.name,
        "detail": content.detail or "",
        "inherits": content.inherits or "",
        "parent_content": inherited.get(content.inherits),
    }


def _sectors(contents, rows):
    return {
        (rows[content.code].pk, sector.code): {
            "order": place,
            "name": sector.name,
            "points": list(sector.points),
        }
        for content in contents
        for place, sector in enumerate(content.sectors, start=1)
    }
