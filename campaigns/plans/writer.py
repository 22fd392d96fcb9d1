"""Makes the rows of one model be those a plan asks for, in five queries at most."""

from typing import Any

from django.utils.translation import gettext as _

from campaigns import rules
from campaigns.models import AwardRound, Campaign, Quota

Key = tuple[Any, ...]
Wanted = dict[Key, dict[str, Any]]  # key of a row: its other values


class Writer:
    """Writes the rows of one campaign. What would leave something without what it hangs on
    is not written but collected in `lost`, as sentences; the caller then rolls back."""

    def __init__(self, campaign: Campaign):
        self.campaign = campaign
        self.lost: list[str] = []

    def put(
        self, model: Any, key: tuple[str, ...], wanted: Wanted, *, through: str = "campaign"
    ) -> dict[Any, Any]:
        """Rows of `model` by the last part of their key. `through` leads to the campaign."""
        kept = {
            tuple(getattr(row, name) for name in key): row
            for row in model.objects.filter(**{through: self.campaign})
        }
        mine = {"campaign": self.campaign} if through == "campaign" else {}
        new = [
            model(**mine, **dict(zip(key, place, strict=True)), **values)
            for place, values in wanted.items()
            if place not in kept
        ]
        changed, names = self._set(kept, wanted)
        gone = self._free([row for place, row in kept.items() if place not in wanted])
        if gone:
            model.objects.filter(pk__in=[row.pk for row in gone]).delete()
        if changed:
            model.objects.bulk_update(changed, sorted(names))
        model.objects.bulk_create(new)
        return {getattr(row, key[-1]): row for row in [*kept.values(), *new]}

    def _set(self, kept, wanted):
        changed, names = [], set()
        for place, values in wanted.items():
            row = kept.get(place)
            other = {n: v for n, v in values.items() if row and getattr(row, n) != v}
            if other and self._may_change(row, other):
                for name, value in other.items():
                    setattr(row, name, value)
                changed.append(row)
                names |= other.keys()
        return changed, names

    def _may_change(self, row, other) -> bool:
        if isinstance(row, Quota) and other.get("size", row.used) < row.used:
            text = _("%(round)s: %(used)s places are taken, so there cannot be %(size)s.")
            said = {"round": row.round, "used": row.used, "size": other["size"]}
            self.lost.append(text % said)
            return False
        if isinstance(row, AwardRound) and "award_type" in other and _users_of([row]):
            text = _("%(round)s: dossiers propose its award, so it cannot become another one.")
            self.lost.append(text % {"round": row})
            return False
        return True

    def _free(self, gone):
        """Those rows that nothing rests on; the others are lost."""
        used = _users_of(gone) if gone else {}
        for row in gone:
            if row.pk in used:
                text = _("“%(row)s” cannot be taken out: %(count)s entries rest on it.")
                self.lost.append(text % {"row": row, "count": used[row.pk]})
        return [row for row in gone if row.pk not in used]


def _users_of(rows) -> dict[Any, int]:
    """How much rests on each of these rows; a place that is taken rests on its quota."""
    taken = {row.pk: row.used for row in rows if isinstance(row, Quota) and row.used}
    return rules.users_of(rows) | taken
