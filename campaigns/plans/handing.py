"""Handing in a plan file: kept to the byte, so that what was previewed is what is applied."""

from typing import Any

from accounts.models import Unit
from campaigns.models import PlanFile
from campaigns.plans.reading import Reading, read
from core.documents import names, store
from core.yaml.nodes import MOST_BYTES

YAML = "application/yaml"


def hand_in(content: bytes, *, name: str, unit: Unit, by: Any) -> PlanFile:
    """Keep a plan file of at most `MOST_BYTES`, whatever it says. It is not applied yet."""
    if len(content) > MOST_BYTES:
        raise ValueError("the form refuses larger files")
    kept = names.clean(name) or "plan.yaml"
    document = store.keep(content, name=kept, media_type=YAML, unit=unit, by=by)
    return PlanFile.objects.create(document=document)


def reading_of(handed: PlanFile) -> Reading:
    """Read the kept bytes again, compared with their sha256. Raises `store.Corrupt`."""
    return read(store.read(handed.document))
