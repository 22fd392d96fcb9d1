"""The rows that a plan asks for."""

from collections.abc import Callable, Iterable
from datetime import date
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
)
from campaigns.plans import schema
from campaigns.plans.schema import Plan
from campaigns.plans.writer import Wanted, Writer
from core.clock import clock

BOUNDS = ("opens", "last_day", "appraisal_days")


def write(campaign: Campaign | None, plan: Plan, *, owner: Unit) -> tuple[Campaign, list[str]]:
    """Bring the campaign with all its rows to what the plan says.

    Answers sentences on what would be orphaned; the caller rolls back if there are any.
    """
    day = plan.signed or clock.today()
    units = rules.units_named([role.body for role in plan.roles], day)
    awards = {award.code: award for award in AwardType.objects.all()}
    campaign = _campaign(campaign or Campaign(code=plan.code, unit=owner), plan, units)
    dossier, forms = plan.dossier or schema.Dossier(), (plan.awards or schema.Awards()).forms

    writer = Writer(campaign)
    writer.put(Basis, ("order",), _listed(plan.bases, _basis))
    writer.put(CampaignRole, ("order",), _listed(plan.roles, lambda role: _role(role, units)))
    writer.put(ParticipantGroup, ("order",), _participants(plan.participants))
    writer.put(ReportDuty, ("code",), _coded(plan.duties, _duty))
    writer.put(Phase, ("code",), _phases(plan))
    writer.put(Component, ("code",), _coded(dossier.components, _component))
    contents = writer.put(Content, ("code",), _coded(plan.contents, _content))
    sectors = _sectors(plan.contents, contents)
    writer.put(Sector, ("content_id", "code"), sectors, through="content__campaign")
    writer.put(AwardForm, ("order",), _listed(forms, lambda form: _form(form, awards)))
    rounds = writer.put(AwardRound, ("code",), _rounds(plan, awards))
    quotas = _quotas(plan.rounds, rounds, awards)
    key = ("round_id", "award_type_id", "kind")
    writer.put(Quota, key, quotas, through="round__campaign")
    return campaign, writer.lost


def _campaign(campaign: Campaign, plan: Plan, units: dict[str, Unit]) -> Campaign:
    stewards = [units.get(r.body) for r in plan.roles if r.function == "standing_agency"]
    period = plan.period or schema.Period()
    dossier = plan.dossier or schema.Dossier()
    awards = plan.awards or schema.Awards()
    agency = plan.agency or schema.Agency()
    values = {
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
        "annexes": [{"name": a.name, "attached": a.attached} for a in plan.annexes],
        "feedback": plan.feedback or "",
        "notes": [{"about": note.about, "text": note.text} for note in plan.notes],
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
        "to": duty.to,
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
            "opens_at": _start_of(phase.opens),
            "closes_at": _end_of(phase.last_day),
            "by_agency": by_agency,
        }
        for place, (phase, by_agency) in enumerate(said, start=1)
    }


def _component(component):
    return {"name": component.name, "required": not component.optional}


def _content(content):
    return {"name": content.name, "detail": content.detail or ""}


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


def _form(form, awards):
    return {"award_type": awards.get(form.award), "name": form.name, "rule": form.rule or ""}


def _rounds(plan, awards):
    agency = {each.round: each for each in (plan.agency or schema.Agency()).rounds}
    return _coded(plan.rounds, lambda each: _round(each, awards, agency.get(each.code)))


def _round(each, awards, agency):
    agency = agency or schema.AgencyRound()
    by_agency = [name for name in BOUNDS if getattr(agency, name) is not None]
    bounds = {name: getattr(agency if name in by_agency else each, name) for name in BOUNDS}
    return {
        "name": each.name,
        "kind": each.kind,
        "printed_period": each.printed_period or "",
        "achieved_from": each.achieved.first,
        "achieved_to": each.achieved.last,
        "review_month": each.review or "",
        "award_type": awards[each.award],
        "opens_at": _start_of(bounds["opens"]),
        "closes_at": _end_of(bounds["last_day"]),
        "appraisal_days": bounds["appraisal_days"],
        "by_agency": by_agency,
        "agency_note": agency.note or "",
        "quote": each.quote or "",
    }


def _quotas(rounds, rows, awards):
    return {
        (rows[each.code].pk, awards[quota.award or each.award].pk, quota.kind): {
            "size": quota.places
        }
        for each in rounds
        for quota in each.quotas
    }


def _start_of(day: date | None):
    return day and clock.as_instant(day)


def _end_of(day: date | None):
    return day and clock.end_of(day)
