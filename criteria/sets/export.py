"""A set of criteria as it would have been read from a file, and as a file in canonical form.

Applying what was exported and exporting again gives the same bytes.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.yaml import writing
from core.yaml.declaring import words
from criteria.models import CriteriaSet, Criterion
from criteria.rules import wording
from criteria.rules.written import group_of
from criteria.sets.agreement import parents
from criteria.sets.schema import FORMAT, Row, SetFile


def write(said: SetFile) -> bytes:
    """The canonical file of a set, UTF-8."""
    return writing.write(settled(said))


def settled(said: SetFile) -> SetFile:
    """The set with its rows in the order of the sheet, rules in their one wording, and without
    what need not be said."""
    above = parents(said)
    rows = {row.code: row for row in said.criteria}
    inside: dict[str, list[str]] = {}
    for code, group in above.items():
        inside.setdefault(group, []).append(code)

    def level(group: str) -> Iterator[Row]:
        for code in inside.get(group, []):
            yield _settled(rows[code], group, rows)
            yield from level(code)

    return replace(said, format=FORMAT, criteria=tuple(level("")))


def set_of(held: CriteriaSet) -> SetFile:
    """What a set says now."""
    rows = list(held.criteria.select_related("verifier_unit"))
    codes = {row.pk: row.code for row in rows}
    ordered = sorted(rows, key=lambda row: row.place)
    said = SetFile(
        format=FORMAT,
        code=held.code,
        year=held.year,
        title=_clean(SetFile, "title", held.title),
        total=held.stated_total,
        source=_clean(SetFile, "source", held.source),
        note=_clean(SetFile, "note", held.note),
        tie_breaks=tuple(held.tie_breaks),
        criteria=tuple(_row(row, codes.get(row.group_id or 0, "")) for row in ordered),
    )
    return settled(said)


def _row(row: Criterion, group: str) -> Row:
    texts = {
        name: _clean(Row, name, getattr(row, name))
        for name in ("name", "guidance", "evidence", "responsible", "verifier", "data_source")
    }
    return Row(
        code=row.code,
        group=group or None,
        top=not group,
        role=row.role,
        most=row.most,
        kind=row.kind or None,
        rule="\n".join(row.rule),
        verifier_unit=row.verifier_unit.name if row.verifier_unit else None,
        **texts,
    )


def _settled(row: Row, group: str, rows: dict[str, Row]) -> Row:
    told = group_of(row.code, set(rows))
    rule = row.rule
    if rule and row.kind:
        read, _unclear = wording.read_rule(row.kind, row.most or Decimal(0), rule)
        rule = wording.write_rule(read)
    base = group or row.role == Criterion.Role.BASE
    changed: dict[str, Any] = {
        "group": group if group and group != told else None,
        "top": True if not group and told else None,
        "role": None if base else row.role,
        "rule": rule or None,
        "most": None if row.most is None else row.most.normalize() + Decimal(0),
    }
    return replace(row, **changed)


def _clean(cls: type, name: str, text: str) -> Any:
    """A text of the database as a file would say it; None where nothing is said."""
    kind = next(
        attribute.metadata["kind"] for _w, attribute in words(cls) if attribute.name == name
    )
    return kind.read(text) or None
