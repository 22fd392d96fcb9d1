"""Which nominees the council passed go into a decision: their order, and who does not fit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from awards.models import NomineeKind, PositionClass
from campaigns.models import AwardRound, Quota
from campaigns.rules import Share
from core.findings import Finding, Weight
from dossiers.models import Dossier, Nomination

Result = Nomination.Result
DECIDABLE = (Dossier.State.PASSED, Dossier.State.PROPOSED)


def passed_in(award_round: AwardRound) -> list[Nomination]:
    """Nominees of a round to whom the council agreed and who wait for a decision, in order."""
    rows = (
        Nomination.objects.filter(round=award_round, result=Result.PASSED)
        .select_related("dossier__unit", "award_type", "council_result", "person", "collective")
        .filter(dossier__state__in=DECIDABLE)
    )
    return in_order(rows)


def in_order(nominations: Iterable[Nomination]) -> list[Nomination]:
    """By kind, then by votes; at equal votes direct workers and women first (Điều 5).

    What is still equal then stands in the order of sending: a tie that people decide.
    """
    return sorted(nominations, key=lambda n: (_kind(n), *rank(n), n.dossier.submitted_at, n.pk))


def rank(nomination: Nomination) -> tuple:
    """Smaller goes first; equal ranks are a tie."""
    votes = getattr(nomination, "council_result", None)
    return (
        -(votes.share if votes else 0),
        nomination.position_class != PositionClass.DIRECT,
        nomination.sex != "female",
    )


def ties(nominations: Sequence[Nomination], quotas: Iterable[Quota | Share]) -> set[int]:
    """Ids of nominees with equal votes of whom some fit the quota and some do not.

    The votes do not decide between them; people do.
    """
    fit = {nomination.pk for nomination in fitting(nominations, quotas)}
    groups: dict[tuple, set[int]] = {}
    for nomination in nominations:
        groups.setdefault((nomination.kind, rank(nomination)[0]), set()).add(nomination.pk)
    return {pk for group in groups.values() if group & fit and group - fit for pk in group}


def over_quota(
    nominations: Iterable[Nomination], quotas: Iterable[Quota | Share]
) -> Iterator[Finding]:
    """R17: more chosen than there are places left; the database has the last word."""
    rows = list(nominations)
    chosen = Counter((n.award_type_id, n.kind) for n in rows)
    for quota in quotas:
        of = quota.award_type_id, quota.kind
        number = chosen[of]
        if number > quota.left:
            yield Finding(
                _("%(kind)s: %(number)d chosen, %(left)d places left of %(size)d.")
                % {
                    "kind": quota.get_kind_display(),
                    "number": number,
                    "left": quota.left,
                    "size": quota.size,
                },
                rule="R17",
                part=quota.kind,
                href=next(
                    (f"#nominee-{n.pk}" for n in rows if (n.award_type_id, n.kind) == of), ""
                ),
            )


def without_quota(
    nominations: Iterable[Nomination], quotas: Iterable[Quota | Share]
) -> Iterator[Finding]:
    """Kinds for which the plan sets no limit: said, so that nobody thinks it was checked."""
    limited = {(quota.award_type_id, quota.kind) for quota in quotas}
    kinds = {n.kind for n in nominations if (n.award_type_id, n.kind) not in limited}
    for kind in sorted(kinds):
        text = _("%(kind)s: the plan sets no limit.")
        yield Finding(text % {"kind": NomineeKind(kind).label}, Weight.WARN, part=kind)


def fitting(nominations: Sequence[Nomination], quotas: Iterable[Quota | Share]) -> list[Nomination]:
    """Those who fit, from the top of the order: a first choice, for people to change."""
    left = {(quota.award_type_id, quota.kind): quota.left for quota in quotas}
    found: list[Nomination] = []
    for nomination in nominations:
        key = (nomination.award_type_id, nomination.kind)
        if left.get(key, 1) > 0:  # no limit: always fits
            found.append(nomination)
            if key in left:
                left[key] -= 1
    return found


def usual_words(award_round: AwardRound) -> dict[str, str]:
    """Subject, achievement and place as decisions of this kind say them (Vietnamese, on paper)."""
    campaign = award_round.campaign
    years = award_round.printed_period or (
        f"giai đoạn {award_round.achieved_from} - {award_round.achieved_to}"
    )
    merit = f"có thành tích xuất sắc trong phong trào thi đua “{campaign.name}”, {years}"
    return {
        "subject": f"Về việc tặng {award_round.award_type.name} cho các tập thể, cá nhân {merit}",
        "reason": f"Đã {merit}",
        "place": campaign.place,
    }


def _kind(nomination):
    return list(NomineeKind).index(NomineeKind(nomination.kind))
