"""What a unit is to do, as a calendar that programs read (RFC 5545): whole days, nothing else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse

from accounts.models import Unit
from campaigns.models import Assignment, AwardRound, Campaign, PeriodicReport
from campaigns.rules import last_day

SALT = "campaigns.calendar"
LONGEST = 75  # octets of one line


def token_of(unit: Unit) -> str:
    """Opens this unit's calendar and nothing else; it holds no name and cannot be guessed."""
    return signing.Signer(salt=SALT).sign(str(unit.pk))


def unit_of(token: str) -> Unit | None:
    """The unit of a token; None if it is forged."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Unit.objects.filter(pk=key).first()


def calendar_of(unit: Unit, moment: datetime) -> str:
    """Reports, tasks and award rounds with a last day, of campaigns that run."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Thi dua khen thuong//VI"]
    lines += [f"X-WR-CALNAME:{_escaped(unit.name)}"]
    stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for key, day, words, address in _days(unit):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@{settings.PORTAL_ADDRESS.partition('://')[2]}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(words)}",
            f"URL:{settings.PORTAL_ADDRESS}{address}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _days(unit: Unit) -> list[tuple[str, date, str, str]]:
    running = Q(state=Campaign.State.OPEN)
    owed = PeriodicReport.objects.filter(unit=unit, due_at__isnull=False)
    owed = owed.filter(duty__campaign__state="open").select_related("duty__campaign")
    found: list[tuple[str, Any, str, str]] = [
        (
            f"report-{row.pk}",
            row.last_day,
            f"Hạn gửi báo cáo {row.period_words}: {row.duty.campaign}",
            row.get_absolute_url(),
        )
        for row in owed
    ]
    tasks = Assignment.objects.filter(unit=unit, due_on__isnull=False).exclude(state="done")
    for row in tasks.select_related("task"):
        found.append((f"task-{row.pk}", row.due_on, f"Hạn nhiệm vụ {row}", row.get_absolute_url()))
    mine = Campaign.objects.filter(running, participations__unit=unit)
    rounds = AwardRound.objects.filter(campaign__in=mine, closes_at__isnull=False)
    for each in rounds.select_related("campaign"):
        address = reverse("campaigns:campaign", args=[each.campaign_id])
        found.append((f"round-{each.pk}", last_day(each), f"Hạn hồ sơ: {each}", address))
    return found


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of 75 octets at most; the next one begins with a blank. Letters stay whole."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
