"""Applying plans, and the page of a year of results: seconds and queries, on PostgreSQL.

    script/bench plan

Applies the five plans that ship and the largest one that the format holds. Last line: one JSON
object; each group of its keys comes from one function.
"""

import dataclasses
import json
import os
import time
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.update(DEMO="off", DEBUG="off", HTTPS="off")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign
from campaigns.plans import apply, export, schema
from campaigns.plans.reading import read
from tests import factories
from tests.bench import beyond
from tests.bench.planning import results

FILES = sorted(Path("campaigns/plans/files").glob("*.yaml"))
MOST = {
    "apply_s": 5,
    "apply_queries_per_1000_rows": 80,
    "results_queries": 15,
    "results_p95_ms": 400,
}


def main():
    call_command("migrate", verbosity=0)
    figures = {"bench": "plan", **applying(), **results.results()}
    faults = list(beyond(figures, MOST))
    print(*faults, json.dumps(figures), sep="\n")
    return 1 if faults else 0


def applying():
    """Seconds from the bytes to the rows, and queries for each 1,000 rows of the largest plan."""
    call_command("load_law", verbosity=0)
    call_command("load_award_types", verbosity=0)
    province = factories.unit("Tỉnh Đồng Tháp", kind="province")
    officer = factories.user("Phạm Quốc Khánh")
    shipped = {path.stem: _apply(path.read_bytes(), province, officer)[0] for path in FILES}
    content = _largest()
    seconds, queries, rows = _apply(content, province, officer)
    again = _apply(content, province, officer)
    return {
        "apply_s": seconds,
        "apply_queries_per_1000_rows": round(1000 * queries / rows, 1),
        "apply_rows": rows,
        "apply_kb": len(content) // 1000,
        "apply_again_s": again[0],
        "apply_again_queries": again[1],
        "apply_shipped_s": max(shipped.values()),
    }


def _apply(content, owner, officer):
    """(seconds, queries, rows of the campaign); roles that name no unit here are passed over."""
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        plan = read(content).plan
        applied = apply.apply(dataclasses.replace(plan, parent=None), actor=officer, owner=owner)
        seconds = time.perf_counter() - begun
    return round(seconds, 2), len(queries), _rows(applied.campaign)


def _rows(campaign):
    """Rows of the plan in the database, those below others too."""
    mine = [
        relation.related_model.objects.filter(**{relation.field.name: campaign})
        for relation in Campaign._meta.related_objects
        if relation.related_model.__module__.startswith("campaigns.models")
    ]
    below = [
        (campaign.contents, "sectors"),
        (campaign.task_groups, "tasks"),
        (campaign.rounds, "quotas"),
    ]
    inner = sum(rows.values_list(name).exclude(**{name: None}).count() for rows, name in below)
    return sum(rows.count() for rows in mine) + inner


def _largest():
    """The file of the largest plan that the reader takes: contents, targets and tasks."""
    base = read(FILES[0].read_bytes()).plan
    taken, size = b"", 40
    while True:
        bigger = dataclasses.replace(
            base,
            code="lon-nhat",
            contents=tuple(_content(n) for n in range(size)),
            targets=tuple(_target(n) for n in range(size * 3)),
            task_groups=tuple(_group(n) for n in range(size // 2)),
        )
        content = export.write(bigger)
        if read(content).plan is None:
            return taken
        taken, size = content, size + 8


def _content(n):
    sectors = tuple(schema.Sector(f"L{n}-{k}", f"Lĩnh vực {k}", ("Một ý",)) for k in range(3))
    return schema.Content(str(n), f"Nội dung thi đua số {n}", None, None, sectors)


def _target(n):
    return schema.Target(f"T{n}", f"Chỉ tiêu số {n}", "at_least", value=Decimal(n), year=2025)


def _group(n):
    tasks = tuple(
        schema.Task(f"{n}.{k}", f"Nhiệm vụ {k}", who="Sở Nội vụ", due="2025-12") for k in range(8)
    )
    return schema.TaskGroup(str(n), f"Nhóm nhiệm vụ {n}", tasks)


if __name__ == "__main__":
    raise SystemExit(main())
