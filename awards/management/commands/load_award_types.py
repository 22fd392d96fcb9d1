"""Load the titles and forms of commendation that ship with the portal; what stands there stays."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from ruamel.yaml import YAML

from awards.models import Authority, AwardType
from core.province import here
from criteria.models import LegalBasis

CATALOGUE = Path(__file__).parents[2] / "data" / "award_types.yaml"
LAW = "06/2022/QH15"


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, **options):
        basis = LegalBasis.objects.filter(number=LAW).first()
        standing = set(AwardType.objects.values_list("code", flat=True))
        new = [row for row in shipped() if row["code"] not in standing]
        AwardType.objects.bulk_create(AwardType(**values(row), basis=basis) for row in new)
        known = AwardType.objects.in_bulk(field_name="code")
        Authority.objects.bulk_create(authorities(known), ignore_conflicts=True)
        self.stdout.write(f"{len(new)} award types added")


@cache
def shipped() -> list[dict[str, Any]]:
    return YAML(typ="safe", pure=True).load(CATALOGUE.read_text(encoding="utf-8"))


def values(row: dict[str, Any]) -> dict[str, Any]:
    named = {name: here(row[name]) for name in ("name", "short_name")}
    return {name: value for name, value in row.items() if name != "authorities"} | named


def authorities(by_code: dict[str, AwardType]) -> Iterator[Authority]:
    """Those who may grant each type, which is named by its code."""
    for row in shipped():
        for authority in row["authorities"]:
            yield Authority(award_type=by_code[row["code"]], **authority)
