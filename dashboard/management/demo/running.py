"""What units have sent and done so far: reports of plan 207, results and tasks of plan 726."""

import datetime
import random
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from accounts.models import Unit, User
from campaigns.models import Assignment, Campaign, PeriodicReport
from campaigns.services import reports, results
from campaigns.workflow.assignments import ASSIGNMENT
from campaigns.workflow.reports import REPORT
from core.clock import clock
from dashboard.management.demo import writing
from dashboard.management.demo.story import team

PROGRAMME = settings.BASE_DIR / "campaigns/plans/files/hai-duong-726.yaml"
DAY = datetime.timedelta(days=1)
SENT = 40
SAID = {"T04": ("% GRDP", 18), "T05": ("%", 71), "T06": ("%", 64), "T07": ("%", 22)}
MOVES = [
    ("begin", ""),
    ("hold", "Chờ hướng dẫn kỹ thuật của bộ."),
    ("finish", "Đã hoàn thành, có biên bản."),
]


def send_reports(campaign: Campaign, rng: random.Random) -> None:
    """Forty units have sent the report of the year; others still have until 10 December."""
    contents = list(campaign.contents.all())
    rows = PeriodicReport.objects.filter(duty__campaign=campaign, period="2025")
    rows = rows.exclude(unit__name="Phường Cao Lãnh").exclude(receiver=campaign.unit)
    rows = rows.select_related("unit").order_by("pk")
    start = clock.as_instant(datetime.date(2025, 11, 24)) + datetime.timedelta(hours=9)
    for number, report in enumerate(rows[:SENT]):
        writer, head = team(report.unit)
        with clock.standing_at(
            start + (number // 8) * DAY + number * datetime.timedelta(minutes=3)
        ):
            written = reports.save_report(
                report=report,
                actor=writer,
                parts=writing.sections(contents, rng, writing.voice_of(report.unit)),
                figures={},
                summary=writing.general(rng, writing.voice_of(report.unit)),
            )
            REPORT.perform(written, "send", actor=head)


def follow_programme(rng: random.Random, plan: Path = PROGRAMME) -> None:
    """Plan 726 is launched in November; some units and the agency enter figures and move tasks."""
    with clock.standing_at(clock.as_instant(datetime.date(2025, 11, 3))):
        call_command("plan", "apply", str(plan), by="thamdinh", launch=True, verbosity=0)
    programme = Campaign.objects.get(code="hai-duong-726")
    targets = {row.code: row for row in programme.targets.filter(code__in=SAID)}
    agency = User.objects.get(username="thuongtruc")
    places = list(Unit.objects.filter(kind__in=["ward", "commune"]).order_by("pk")[:12])
    with clock.standing_at(clock.as_instant(datetime.date(2025, 11, 28))):
        for unit in [programme.unit, *places]:
            whole = unit == programme.unit
            for month in ("2025-10", "2025-11"):
                said = {
                    targets[code].pk: (base + rng.randint(0, 25), "Sở Khoa học và Công nghệ")
                    for code, (_measure, base) in SAID.items()
                }
                actor = agency if whole else team(unit)[0]
                results.enter(campaign=programme, unit=unit, period=month, said=said, actor=actor)
        for number, row in enumerate(Assignment.objects.order_by("pk")[:12]):
            name, note = MOVES[number % len(MOVES)]
            ASSIGNMENT.perform(row, name, actor=agency, note=note)
