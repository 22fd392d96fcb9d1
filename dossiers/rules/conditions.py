"""Whether a nominee meets the conditions that the plan gives as rules, as far as the portal knows.

A condition that is not met warns: the register begins with the portal, and older titles stand
in papers. One that the plan calls `hard` refuses, but only by a number that the portal has.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from awards import rules as award_rules
from awards.models import Award
from campaigns.models import ScoreSheet
from core.findings import Finding, Weight, blocking
from dossiers.models import Dossier, Nomination

Past = dict[int, award_rules.PastAwards]
BY_THE_REGISTER = ("titles", "consecutive_years")
BY_THE_SHEET = "score"


def missing_in(
    dossier: Dossier, nominations: Sequence[Nomination], past: Past | None = None
) -> Iterator[Finding]:
    """One finding for each condition that is not met or that people have to look at.

    `past` is what the nominees hold, where the page has asked already; it is asked for all
    of them at once, and only if the plan has such a condition.
    """
    if not dossier.round.conditions:
        return
    if past is None and any(c["measure"] in BY_THE_REGISTER for c in dossier.round.conditions):
        past = past_awards_of(nominations)
    for nomination in nominations:
        for said in conditions_for(nomination, dossier):
            found = _reckoned(said, nomination, dossier, (past or {}).get(nomination.pk))
            if found is None or found < Decimal(said["at_least"]):
                yield _finding(said, nomination, dossier, found)


def refused_by(dossier: Dossier, nominations: Sequence[Nomination]) -> list[Finding]:
    """The binding conditions that these nominees do not meet."""
    if not any(said.get("hard") for said in dossier.round.conditions):
        return []
    return blocking(missing_in(dossier, nominations))


def past_awards_of(nominations: Iterable[Nomination]) -> Past:
    """What each nominee holds already, {id of the nomination: awards}; one query for awards."""
    rows = list(nominations)
    holders = {row.pk: row.person or row.collective for row in rows}
    held = award_rules.past_awards_of(
        {row.person for row in rows if row.person},
        {row.collective for row in rows if row.collective and not row.person},
    )
    nothing = award_rules.PastAwards([], [])
    return {pk: held[holder] if holder else nothing for pk, holder in holders.items()}


def _finding(said, nomination, dossier, found):
    text = _("%(name)s: the plan asks for “%(words)s”; the portal cannot reckon this.")
    words = {"name": nomination.titled, "words": said["text"]}
    binding = bool(said.get("hard")) and found is not None
    if found is not None:
        text = _("%(name)s: the plan asks for “%(words)s”; the portal finds %(found)s.")
        words["found"] = number_format(found)
    if binding:
        text = _("%(name)s: the plan demands “%(words)s”; the portal finds %(found)s.")
    plan = {"plan": dossier.campaign.number or dossier.campaign.title}
    return Finding(
        text % words,
        Weight.BLOCK if binding else Weight.WARN,
        rule="plan",
        basis=_("conditions of the award, plan %(plan)s") % plan,
        href=nomination.get_absolute_url(),
        part=f"nominee:{nomination.pk}",
    )


def conditions_for(nomination: Nomination, dossier: Dossier) -> list[dict[str, Any]]:
    """Rules of the round for this nominee's award and kind."""
    code = nomination.award_type.code
    return [
        said
        for said in dossier.round.conditions
        if said.get("given") in (None, code) and said.get("for") in (None, nomination.kind)
    ]


def _reckoned(said, nomination, dossier, past):
    """The number to compare, or None where the portal has none."""
    last = dossier.round.achieved_to
    if said["measure"] == BY_THE_SHEET:
        unit = nomination.collective or dossier.unit
        sheet = ScoreSheet.objects.filter(unit=unit, block__year=last).first()
        return sheet and sheet.appraised_points
    if said["measure"] not in BY_THE_REGISTER or not (nomination.person or nomination.collective):
        return None
    years = [
        award.achievement_year
        for award in past.own
        if award.state == Award.State.VALID
        and award.achievement_year <= last
        and said.get("award") in (None, award.award_type.code)
    ]
    return len(years) if said["measure"] == "titles" else longest_run(set(years))


def longest_run(years: set[int]) -> int:
    """The most years without a gap."""
    best = run = 0
    for year in sorted(years):
        run = run + 1 if year - 1 in years else 1
        best = max(best, run)
    return best
