"""What is here already when a reorganisation is loaded: units by their codes, and the province."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.models import CodeSystem, Unit, UnitKind, UnitVersion
from accounts.rules import places
from accounts.services.units import found_unit

THREE, TWO = CodeSystem.THREE, CodeSystem.TWO
LONG_AGO = date(2004, 1, 1)  # the tables do not say since when; earlier is not kept here


@dataclass
class Loaded:
    """What one loading did, in numbers; all noughts when everything was there."""

    opened: int = 0  # units of today that were not there
    remembered: int = 0  # units of before that were not there, entered as closed
    merged: int = 0  # units of before that still stood here and were closed with all that follows
    arrows: int = 0  # who became whom
    closing: list[str] = field(default_factory=list)  # the names of those that were closed
    follows: dict[tuple[str, str], int] = field(default_factory=dict)  # {(what, becomes): rows}
    below: int = 0  # units below those that were closed
    apart: bool = False  # the province is not the one that this portal serves: a tree of its own

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What followed of all closings, a line for each kind of rows."""
        return [
            {"what": what, "becomes": becomes, "number": number}
            for (what, becomes), number in self.follows.items()
        ]

    def add(self, foreseen: Any) -> None:
        """Count what one closing does before it is done."""
        self.closing += [unit.name for unit in foreseen.order.units]
        self.merged += len(foreseen.order.units)
        self.below += len(foreseen.below)
        for line in foreseen.lines:
            key = str(line.what), str(line.becomes)
            self.follows[key] = self.follows.get(key, 0) + line.number

    @property
    def is_nothing(self) -> bool:
        return not (self.opened or self.remembered or self.merged or self.arrows)


@dataclass
class Work:
    """One loading under way. `known` are units by (system of codes, code)."""

    province: places.Province
    day: date
    actor: Any
    known: dict[tuple[str, str], Unit] = field(default_factory=dict)
    done: Loaded = field(default_factory=Loaded)

    def old(self, code: str) -> Unit:
        return self.known[THREE, code]

    def new(self, code: str) -> Unit:
        return self.known[TWO, code]


def know(work: Work) -> None:
    """Units that are here already, by their codes; codes kept without their system get it."""
    province, day = work.province, work.day
    new = [province.code, *(each.code for each in province.communes)]
    old = [code for former in province.before for code in _codes(former)]
    bare = UnitVersion.objects.filter(code_system="").exclude(code="")
    bare.filter(code__in=new, valid_from=day).update(code_system=TWO)
    bare.filter(code__in=old, valid_from__lt=day).update(code_system=THREE)
    rows = UnitVersion.objects.filter(code_system__in=[THREE, TWO], code__in={*new, *old})
    for version in rows.select_related("unit"):
        work.known[version.code_system, version.code] = version.unit


def _codes(former):
    districts = former.districts
    return [former.code, *(d.code for d in districts), *(c.code for c in former.communes)]


def root_of(work: Work) -> Unit:
    """The province of today: as it is here, as one of those before, or founded."""
    province = work.province
    root = work.known.get((TWO, province.code))
    going_on = next((each for each in province.before if each.name == province.name), None)
    if root is None and going_on:
        root = (
            work.known.get((THREE, going_on.code))
            or Unit.objects.filter(depth=1, name=province.name).first()
        )
    if root is None:
        going_in = {each.name for each in province.before}
        work.done.apart = Unit.objects.filter(depth=1).exclude(name__in=going_in).exists()
        root = found_unit(
            name=province.name,
            kind=UnitKind.PROVINCE,
            superior=None,
            since=LONG_AGO if going_on else work.day,
            code=going_on.code if going_on else province.code,
            code_system=THREE if going_on else TWO,
        )
        work.done.opened += 1
    if (TWO, province.code) not in work.known:
        _new_code(work, root, going_on)
    root = Unit.objects.get(pk=root.pk)
    work.known[TWO, province.code] = root
    if going_on:
        work.known[THREE, going_on.code] = root
    return root


def _new_code(work, root, going_on):
    """The province kept its name and took another code: the same number may have been another's."""
    last = root.versions.order_by("-valid_from").first()
    if last.valid_from == work.day:
        last.code_system, last.code = TWO, work.province.code
        last.save(update_fields=["code_system", "code"])
        return
    last.valid_to = work.day - timedelta(days=1)
    last.code_system, last.code = THREE, going_on.code
    last.save(update_fields=["valid_to", "code_system", "code"])
    UnitVersion.objects.create(
        unit=root,
        name=root.name,
        short_name=root.short_name,
        kind=root.kind,
        code=work.province.code,
        code_system=TWO,
        valid_from=work.day,
        legal_basis=work.province.basis,
    )
