"""What a unit is to do, as a calendar that programs read (RFC 5545): whole days, nothing else."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

from accounts.models import Unit
from campaigns.figures.dues import marked_days

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
    for due in marked_days(unit):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{due.key}@{settings.PORTAL_ADDRESS.partition('://')[2]}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(due.words)}",
            f"URL:{settings.PORTAL_ADDRESS}{due.address}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


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
