"""Loading the reorganisation of 1 July 2025 for one province, once or again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Succession, Unit, UnitChange, UnitKind
from accounts.permissions import Perm
from accounts.rules import Order, places
from accounts.services.growing import Leaf, plant
from accounts.services.knowing import LONG_AGO, THREE, TWO, Loaded, Work, know, root_of
from accounts.services.reorganising import foresee, reorganise
from core.audit import log
from core.findings import Finding
from core.text import fold
from core.workflow import Blocked, act

Kind = UnitChange.Kind
KINDS = [
    ("Phường", UnitKind.WARD),
    ("Đặc khu", UnitKind.SPECIAL),
    ("Huyện", UnitKind.DISTRICT),
    ("Quận", UnitKind.DISTRICT),
]


def may_load(user: Any) -> bool:
    """Whether this user manages units from the root of the portal down: all may change."""
    root = Unit.objects.filter(depth=1).first()
    return user.can(Perm.UNIT_MANAGE, root) if root else user.holds(Perm.UNIT_MANAGE)


@act
def load_reorganisation(code: str, *, actor: Any) -> Loaded:
    """Enter what the province of this code (of today) was made of, and what became of it.

    Units of before that are not here are entered as closed ones of the past, in a few
    statements. Those that still stand here are closed by the ordinary act, so their open work
    follows; that needs an `actor`. Loading again does nothing. Raises KeyError for a province
    that is not published, `Blocked` for one who does not manage the units of the whole portal.
    """
    if actor and not may_load(actor):
        text = _("Only who manages all units of the portal can load a reorganisation.")
        raise Blocked([Finding(text)])
    day, provinces = places.published()
    work = Work(provinces[code], day, actor)
    know(work)
    root = root_of(work)
    _open_communes(work, root)
    standing = _remember(work, root)
    _close(work, root, standing)
    _draw_arrows(work, root)
    if actor and not work.done.is_nothing:
        log.record(
            actor=actor,
            verb="unit.load",
            label=_("Load the reorganisation of %(day)s") % {"day": f"{day:%d/%m/%Y}"},
            target=root,
            unit=root,
            changes={"units": ["", str(work.done.opened + work.done.remembered)]},
            note=work.province.basis,
        )
    return work.done


def _open_communes(work, root):
    _know_by_name(work, root)
    missing = [each for each in work.province.communes if (TWO, each.code) not in work.known]
    made = plant(
        Leaf(
            name=each.name,
            kind=kind_called(each.name),
            below=root,
            superior=root,
            code=each.code,
            code_system=TWO,
            since=work.day,
            closed_on=None,
            legal_basis=work.province.communes_basis,
        )
        for each in missing
    )
    work.known |= {(TWO, c.code): unit for c, unit in zip(missing, made, strict=True)}
    work.done.opened += len(made)


def _know_by_name(work, root):
    """Communes opened on the day under another code: releases of the tables differ in some."""
    here = Unit.objects.get_children(root).filter(opened_on=work.day, closed_on=None)
    by_name = {fold(unit.name): unit for unit in here}
    for commune in work.province.communes:
        if (TWO, commune.code) not in work.known and fold(commune.name) in by_name:
            work.known[TWO, commune.code] = by_name[fold(commune.name)]


def kind_called(name: str) -> str:
    """The kind of a place, which is the first word of its name."""
    return next((kind for word, kind in KINDS if name.startswith(word)), UnitKind.COMMUNE)


def _remember(work, root):
    """Units of before: provinces, then districts, then communes; returns those that stand here."""
    formers = work.province.before
    standing = _past(work, [(f.code, f.name, UnitKind.PROVINCE, root, None) for f in formers])
    districts = [
        (d.code, d.name, UnitKind.DISTRICT, _zone(work, d) or root, work.old(former.code))
        for former in formers
        for d in former.districts
    ]
    standing += _past(work, districts)
    communes = [
        (c.code, c.name, kind_called(c.name), _heir(work, c) or root, work.old(district.code))
        for former in formers
        for district in former.districts
        for c in district.communes
    ]
    return standing + _past(work, communes)


def _heir(work, commune):
    """Who took all of it; nobody for one that was divided, which the province keeps."""
    return None if commune.divided else work.new(commune.into[0])


def _zone(work, district):
    """An island district without communes became a special zone of its name."""
    if district.communes:
        return None
    name = f"Đặc khu {district.name.partition(' ')[2]}"
    return next((work.new(c.code) for c in work.province.communes if c.name == name), None)


def _past(work, rows):
    missing = [row for row in rows if (THREE, row[0]) not in work.known]
    standing = [row[0] for row in rows if row not in missing]
    made = plant(
        Leaf(
            name=name,
            kind=kind,
            below=below,
            superior=superior,
            code=code,
            code_system=THREE,
            since=LONG_AGO,
            closed_on=work.day,
        )
        for code, name, kind, below, superior in missing
    )
    work.known |= {(THREE, row[0]): unit for row, unit in zip(missing, made, strict=True)}
    work.done.remembered += len(made)
    return [
        code
        for code in standing
        if work.old(code).closed_on is None and work.old(code) != work.new(work.province.code)
    ]


def _close(work, root, standing):
    """Units of before that still stand: communes first, then districts, then provinces."""
    codes = set(standing)
    whole: dict[str, list[Unit]] = {}
    for former in work.province.before:
        for commune in former.communes:
            if commune.code in codes and not commune.divided:
                whole.setdefault(commune.into[0], []).append(work.old(commune.code))
    for code, units in whole.items():
        _enter(work, Kind.MERGE, units, work.new(code), work.province.communes_basis)
    for former in work.province.before:
        rest = [c.code for c in former.communes if c.divided] + [d.code for d in former.districts]
        for code in rest:
            if code in codes:
                unit = [work.old(code)]
                _enter(work, Kind.DISSOLVE, unit, root, work.province.communes_basis)
        if former.code in codes:
            _enter(work, Kind.MERGE, [work.old(former.code)], root, work.province.basis)


def _enter(work, kind, units, other, document):
    fresh = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[u.pk for u in units])}
    order = Order(
        kind=kind,
        on=work.day,
        document=document,
        units=tuple(fresh.values()),
        other=Unit.objects.get(pk=other.pk),
        people=kind == Kind.MERGE,
    )
    work.done.add(foresee(order))
    reorganise(order=order, actor=work.actor)


def _draw_arrows(work, root):
    """Who became whom, as far as it is not drawn yet: one change for each unit of today."""
    wanted = dict(_arrows(work, root))
    drawn = set(
        Succession.objects.standing()
        .filter(change__effective_on=work.day, predecessor__in={pair[0] for pair in wanted})
        .values_list("predecessor", "successor")
    )
    missing = {pair: extent for pair, extent in wanted.items() if pair not in drawn}
    changes = _changes(work, root, {after for _before, after in missing})
    Succession.objects.bulk_create(
        Succession(change=changes[after], predecessor_id=before, successor_id=after, extent=extent)
        for (before, after), extent in missing.items()
    )
    work.done.arrows += len(missing)


def _arrows(work, root) -> Iterable[tuple[tuple[int, int], str]]:
    whole, part = Succession.Extent.WHOLE, Succession.Extent.PART
    for former in work.province.before:
        if work.old(former.code) != root:
            yield (work.old(former.code).pk, root.pk), whole
        for district in former.districts:
            zone = _zone(work, district)
            if zone:
                yield (work.old(district.code).pk, zone.pk), whole
            for commune in district.communes:
                for code in commune.into:
                    pair = (work.old(commune.code).pk, work.new(code).pk)
                    yield pair, part if commune.divided else whole


def _changes(work, root, units):
    rows = UnitChange.objects.standing().filter(
        kind=Kind.MERGE, effective_on=work.day, unit__in=units, at=None
    )
    found = {change.unit_id: change for change in rows}
    made = UnitChange.objects.bulk_create(
        UnitChange(
            kind=Kind.MERGE,
            effective_on=work.day,
            document=work.province.basis if pk == root.pk else work.province.communes_basis,
            unit_id=pk,
        )
        for pk in sorted(units - found.keys())
    )
    return found | {change.unit_id: change for change in made}


def try_out(code: str, *, actor: Any) -> Loaded:
    """What loading would do now: it is done and rolled back, so nothing is kept."""
    with transaction.atomic():
        done = load_reorganisation(code, actor=actor)
        transaction.set_rollback(True)
    return done
