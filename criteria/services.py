"""Acts on the rule book: load what we know of the law, set a number from a day on."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from criteria.models import LegalBasis, Parameter

LAW = Path(__file__).parent / "data" / "law.yaml"


@transaction.atomic
def load_law() -> int:
    """Load the documents and numbers that ship with the portal; what stands there stays.

    Answers how many rows were added. A number that somebody has set is never overwritten,
    and none is added beneath one that is in force already.
    """
    law = YAML(typ="safe", pure=True).load(LAW.read_text(encoding="utf-8"))
    return _load_bases(law["bases"]) + _load_parameters(law["parameters"])


def _load_bases(rows: Iterable[dict[str, Any]]) -> int:
    added = 0
    replaced = {}
    for row in rows:
        values = {name: value for name, value in row.items() if name != "replaced_by"}
        _basis, made = LegalBasis.objects.get_or_create(
            number=values.pop("number"), defaults=values
        )
        added += made
        if made and "replaced_by" in row:
            replaced[row["number"]] = row["replaced_by"]
    for old, new in replaced.items():
        LegalBasis.objects.filter(number=old).update(replaced_by=LegalBasis.objects.get(number=new))
    return added


def _load_parameters(rows: Iterable[dict[str, Any]]) -> int:
    bases = {basis.number: basis for basis in LegalBasis.objects.all()}
    known = set(Parameter.objects.values_list("key", flat=True))
    new = [
        Parameter(
            key=row["key"],
            value=Decimal(str(row["value"])),
            unit_of_measure=row["unit"],
            meaning=row["meaning"],
            valid_from=row["valid_from"],
            basis=bases[row["basis"]] if "basis" in row else None,
            article=row.get("article", ""),
            confirmed=row["confirmed"],
        )
        for row in rows
        if row["key"] not in known
    ]
    return len(Parameter.objects.bulk_create(new))
