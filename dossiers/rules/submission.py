"""What is missing before a dossier may be sent; the same list on its page, button and step."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from awards.models import NomineeKind, PositionClass
from campaigns import rules as campaign_rules
from campaigns.models import Component
from core.clock import clock
from core.findings import Finding, Weight
from criteria.rules import law
from dossiers.models import Dossier, Nomination, Paper
from dossiers.rules import conditions, contents, duplicates, mending, nominees

LEADERS = {
    PositionClass.PROVINCE_LEADER,
    PositionClass.DEPARTMENT_LEADER,
    PositionClass.MANAGER,
}
# Parameters: ages from which people work, and are officials or leaders.
WORK_FROM, OFFICIAL_FROM = "age_least.work", "age_least.official"
GROWN_UP = 25  # above it no age of the law is asked for
LEADERS_MOST = "leaders_share_most"  # the Parameter: per cent of the individuals of a dossier


def missing_to_submit(dossier: Dossier) -> Iterator[Finding]:
    """Everything that stops the dossier (BLOCK) or deserves another look (WARN).

    Six queries, whatever the dossier holds; three less when a page has read its rows
    (`contents.rows_of`).
    """
    yield from judge(dossier, *contents.rows_of(dossier))


def judge(
    dossier: Dossier,
    nominations: Sequence[Nomination],
    papers: Sequence[Paper],
    components: Sequence[Component],
    past: conditions.Past | None = None,
) -> Iterator[Finding]:
    """The same over rows that a page has read already."""
    yield from round_takes(dossier)
    yield from missing_in_general(dossier)
    if not nominations:
        yield Finding(
            _("Nominate at least one collective or person."),
            href=_href("nominate", dossier.pk, NomineeKind.COLLECTIVE),
            part="nominees",
        )
    for nomination in nominations:
        yield from nominees.missing_of(nomination, dossier)
        yield from nominees.missing_in_report(nomination)
    yield from conditions.missing_in(dossier, nominations, past)
    yield from duplicates.named_twice(nominations)
    yield from duplicates.elsewhere(dossier, nominations)
    yield from missing_papers(dossier, papers, components)
    yield from mending.left_as_it_was(dossier)
    yield from over_quota(dossier, nominations)
    yield from many_leaders(dossier, nominations)
    yield from too_young(dossier, nominations)


def round_takes(dossier: Dossier) -> Iterator[Finding]:
    """R10, R20: the round takes dossiers now; a returned one is bound by its own day only."""
    if dossier.submitted_at is None:
        dossier.round.campaign = dossier.campaign  # the same one, read already
        yield from campaign_rules.missing_to_take(dossier.round, clock.now(), dossier.unit_id)
    elif dossier.mend_by and dossier.mend_by < clock.today():
        text = _("The day by which it was to be mended, %(day)s, is over.")
        yield Finding(text % {"day": f"{dossier.mend_by:%d/%m/%Y}"}, Weight.WARN, rule="R20")


def missing_in_general(dossier: Dossier) -> Iterator[Finding]:
    """The proposal, the sitting of the unit's council (R19), and whom to call."""
    say = partial(Finding, href=_href("general", dossier.pk), part="general")
    if not (dossier.proposal_number and dossier.proposal_on):
        yield say(_("Write the number and day of the proposal."))
    elif dossier.proposal_on > clock.today():
        text = _("Proposal: %(day)s is after today (%(today)s); enter the day it was signed.")
        yield say(text % _days(dossier.proposal_on))
    if not (dossier.council_met_on and dossier.council_total and dossier.council_present):
        text = _("Write when the unit's council met, its members and how many were present.")
        yield say(text, rule="R19")
    else:
        if dossier.council_met_on > clock.today():
            text = _("Council: %(day)s is after today (%(today)s); enter the day on which it met.")
            yield say(text % _days(dossier.council_met_on), rule="R19")
        if dossier.council_present > dossier.council_total:
            text = _("More members of the unit's council are present than there are.")
            yield say(text, rule="R19")
    if not dossier.contact:
        yield say(_("Write whom to call about this dossier."))


def missing_papers(
    dossier: Dossier, papers: Sequence[Paper], components: Sequence[Component]
) -> Iterator[Finding]:
    """R18: every paper that the plan asks for is here."""
    given = {paper.component_id for paper in papers}
    for component in components:
        if component.required and component.pk not in given:
            yield Finding(
                _("No file yet: %(component)s.") % {"component": component.name},
                rule="R18",
                basis=_dossier_basis(dossier.campaign),
                href=_href("papers", dossier.pk, component.pk),
                part=f"paper:{component.code}",
            )


def over_quota(dossier: Dossier, nominations: Sequence[Nomination]) -> Iterator[Finding]:
    """R17: this dossier alone proposes more than the whole round may give."""
    proposed = Counter(nomination.kind for nomination in nominations)
    for quota in dossier.round.quotas.all():
        if proposed[quota.kind] > quota.size:
            text = _("%(count)s proposed (%(kind)s); the round gives at most %(size)s.")
            yield Finding(
                text
                % {
                    "count": proposed[quota.kind],
                    "kind": quota.get_kind_display(),
                    "size": quota.size,
                },
                Weight.WARN,
                rule="R17",
                basis=dossier.round.quote,
                href=f"{dossier.get_absolute_url()}#nominees",
                part="nominees",
            )


def many_leaders(dossier: Dossier, nominations: Sequence[Nomination]) -> Iterator[Finding]:
    """R21: direct workers come first; the share of leaders is looked at, never refused."""
    people = [n for n in nominations if n.kind == NomineeKind.INDIVIDUAL and n.position_class]
    leaders = sum(nomination.position_class in LEADERS for nomination in people)
    if not leaders:
        return
    most = law.in_force(clock.today()).get(LEADERS_MOST)
    share = 100 * leaders / len(people)
    if most and share > most.value:
        text = _("%(leaders)s of %(people)s individuals are leaders, more than %(most)s %%.")
        yield Finding(
            text
            % {
                "leaders": leaders,
                "people": len(people),
                "most": number_format(most.value.normalize(), use_l10n=True),
            },
            Weight.WARN,
            rule="R21",
            basis=most.article,
            href=f"{dossier.get_absolute_url()}#nominees",
            part="nominees",
        )


def too_young(dossier: Dossier, nominations: Sequence[Nomination]) -> Iterator[Finding]:
    """Someone proposed for work before the age at which the law lets people do it.

    Looked at, never refused: a pupil may be nominated as well. The ages are numbers of the law.
    """
    day = localtime(dossier.round.closes_at).date() if dossier.round.closes_at else clock.today()
    for nomination in nominations:
        years = _years(nomination.birth_day, day)
        if years is None or years >= GROWN_UP or not nomination.position_class:
            continue
        key = OFFICIAL_FROM if nomination.position_class in LEADERS else WORK_FROM
        least = law.in_force(clock.today()).get(key)
        if least and years < least.value:
            text = _("%(name)s is %(years)s years old on %(day)s; who works is %(least)s at least.")
            yield Finding(
                text
                % {
                    "name": nomination.titled,
                    "years": years,
                    "day": f"{day:%d/%m/%Y}",
                    "least": int(least.value),
                },
                Weight.WARN,
                basis=least.article,
                href=nomination.get_absolute_url(),
                part=f"nominee:{nomination.pk}",
            )


def _years(born, day):
    """Whole years between a birth day and a day; None when nobody wrote it."""
    return born and day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _dossier_basis(campaign):
    words = {"plan": campaign.number or campaign.title}
    return _("papers of the dossier, plan %(plan)s") % words


def _href(name, *args):
    return reverse(f"dossiers:{name}", args=args)


def _days(day):
    return {"day": f"{day:%d/%m/%Y}", "today": f"{clock.today():%d/%m/%Y}"}
