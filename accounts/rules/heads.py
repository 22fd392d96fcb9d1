"""Who issues a paper, as its head, its symbol and its signature say it (Nghị định 30/2020/NĐ-CP,
Phụ lục I: boxes 2, 3, 4 and 7a)."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from accounts.models import Unit, UnitKind

IN_FULL = Path(__file__).parents[1] / "data" / "named_in_full.yaml"
COMMUNES = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL, UnitKind.DISTRICT)
UNDER_PROVINCE = (UnitKind.DEPARTMENT, UnitKind.SERVICE)
FOR_COMMITTEE = "TM. ỦY BAN NHÂN DÂN"
PREFIXES = ("Xã ", "Phường ", "Đặc khu ", "Thị trấn ", "Tỉnh ", "Thành phố ")
BY_ORDER = ("TM.", "TL.", "TUQ.")  # who signs under these needs no other right to sign


def is_committee(unit: Unit) -> bool:
    """Whether a People's Committee writes for this unit: it has nobody above it on paper."""
    return unit.kind == UnitKind.PROVINCE or unit.kind in COMMUNES


def issuing(unit: Unit, name: str, province: str) -> dict[str, str]:
    """The head of a body's paper; `name` is what it is called there. Keys: superior, issuer."""
    if is_committee(unit):
        return {"superior": "", "issuer": f"ỦY BAN NHÂN DÂN\n{name.upper()}"}
    superior = f"ỦY BAN NHÂN DÂN\n{province.upper()}" if unit.kind in UNDER_PROVINCE else ""
    return {"superior": superior, "issuer": name.upper()}


def issuer(unit: Unit, name: str) -> str:
    """The body inside a sentence: “Ủy ban nhân dân phường Mỹ Tho”, “Sở Nội vụ”."""
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}" if is_committee(unit) else name


def place(unit: Unit, name: str, province: str) -> str:
    """Where a body's paper is dated (box 4): a commune or ward names itself, any other body the
    province (its name, or the place that its plans give). “Cao Lãnh” of “Phường Cao Lãnh”,
    “Huế” of “Thành phố Huế”; a name with a number, or one after a person, stands in full."""
    seat = name if unit.kind in COMMUNES else province
    if seat in named_in_full() or any(letter.isdigit() for letter in seat):
        return seat
    return next((seat.removeprefix(kind) for kind in PREFIXES if seat.startswith(kind)), seat)


@cache
def named_in_full() -> frozenset[str]:
    """Whole names of the units that we know to be named after a person or an event."""
    rows = YAML(typ="safe", pure=True).load(IN_FULL.read_text(encoding="utf-8"))
    return frozenset(row["name"] for row in rows)


def symbol(kind: str, unit: Unit) -> str:
    """What stands behind the number: “BC-UBND”, “BC-SNV”. Without a short name that fits, the
    first letters of the name's words."""
    if is_committee(unit):
        return f"{kind}-UBND"
    initials = "".join(word[0] for word in unit.name.split() if word not in ("và", "-"))
    short = unit.short_name if unit.short_name.isupper() else initials.upper()
    return f"{kind}-{short.replace(' ', '')}"


def roles(unit: Unit, said: list[str]) -> list[str]:
    """The lines above the signature; a committee's paper is signed on behalf of all its members."""
    if is_committee(unit) and not (said and said[0].startswith(BY_ORDER)):
        return [FOR_COMMITTEE, *said]
    return said
