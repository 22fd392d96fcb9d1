"""Load the titles and forms of commendation that ship with the portal; what stands there stays."""

from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from ruamel.yaml import YAML

from awards.models import AwardType
from criteria.models import LegalBasis

CATALOGUE = Path(__file__).parents[2] / "data" / "award_types.yaml"
LAW = "06/2022/QH15"


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, **options):
        basis = LegalBasis.objects.filter(number=LAW).first()
        made = sum(load(row, basis) for row in shipped())
        self.stdout.write(f"{made} award types added")


@cache
def shipped() -> list[dict[str, Any]]:
    return YAML(typ="safe", pure=True).load(CATALOGUE.read_text(encoding="utf-8"))


def load(row: dict[str, Any], basis: LegalBasis | None) -> bool:
    """One type with those who may grant it; whether it was new."""
    values = {name: value for name, value in row.items() if name not in {"code", "authorities"}}
    award, made = AwardType.objects.get_or_create(
        code=row["code"], defaults=values | {"basis": basis}
    )
    for authority in row["authorities"]:
        key = {name: authority[name] for name in ("signer_role", "valid_from")}
        award.authorities.get_or_create(**key, defaults=authority)
    return made
