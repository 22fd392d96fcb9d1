"""Acts on the numbers of the law: load what we know of the law, set a number from a day on."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML

from core.audit import log
from core.province import here
from core.workflow import act
from criteria.models import LegalBasis, Parameter

LAW = Path(__file__).parents[1] / "data" / "law.yaml"


@act
def load_law() -> int:
    """Load the documents and numbers that ship with the portal; what stands there stays.

    Answers how many rows were added. A number that somebody has set is never overwritten,
    and none is added beneath one that is in force already.
    """
    law = _shipped()
    return _load_bases(law["bases"]) + _load_parameters(law["parameters"])


@cache
def _shipped() -> Any:
    return YAML(typ="safe", pure=True).load(LAW.read_text(encoding="utf-8"))


def _load_bases(rows: Iterable[dict[str, Any]]) -> int:
    standing = set(LegalBasis.objects.values_list("number", flat=True))
    new = {row["number"]: row for row in rows if row["number"] not in standing}
    LegalBasis.objects.bulk_create(
        LegalBasis(**{name: value for name, value in row.items() if name != "replaced_by"})
        for row in new.values()
    )
    known = LegalBasis.objects.in_bulk(field_name="number")
    replaced = [known[number] for number, row in new.items() if "replaced_by" in row]
    for basis in replaced:
        basis.replaced_by = known[new[basis.number]["replaced_by"]]
    LegalBasis.objects.bulk_update(replaced, ["replaced_by"])
    return len(new)


def _load_parameters(rows: Iterable[dict[str, Any]]) -> int:
    bases = {basis.number: basis for basis in LegalBasis.objects.all()}
    known = set(Parameter.objects.values_list("key", flat=True))
    new = [
        Parameter(
            key=row["key"],
            value=Decimal(str(row["value"])),
            unit_of_measure=row["unit"],
            meaning=here(row["meaning"]),
            valid_from=row["valid_from"],
            basis=bases[row["basis"]] if "basis" in row else None,
            article=row.get("article", ""),
            confirmed=row["confirmed"],
        )
        for row in rows
        if row["key"] not in known
    ]
    return len(Parameter.objects.bulk_create(new))


@act
def set_value(
    *,
    newest: Parameter,
    value: Decimal,
    valid_from: date,
    basis: LegalBasis | None,
    article: str,
    confirmed: bool,
    unit: Any,
    actor: Any,
) -> Parameter:
    """Let another value hold from a day on; the one before ends the day before.

    The day of `newest` itself corrects it in place: the history keeps what stood there.
    """
    before = _words(newest)
    if valid_from == newest.valid_from:
        row = newest
    else:
        newest.valid_to = valid_from - timedelta(days=1)
        newest.version += 1
        newest.save(update_fields=["valid_to", "version"])
        row = Parameter(
            key=newest.key,
            unit_of_measure=newest.unit_of_measure,
            meaning=newest.meaning,
            valid_from=valid_from,
            version=newest.version,  # a page opened before is older than this row, too
        )
    row.value, row.basis, row.article, row.confirmed = value, basis, article, confirmed
    row.version += 1
    row.save()
    log.record(
        actor=actor,
        verb="parameter.set",
        label=_("Set the number"),
        target=row,
        unit=unit,
        changes={row.key: [before, _words(row)]},
    )
    return row


def _words(row: Parameter) -> str:
    source = ", ".join(filter(None, [row.article, row.basis.number if row.basis else ""]))
    return f"{row.value.normalize():f} {row.unit_of_measure}, {row.valid_from:%d/%m/%Y}; {source}"
