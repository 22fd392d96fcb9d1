"""The life of a decision, and of the awards in it.

    DECISION: draft → issued, or draft → cancelled      pressed by people
    AWARD:    pending → valid → revoked                 carried along, or by `services.revoke_award`

Those who put awards into a decision (dossiers) must move when it is issued or given up, or when
one of its awards is revoked, in the same transaction, and this app does not know them: they
`follow` the step.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from awards import rules, tasks
from awards.models import Award, Decision
from core.clock import clock
from core.findings import Finding
from core.numbers import counter
from core.workflow import Transition, Workflow

Follower = Callable[..., None]
Asker = Callable[[Decision], Iterable[Finding]]
_followers: dict[str, list[Follower]] = defaultdict(list)
_askers: list[Asker] = []


def follow(step: str) -> Callable[[Follower], Follower]:
    """Have a function called as `f(decision, actor=…)` when a decision takes this step; for
    “revoke” it is the award that takes it.

        @awards_workflow.follow("issue")
        def mark_awarded(decision, *, actor): …

    Called inside the step's transaction, before its line of history is written; what it raises
    stops the step. It must lock all rows it changes before it performs a step on the first, so
    that no two transactions wait for each other.
    """

    def register(follower: Follower) -> Follower:
        _followers[step].append(follower)
        return follower

    return register


def also_ask(asker: Asker) -> Asker:
    """Have a function say what else stands between a draft and its issue, as findings."""
    _askers.append(asker)
    return asker


def missing_to_issue(decision, actor):
    yield from rules.missing_to_issue(decision)
    for asker in _askers:
        yield from asker(decision)


def what_issuing_does(decision) -> Iterator[str]:
    """What nobody can take back once the decision is issued, with its numbers."""
    awards = decision.awards.count()
    yield _("Decision %(number)s of %(day)s is issued, signed by %(signer)s, %(office)s.") % {
        "number": decision.number,
        "day": f"{decision.signed_on:%d/%m/%Y}" if decision.signed_on else "",
        "signer": decision.signer,
        "office": ", ".join(decision.signer_role.splitlines()),
    }
    yield ngettext(
        "%(count)d award takes its number in the golden book and is valid from now on.",
        "%(count)d awards take their numbers in the golden book and are valid from now on.",
        awards,
    ) % {"count": awards}
    yield _("The certificates are made, and the units hear of it.")
    yield _("After that, words change only by a correcting decision, awards end by a revoking one.")


def issue(decision, *, actor):
    """Golden-book numbers and the year of signing for all awards, in the order of the book; then
    those who follow."""
    decision.issued_at = clock.now()
    awards, year = decision.awards.select_related("award_type"), decision.signed_on.year
    AWARD.carry(
        awards.in_book_order(),
        "grant",
        actor=actor,
        given=lambda held: {"year": year, "numbers": golden_numbers(held, year)},
    )
    for follower in _followers["issue"]:
        follower(decision, actor=actor)


def give_up(decision, *, actor):
    """Followers let go of their awards; then the awards, which nobody was given, are removed."""
    for follower in _followers["cancel"]:
        follower(decision, actor=actor)
    decision.awards.filter(state=Award.State.PENDING).delete()


def start_papers(decision, *, actor):
    words = {"by": actor, "about": str(decision), "back_to": decision.get_absolute_url()}
    tasks.render_certificates.start(decision_id=decision.pk, **words)
    tasks.render_decision.start(decision_id=decision.pk, **words)


def golden_numbers(awards, year: int) -> dict[int, tuple[str, int]]:
    """{award id: (series, number)}, without a gap in each series (I3): the draft and its awards, in
    the order of the book, are locked, and one statement takes all numbers of a series."""
    numbers = {}
    for award_type, rows in groupby(awards, key=lambda award: award.award_type):
        series, pks = f"{award_type.code}-{year}", [award.pk for award in rows]
        taken = counter.take_many(series, len(pks))
        numbers |= {pk: (series, number) for pk, number in zip(pks, taken, strict=True)}
    return numbers


def enter_into_the_book(award, *, actor, year: int, numbers: dict[int, tuple[str, int]]):
    award.golden_series, award.golden_number = numbers[award.pk]
    award.year = year


def stamp_revocation(award, *, actor, by: str, on: Any, cause: str):
    award.revoked_by, award.revoked_on, award.revoked_cause = by, on, cause
    for follower in _followers["revoke"]:
        follower(award, actor=actor)


DECISION = Workflow(
    Transition(
        name="issue",
        label=_("Issue the decision"),
        sources=frozenset({Decision.State.DRAFT}),
        target=Decision.State.ISSUED,
        perm=Perm.DECISION_ISSUE,
        blockers=missing_to_issue,
        tells=what_issuing_does,
        effect=issue,
        after=start_papers,
    ),
    Transition(
        name="cancel",
        label=_("Give up the draft"),
        sources=frozenset({Decision.State.DRAFT}),
        target=Decision.State.CANCELLED,
        perm=Perm.DECISION_DRAFT,
        needs_note=True,
        tone="plain",
        effect=give_up,
    ),
)

AWARD = Workflow(
    Transition(
        name="grant",
        label=_("Enter into the golden book"),
        sources=frozenset({Award.State.PENDING}),
        target=Award.State.VALID,
        perm=Perm.DECISION_ISSUE,
        button=False,
        effect=enter_into_the_book,
    ),
    Transition(
        name="revoke",
        label=_("Revoke the award"),
        sources=frozenset({Award.State.VALID}),
        target=Award.State.REVOKED,
        perm=Perm.AWARD_REVOKE,
        button=False,
        effect=stamp_revocation,
    ),
)
