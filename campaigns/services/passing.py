"""How rows of campaigns pass to an heir, or stay apart beside its own."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.services.following import Carry, Closing


def to_heir(closing: Closing) -> Any:
    """New values of a row that goes over with its name."""
    return lambda row: {"unit_id": closing.heir(row).pk, "unit_name": closing.heir(row).name}


def apart(what: str, rows: list[Any]) -> Carry:
    text = _("the successor has its own, so these stay under the old name; it answers for both")
    return Carry(what=what, becomes=text, stay=len(rows))


def left_behind(what: str, rows: list[Any]) -> Carry:
    return Carry(what=what, becomes=_("nobody takes them over"), stay=len(rows), needs_heir=True)


def heirs_of(closing: Closing) -> list[int]:
    return [heir.pk for heir in closing.heirs.values() if heir.pk]


def going(closing, what, becomes, rows, there, key):
    """What passes to the heir, and what stays apart since the heir has the same already.

    `there` are (unit id, key …) of what stands already.
    """
    if not closing.heirs:
        yield left_behind(what, rows)
        return
    go, stay = parted(closing, rows, there, key)
    yield Carry(what=what, becomes=becomes, rows=go, changed=to_heir(closing), told=True)
    yield apart(what, stay)


def parted(closing, rows, there, key):
    taken = [(unit, rest[0] if len(rest) == 1 else tuple(rest)) for unit, *rest in there]
    return closing.parted(rows, taken, key)
