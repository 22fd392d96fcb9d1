"""Handing in a plan file: kept to the byte, so that what was previewed is what is applied."""

from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Unit
from campaigns.models import PlanFile
from campaigns.plans import reading
from campaigns.plans.book import entering
from campaigns.plans.reading import Reading
from core.documents import intake, names, store
from core.yaml import nodes

YAML = "application/yaml"
MOST = {"yaml": nodes.MOST_BYTES, "yml": nodes.MOST_BYTES, "xlsx": entering.MOST_BYTES}


def hand_in(content: bytes, *, name: str, unit: Unit, by: Any) -> PlanFile:
    """Keep a plan file of at most `MOST` bytes, whatever it says. It is not applied yet.

    Raises `intake.Refused` for a workbook that does not pass the gate.
    """
    kind = names.extension(name)
    if len(content) > MOST.get(kind, nodes.MOST_BYTES):
        raise ValueError("the form refuses larger files")
    if kind == "xlsx":
        upload = ContentFile(content, name)
        document = intake.receive(upload, unit=unit, by=by, kinds=("xlsx",), most=MOST[kind])
    else:
        kept = names.clean(name) or "plan.yaml"
        document = store.keep(content, name=kept, media_type=YAML, unit=unit, by=by)
    return PlanFile.objects.create(document=document)


def reading_of(handed: PlanFile) -> Reading:
    """Read the kept bytes again, compared with their sha256. Raises `store.Corrupt`."""
    return read(store.read(handed.document), name=handed.document.name)


def read(content: bytes, *, name: str) -> Reading:
    """Read a plan in the form that its name tells: a workbook, or YAML."""
    if names.extension(name) == "xlsx":
        return entering.read(content, name=name)
    return reading.read(content)
