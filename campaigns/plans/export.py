"""A campaign as a plan again, and a plan as a file in its one canonical form.

Applying what was exported and exporting again gives the same bytes.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from campaigns import rules
from campaigns.models import Campaign, Content, ParticipantGroup
from campaigns.plans import giving, giving_rows, measuring_rows, schema
from campaigns.plans.packing import with_particulars
from core.yaml import writing

MOST_IN_MEMORY = 50
IN_ONE_LINE = (schema.Period, schema.Reach, schema.Review, schema.Quota)


def settled(plan: schema.Plan) -> schema.Plan:
    """The plan without what is there only to check the file, and with defaults left out."""
    awards = plan.awards and replace(plan.awards, rounds=tuple(map(_settled, plan.awards.rounds)))
    parts = tuple(replace(part, optional=part.optional or None) for part in plan.components)
    dossier = plan.dossier and replace(plan.dossier, components=parts)
    kind = None if plan.kind == Campaign.Kind.CAMPAIGN else plan.kind
    return replace(
        plan, format=schema.FORMAT, kind=kind, totals=None, awards=awards, dossier=dossier
    )


def _settled(each: schema.Round) -> schema.Round:
    quotas = (replace(q, award=None if q.award == each.award else q.award) for q in each.quotas)
    return replace(each, total=None, quotas=tuple(sorted(quotas, key=giving.place_of)))


def write(plan: schema.Plan) -> bytes:
    """The canonical file of a plan, UTF-8."""
    return writing.write(settled(plan), in_one_line=IN_ONE_LINE)


def plan_of(campaign: Campaign) -> schema.Plan:
    """The plan that a campaign follows now, as if it had been read from a file."""
    rounds = list(giving_rows.rounds_of(campaign))
    plan = schema.Plan(
        format=schema.FORMAT,
        kind=None if campaign.kind == Campaign.Kind.CAMPAIGN else campaign.kind,
        code=campaign.code,
        parent=campaign.parent.code if campaign.parent else None,
        number=campaign.number or None,
        signed=campaign.signed_on,
        issuer=campaign.issuer or None,
        signer=campaign.signer or None,
        place=campaign.place or None,
        title=campaign.title,
        name=campaign.name,
        short_name=campaign.short_name or None,
        theme=campaign.theme or None,
        scope=campaign.scope or None,
        method=campaign.method or None,
        period=_some(
            schema.Reach,
            first=campaign.starts_year,
            last=campaign.ends_year,
            outlook=campaign.outlook_year,
        ),
        bases=tuple(map(_basis, campaign.bases.all())),
        purposes=tuple(campaign.purposes),
        requirement=campaign.requirement or None,
        participants=_participants(campaign),
        contents=_contents(campaign),
        targets=tuple(map(measuring_rows.target_of, campaign.targets.all())),
        task_groups=tuple(
            map(measuring_rows.group_of, campaign.task_groups.prefetch_related("tasks"))
        ),
        tasks=tuple(campaign.tasks),
        phases=_phases(campaign, by_agency=False),
        awards=_awards(campaign, rounds),
        dossier=_dossier(campaign),
        duties=tuple(
            schema.Duty(
                d.code,
                d.who,
                d.to or None,
                d.what or None,
                d.frequency,
                d.due or None,
                d.quote or None,
            )
            for d in campaign.duties.all()
        ),
        roles=tuple(
            schema.Role(role.function, role.body, tuple(role.duties))
            for role in campaign.roles.all()
        ),
        feedback=campaign.feedback or None,
        agency=_agency(campaign, rounds),
    )
    return with_particulars(plan, campaign.particulars)


_by_digest: dict[str, schema.Plan] = {}


def shown_plan(campaign: Campaign) -> schema.Plan:
    """`plan_of` for pages: kept in memory by the digest of its content, so never stale."""
    digest = campaign.plan_digest
    if not digest:
        return plan_of(campaign)
    if digest not in _by_digest:
        if len(_by_digest) >= MOST_IN_MEMORY:
            _by_digest.clear()
        _by_digest[digest] = plan_of(campaign)
    return _by_digest[digest]


def _basis(row):
    return schema.Basis(
        row.number or None,
        row.signed_on,
        row.issuer or None,
        row.text or None,
        row.source or None,
    )


def _participants(campaign):
    groups: dict[str, list[str]] = {kind: [] for kind in ParticipantGroup.Kind.values}
    for group in campaign.participants.all():
        groups[group.kind].append(group.text)
    return _some(schema.Participants, **{kind: tuple(texts) for kind, texts in groups.items()})


def _contents(campaign):
    return tuple(
        schema.Content(
            content.code,
            content.name,
            content.detail or None,
            content.inherits or None,
            tuple(schema.Sector(s.code, s.name, tuple(s.points)) for s in content.sectors.all()),
        )
        for content in Content.objects.filter(campaign=campaign).prefetch_related("sectors")
    )


def _phases(campaign, *, by_agency):
    return tuple(_phase(row) for row in campaign.phases.all() if row.by_agency == by_agency)


def _phase(row):
    return schema.Phase(
        code=row.code,
        name=row.name,
        years=_period(row.from_year, row.to_year),
        opens=rules.first_day(row),
        last_day=rules.last_day(row),
        work=row.work or None,
        review=schema.Review(row.review_kind, row.review_year) if row.review_kind else None,
        note=row.note or None,
        source=row.source or None,
    )


def _awards(campaign, rounds):
    return _some(
        schema.Awards,
        subjects=campaign.award_subjects or None,
        forms=tuple(
            giving_rows.form_of(row) for row in campaign.award_forms.select_related("award_type")
        ),
        rounds=tuple(map(giving_rows.round_of, rounds)),
        quote=campaign.award_quote or None,
        note=campaign.award_note or None,
    )


def _agency(campaign, rounds):
    return _some(
        schema.Agency,
        note=campaign.agency_note or None,
        dossier_prefix=campaign.dossier_prefix or None,
        phases=_phases(campaign, by_agency=True),
        rounds=tuple(
            schema.AgencyRound(
                round=row.code,
                note=row.agency_note or None,
                **{
                    name: value
                    for name, value in giving_rows.bounds_of(row).items()
                    if name in row.by_agency
                },
            )
            for row in rounds
            if row.by_agency or row.agency_note
        ),
    )


def _dossier(campaign):
    return _some(
        schema.Dossier,
        copies=campaign.dossier_copies,
        original=campaign.dossier_original,
        components=tuple(
            schema.Component(c.code, c.name, None if c.required else True)
            for c in campaign.components.all()
        ),
        route=tuple(campaign.dossier_route),
        quote=campaign.dossier_quote or None,
    )


def _period(first, last):
    return None if first is None and last is None else schema.Period(first, last)


def _some(cls: type, **values: Any) -> Any:
    """A group of values, or None where nothing is said."""
    return cls(**values) if _says(values.values()) else None


def _says(values: Iterable[Any]) -> bool:
    return any(value not in (None, ()) for value in values)
