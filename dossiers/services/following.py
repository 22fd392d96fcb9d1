"""What follows for dossiers when units close (domain D8, D11, D12)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.services.following import Carry, Closing, register
from core.text import fold
from dossiers.models import Dossier, Nomination

DONE = [Dossier.State.AWARDED, Dossier.State.NOT_APPROVED, Dossier.State.WITHDRAWN]


@register
def dossiers_of(closing: Closing) -> Iterator[Carry]:
    """Open ones pass on with their days; one that was sent keeps the name on what was sent."""
    mine = Dossier.objects.filter(unit__in=closing.ids)
    rows = closing.rows(mine.exclude(state__in=DONE).order_by("pk"))
    if rows and not closing.heirs:
        yield Carry(
            what=_("Open dossiers"),
            becomes=_("nobody takes them over"),
            stay=len(rows),
            needs_heir=True,
        )
    else:
        yield Carry(
            what=_("Open dossiers"),
            becomes=_("pass to the successor; days and numbers stay"),
            rows=rows,
            changed=lambda row: _values(row, closing.heir(row)),
            told=True,
        )
    yield Carry(
        what=_("Dossiers that are done"),
        becomes=_("keep the old name; the successor's people may read them"),
        stay=mine.filter(state__in=DONE).count(),
    )
    named = Nomination.objects.filter(collective__in=closing.ids, dossier__in=rows)
    yield Carry(
        what=_("Nominations of the unit itself"),
        becomes=_("cannot be awarded once it is dissolved (R16): look at each"),
        stay=named.count(),
    )


def _values(dossier, heir):
    values = {
        "unit_id": heir.pk,
        "search_text": f"{dossier.search_text} {fold(heir.name)}",
    }
    if dossier.is_before_sending:
        values["unit_name"] = heir.name
    return values
