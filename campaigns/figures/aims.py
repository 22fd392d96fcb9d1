"""Lists of aims as pages show them: who is where, and what each aims at, in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.permissions import GRANTS, Perm
from awards.models import NomineeKind
from campaigns.models import Aim, AimCall, AimList, AimRollUp
from campaigns.rules import aims as rules

State = AimList.State


@dataclass(frozen=True)
class Standing:
    """One unit of a call: its list if there is one, and where that stands."""

    pk: int | None  # of the list
    unit: int
    unit_name: str
    address: str
    state: str
    row: AimList | None
    words: str
    sent_at: Any

    def __str__(self) -> str:
        return self.unit_name

    def get_absolute_url(self) -> str:
        return self.address


def watches(user: Any, call: AimCall) -> bool:
    """Who sees the lists of all units: who takes them in, and leaders above."""
    return user.can(Perm.AIM_COLLECT, call) or user.can(Perm.FIGURES_READ, call)


def standings(call: AimCall) -> list[Standing]:
    """Every unit that takes part, those without a list too: three queries."""
    rows = {row.unit_id: row for row in call.lists.select_related("roll_up")}
    said = in_words(rows.values())
    found = []
    for unit, name in rules.units_of(call):
        row = rows.get(unit.pk)
        if row:
            row.call = call
        found.append(
            Standing(
                pk=row.pk if row else None,
                unit=unit.pk,
                unit_name=name,
                address=(row or AimList(call=call, unit=unit)).get_absolute_url(),
                state=row.state if row else State.DRAFT,
                row=row,
                words=said.get(row.pk, "") if row else "",
                sent_at=row.sent_at if row else None,
            )
        )
    return found


def counts(found: Iterable[Standing]) -> dict[str, int]:
    """How many units are where; `upward` are those of the approved that went on."""
    found = list(found)
    by_state = Counter(str(each.state) for each in found)
    upward = sum(1 for each in found if each.row and each.row.roll_up_id)
    return {state: by_state.get(state, 0) for state in State.values} | {
        "all": len(found),
        "upward": upward,
    }


def in_words(rows: Iterable[AimList]) -> dict[int, str]:
    """{list: “2 Bằng khen (tập thể), 3 Bằng khen (cá nhân)”}: one query."""
    sums = (
        Aim.objects.filter(list__in=[row.pk for row in rows])
        .order_by("list", "award_type__level", "award_type__short_name", "kind")
        .values_list("list", "award_type__short_name", "kind")
        .annotate(total=Sum("number"))
    )
    found: dict[int, list[str]] = {}
    for key, award, kind, total in sums:
        words = _("%(number)s %(award)s (%(kind)s)") % {
            "number": total,
            "award": award,
            "kind": NomineeKind(kind).label.lower(),
        }
        found.setdefault(key, []).append(words)
    return {key: ", ".join(words) for key, words in found.items()}


def own_lists(call: AimCall, user: Any) -> list[tuple[Any, str, AimList | None]]:
    """(unit, name, list or None) of the visitor's own units that take part."""
    mine = {m.unit_id for m in user.current_memberships() if Perm.AIM_WRITE in GRANTS[m.role]}
    if not mine:
        return []
    rows = {row.unit_id: row for row in call.lists.filter(unit__in=mine)}
    return [(u, name, rows.get(u.pk)) for u, name in rules.units_of(call) if u.pk in mine]


def shown_of(sent: AimRollUp, user: Any) -> list[dict[str, Any]]:
    """What of a receipt this person may read: all of it for those who see every list of the
    call and for the unit that sent it, else the lists of units in reach."""
    if watches(user, sent.call) or user.can(Perm.AIM_READ, sent.unit):
        return sent.contents
    rows = AimList.objects.visible_to(user, Perm.AIM_READ, Perm.AIM_COLLECT).filter(roll_up=sent)
    mine = set(rows.values_list("unit_name", "sent_at"))
    return [each for each in sent.contents if _key_of(each) in mine]


def _key_of(each):
    """What went upward stays as it was, its name and its moment of sending too."""
    return each["unit"], datetime.fromisoformat(each["sent_at"])
