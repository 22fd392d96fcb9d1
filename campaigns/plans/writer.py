"""Makes the rows of one model be those a plan asks for, in six queries at most."""

from typing import Any

from django.utils.translation import gettext as _

from campaigns import rules
from campaigns.models import AwardRound, Campaign, PlanRow, Quota
from core.clock import clock

Key = tuple[Any, ...]
Wanted = dict[Key, dict[str, Any]]  # key of a row: its other values


class Writer:
    """Writes the rows of one campaign.

    What cannot be done is collected in `lost`, what needs a reason in `resting`, as sentences;
    with either of them, the caller rolls back. With a reason, rows on which others rest are
    retired. A `dry` writer only collects.
    """

    def __init__(self, campaign: Campaign, *, reason: str = "", dry: bool = False):
        self.campaign, self.reason, self.dry = campaign, reason, dry
        self.lost: list[str] = []
        self.resting: list[str] = []

    def put(
        self, model: Any, key: tuple[str, ...], wanted: Wanted, *, through: str = "campaign"
    ) -> dict[Any, Any]:
        """Rows of `model` by the last part of their key. `through` leads to the campaign."""
        kept = self._kept(model, key, through)
        mine = {"campaign": self.campaign} if through == "campaign" else {}
        new = [
            model(**mine, **dict(zip(key, place, strict=True)), **values)
            for place, values in wanted.items()
            if place not in kept
        ]
        changed, names = self._set(kept, wanted)
        free, retired = self._free(
            [row for place, row in kept.items() if place not in wanted and not _is_retired(row)]
        )
        if self.dry:
            return {getattr(row, key[-1]): row for row in [*kept.values(), *new]}
        if free:
            model.objects.filter(pk__in=[row.pk for row in free]).delete()
        if retired:
            model.objects.filter(pk__in=[row.pk for row in retired]).update(retired_at=clock.now())
        if changed:
            model._base_manager.bulk_update(changed, sorted(names))
        model.objects.bulk_create(new)
        return {getattr(row, key[-1]): row for row in [*kept.values(), *new]}

    def _kept(self, model, key, through):
        """What is there, retired rows too: a plan that names one again takes it up again."""
        if self.campaign._state.adding:
            return {}
        rows = model._base_manager.filter(**{through: self.campaign})
        if model is Quota:
            rows = rows.filter(round__retired_at=None).select_related("round")
        return {tuple(getattr(row, name) for name in key): row for row in rows}

    def _set(self, kept, wanted):
        changed, names = [], set()
        for place, values in wanted.items():
            row = kept.get(place)
            values = {**values, "retired_at": None} if row and _is_retired(row) else values
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
        if isinstance(row, AwardRound) and "award_type" in other and rules.users_of([row]):
            text = _("%(round)s: dossiers propose its award, so it cannot become another one.")
            self.lost.append(text % {"round": row})
            return False
        return True

    def _free(self, gone):
        """(rows that nothing rests on, rows to retire); what may not go is said."""
        free, retired = [], []
        used = rules.users_of(gone) if gone else {}
        for row in gone:
            if isinstance(row, Quota) and row.used:
                text = _("%(round)s: %(used)s places are taken, so their number has to be said.")
                self.lost.append(text % {"round": row.round, "used": row.used})
            elif row.pk not in used:
                free.append(row)
            elif isinstance(row, PlanRow):
                text = _("“%(row)s” is taken out, and %(count)s entries rest on it.")
                self.resting.append(text % {"row": row, "count": used[row.pk]})
                retired.append(row)
            else:
                text = _("“%(row)s” cannot be taken out: %(count)s entries rest on it.")
                self.lost.append(text % {"row": row, "count": used[row.pk]})
        return free, retired


def _is_retired(row) -> bool:
    return getattr(row, "retired_at", None) is not None
