"""Award rounds, places and forms of a plan as values of rows, and rows as parts of a plan."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from campaigns import rules
from campaigns.models import AwardForm, AwardRound, Campaign, Quota
from campaigns.plans import giving, schema
from campaigns.plans.writer import Wanted
from core.clock import clock
from core.yaml.packing import pack, unpack

BOUNDS = ("opens", "last_day", "appraisal_days")


def form_values(form: schema.AwardForm, awards: dict[str, Any]) -> dict[str, Any]:
    return {
        "award_type": awards.get(form.award),
        "name": form.name,
        "rule": form.rule or "",
        "conditions": [pack(condition) for condition in form.conditions],
    }


def rounds_wanted(plan: schema.Plan, awards: dict[str, Any]) -> Wanted:
    agency = {each.round: each for each in (plan.agency or schema.Agency()).rounds}
    reckoned = conditions_as_rules(plan)
    return {
        (each.code,): {"order": place, "conditions": reckoned}
        | _round(each, awards, agency.get(each.code))
        for place, each in enumerate(plan.rounds, start=1)
    }


def conditions_as_rules(plan: schema.Plan) -> list[dict[str, Any]]:
    """Conditions that can be reckoned, each with the award that it is for (“given”)."""
    return [
        pack(condition) | {"given": form.award}
        for form in (plan.awards.forms if plan.awards else ())
        for condition in form.conditions
        if condition.measure
    ]


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
        "opens_at": start_of(bounds["opens"]),
        "closes_at": end_of(bounds["last_day"]),
        "appraisal_days": bounds["appraisal_days"],
        "by_agency": by_agency,
        "agency_note": agency.note or "",
        "shares": [pack(_share(each, quota)) for quota in each.quotas if quota.places is None],
        "quote": each.quote or "",
    }


def _share(each, quota):
    return replace(quota, award=None) if quota.award == each.award else quota


def quotas_wanted(plan: schema.Plan, rows: dict[str, Any], awards: dict[str, Any]) -> Wanted:
    return {
        (rows[each.code].pk, awards[quota.award or each.award].pk, quota.kind): {
            "size": quota.places
        }
        for each in plan.rounds
        for quota in each.quotas
        if quota.places is not None
    }


def start_of(day: date | None) -> datetime | None:
    return day and clock.as_instant(day)


def end_of(day: date | None) -> datetime | None:
    return day and clock.end_of(day)


def rounds_of(campaign: Campaign) -> Any:
    quotas = Prefetch("quotas", Quota.objects.select_related("award_type"))
    return campaign.rounds.in_force().select_related("award_type").prefetch_related(quotas)


def form_of(row: AwardForm) -> schema.AwardForm:
    conditions = tuple(unpack(schema.Condition, packed) for packed in row.conditions)
    return schema.AwardForm(
        row.award_type and row.award_type.code, row.name, row.rule or None, conditions
    )


def round_of(row: AwardRound) -> schema.Round:
    quotas = [
        schema.Quota(q.kind, None if q.award_type == row.award_type else q.award_type.code, q.size)
        for q in row.quotas.all()
    ]
    quotas += [unpack(schema.Quota, packed) for packed in row.shares]
    return schema.Round(
        code=row.code,
        kind=row.kind,
        name=row.name,
        printed_period=row.printed_period or None,
        achieved=schema.Period(row.achieved_from, row.achieved_to),
        review=row.review_month or None,
        award=row.award_type.code,
        quotas=tuple(sorted(quotas, key=giving.place_of)),
        quote=row.quote or None,
        **{name: value for name, value in bounds_of(row).items() if name not in row.by_agency},
    )


def bounds_of(row: AwardRound) -> dict[str, Any]:
    return {
        "opens": rules.first_day(row),
        "last_day": rules.last_day(row),
        "appraisal_days": row.appraisal_days,
    }
