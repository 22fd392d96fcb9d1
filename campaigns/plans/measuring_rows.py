"""Targets and tasks of a plan as values of rows, and rows as parts of a plan."""

from collections.abc import Iterable
from typing import Any

from campaigns.plans import schema
from campaigns.plans.writer import Wanted

TARGET_WORDS = ("text", "gather", "index", "sector", "group", "quote", "note", "source")
TASK_WORDS = ("who", "responsibility", "due", "result", "source")


def target_values(target: schema.Target) -> dict[str, Any]:
    period = target.period or schema.Period()
    return {
        "name": target.name,
        "compare": target.compare,
        "value": target.value,
        "unit_of_measure": target.unit or "",
        "year": target.year,
        "from_year": period.first,
        "to_year": period.last,
        "places": list(target.places),
        **{name: getattr(target, name) or "" for name in TARGET_WORDS},
    }


def group_values(group: schema.TaskGroup) -> dict[str, Any]:
    return {"name": group.name}


def tasks_wanted(groups: Iterable[schema.TaskGroup], rows: dict[str, Any]) -> Wanted:
    return {
        (rows[group.code].pk, task.code): {
            "order": place,
            "name": task.name,
            **{name: getattr(task, name) or "" for name in TASK_WORDS},
        }
        for group in groups
        for place, task in enumerate(group.tasks, start=1)
    }


def target_of(row: Any) -> schema.Target:
    period = schema.Period(row.from_year, row.to_year) if row.from_year else None
    return schema.Target(
        code=row.code,
        name=row.name,
        compare=row.compare,
        value=row.value,
        unit=row.unit_of_measure or None,
        year=row.year,
        period=period,
        places=tuple(row.places),
        **{name: getattr(row, name) or None for name in TARGET_WORDS},
    )


def group_of(row: Any) -> schema.TaskGroup:
    return schema.TaskGroup(row.code, row.name, tuple(map(_task_of, row.tasks.all())))


def _task_of(row):
    said = {name: getattr(row, name) or None for name in TASK_WORDS}
    return schema.Task(row.code, row.name, **said)
