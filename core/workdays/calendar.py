"""The holidays we ship: a file with its sources, put into the table."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from core.workdays.models import Holiday

HOLIDAYS = Path(__file__).with_name("holidays.yaml")


@transaction.atomic
def load(path: Path = HOLIDAYS) -> int:
    """Write the file's days over those of the same date; the number of days in the file.

    Days that somebody entered and the file does not know stay as they are.
    """
    days = [Holiday(**row) for row in read(path)]
    Holiday.objects.bulk_create(
        days,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["kind", "name", "source"],
    )
    return len(days)


def read(path: Path = HOLIDAYS) -> list[dict[str, Any]]:
    """Rows of day, kind, name, source. Raises `ValueError` naming the first faulty row."""
    rows = []
    for occasion in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
        for kind in Holiday.Kind.values:
            rows += [
                {
                    "day": day,
                    "kind": kind,
                    "name": occasion["name"],
                    "source": occasion["source"],
                }
                for day in occasion.get(kind, [])
            ]
    _check(rows)
    return rows


def _check(rows):
    seen: set[date] = set()
    for row in rows:
        if type(row["day"]) is not date:
            raise ValueError(f"not a day: {row['day']!r} ({row['name']})")
        if row["day"] in seen:
            raise ValueError(f"twice: {row['day']} ({row['name']})")
        if (row["kind"] == Holiday.Kind.WORKING) != (row["day"].weekday() >= 5):
            raise ValueError(f"days off are weekdays, exchanged days weekends: {row['day']}")
        seen.add(row["day"])
