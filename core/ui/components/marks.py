"""Small marks in a line: icons, states, clocks, days, movements."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from core.clock import clock
from core.province import here
from core.workdays import count

register = template.Library()

TONES = ("ok", "warn", "err", "info", "gold", "idle")
TONE_ICONS = {
    "ok": "check-circle-fill",
    "warn": "exclamation-triangle-fill",
    "err": "x-octagon-fill",
    "info": "info-circle-fill",
    "gold": "award",
    "idle": "circle",
}
SOON = 3  # working days before a deadline; where nobody above the core says another number
_soon_sources: list[Callable[[], int]] = []
MESSAGE_TONES = {
    "success": "ok",
    "warning": "warn",
    "error": "err",
    "info": "info",
    "debug": "idle",
}


def check_tone(tone: str) -> str:
    """The tone itself; ValueError with the known ones if there is no such tone."""
    if tone not in TONES:
        raise ValueError(f"Unknown tone {tone!r}; there are {', '.join(TONES)}")
    return tone


def soon_from(source: Callable[[], int]) -> None:
    """Ask `source` from how many working days on a deadline is near: the province sets the
    number, in a package that the core does not know."""
    _soon_sources[:] = [source]


def soon_days() -> int:
    return _soon_sources[0]() if _soon_sources else SOON


@register.simple_tag
def icon(name: str, *, label: str = "", tone: str = "") -> SafeString:
    """An icon of Bootstrap Icons by its name; with `label` it speaks, else it is decoration."""
    colour = f" t-{check_tone(tone)}" if tone else ""
    if label:
        return format_html(
            '<i class="bi bi-{}{}" role="img" aria-label="{}"></i>', name, colour, label
        )
    return format_html('<i class="bi bi-{}{}" aria-hidden="true"></i>', name, colour)


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The icon that stands for a tone, in that tone."""
    return icon(TONE_ICONS[check_tone(tone)], tone=tone)


@register.simple_tag
def status(label: Any, *, tone: str = "idle", icon: str = "") -> SafeString:
    """A state in words, with icon and colour: `{% status _("Complete") tone="ok" %}`."""
    name = icon or TONE_ICONS[check_tone(tone)].removesuffix("-fill")
    return format_html(
        '<span class="status is-{}"><i class="bi bi-{}" aria-hidden="true"></i> {}</span>',
        check_tone(tone),
        name,
        label,
    )


@register.simple_tag
def state(*, of: Any, tones: dict | None = None) -> SafeString:
    """The state of a row. Its model says `TONES = {State.DRAFT: ("idle", "pencil"), …}`."""
    known = tones if tones is not None else getattr(of, "TONES", {})
    tone, name = known.get(of.state, ("idle", "circle"))
    return status(state_words(of), tone=tone, icon=name)


def state_words(of: Any) -> Any:
    """The state in words. `get_state_display` translates the words of all states each time."""
    states = getattr(of, "State", None)
    return states(of.state).label if states and of.state in states else of.get_state_display()


@register.simple_tag
def clock_left(
    *,
    due: date | None,
    left: int | None = None,
    soon: int | None = None,
    paused: bool = False,
    short: bool = False,
) -> SafeString:
    """A deadline: the day and the working days left, counted from today unless given.

    It turns yellow `soon` working days before, `soon_days()` unless given.
    `paused` is for a clock that stands still while somebody else holds the row; `short`
    puts the day under the count, for a cell of a table whose head says working days.
    """
    if due is None and not paused:
        return SafeString("")
    if left is None:
        left = count.left(clock.today(), due) if due else 0
    tone, name = _urgency(left, soon, paused)
    mark = format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)
    if due is None:
        return format_html('<span class="clock {}">{} {}</span>', tone, mark, _capital(_("paused")))
    day = f"{due:%d/%m/%Y}"
    if short:
        line = '<span class="clock {}">{} {}</span><small>{}</small>'
        return format_html(line, tone, mark, _("Paused") if paused else _short(left), day)
    words = _("paused") if paused else days_left(left)
    line = '<span class="clock {}">{} {} <b>{}</b>, {}</span>'
    return format_html(line, tone, mark, pgettext("deadline", "Due"), day, words)


def _urgency(left: int, soon: int | None, paused: bool) -> tuple[str, str]:
    if paused:
        return "paused", "pause-circle"
    if left < 0:
        return "late", "exclamation-octagon-fill"
    if soon is None:
        soon = soon_days()
    return ("soon" if left <= soon else ""), "clock"


def days_left(left: int) -> str:
    """Working days left, in words: “3 working days left”, “due today”, “1 working day late”."""
    if left == 0:
        return _("due today")
    if left < 0:
        return ngettext("%d working day late", "%d working days late", -left) % -left
    return ngettext("%d working day left", "%d working days left", left) % left


def _short(left: int) -> str:
    """The same for a cell of a table, whose head says that working days are meant."""
    if left == 0:
        return _("Due today")
    if left < 0:
        return ngettext("%d day late", "%d days late", -left) % -left
    return ngettext("%d day left", "%d days left", left) % left


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@register.simple_tag
def move(by: int) -> SafeString:
    """A change of rank against last time: up, down or kept, in words beside the arrow."""
    if by == 0:
        tone, arrow, words = "muted", "dash", _("same rank")
    elif by > 0:
        tone, arrow = "t-ok", "arrow-up"
        words = npgettext("rank", "up %d", "up %d", by) % by
    else:
        tone, arrow = "t-warn", "arrow-down"
        words = npgettext("rank", "down %d", "down %d", -by) % -by
    line = '<span class="move {}"><i class="bi bi-{}" aria-hidden="true"></i> {}</span>'
    return format_html(line, tone, arrow, words)


@register.simple_tag
def saved(*, at: datetime | None = None) -> SafeString:
    """Where autosave says what it did; `at` is the last time the server kept the text."""
    words = _("Saved at %s") % f"{timezone.localtime(at):%H:%M}" if at else ""
    line = '<span class="saved" role="status" data-saved>{}<span data-saved-text>{}</span></span>'
    return format_html(line, icon("cloud-check") if at else "", words)


# --- filters ------------------------------------------------------------------------------


@register.filter
def day_words(day: date) -> str:
    """A day with its weekday, as inside a sentence: “thứ Hai, 01/12/2025”."""
    names = (
        pgettext("weekday inside a sentence", "Monday"),
        pgettext("weekday inside a sentence", "Tuesday"),
        pgettext("weekday inside a sentence", "Wednesday"),
        pgettext("weekday inside a sentence", "Thursday"),
        pgettext("weekday inside a sentence", "Friday"),
        pgettext("weekday inside a sentence", "Saturday"),
        pgettext("weekday inside a sentence", "Sunday"),
    )
    return f"{names[day.weekday()]}, {day:%d/%m/%Y}"


@register.filter
def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, or nothing."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%d/%m/%Y}" if value else ""


@register.filter
def points(value: Decimal | None) -> str:
    """Points without zeros at their end, as the visitor's language writes them; or nothing."""
    if value is None:
        return ""
    plain = f"{value.normalize():f}"
    places = len(plain.partition(".")[2])
    return formats.number_format(plain, places, use_l10n=True, force_grouping=True)


@register.filter
def last_day(end: datetime | None) -> str:
    """The last day of a stretch with an open end, dd/mm/yyyy: 10/12 for 00:00 on 11/12."""
    return f"{clock.last_day_before(end):%d/%m/%Y}" if end else ""


@register.filter
def moment(value: datetime | None) -> str:
    """“15:20, 01/12/2025” on the clock of the province, or nothing."""
    return f"{timezone.localtime(value):%H:%M, %d/%m/%Y}" if value else ""


@register.filter
def initials(name: str) -> str:
    """Two letters for a name: the first of the middle and of the given name."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


@register.filter
def owner_mark(pk: Any) -> str:
    """A short mark for texts kept in the browser, so that nobody else is offered them."""
    return hashlib.sha256(f"portal:{pk}".encode()).hexdigest()[:16]


@register.filter
def message_tone(level: str) -> str:
    """The tone of a message of Django's by its level tag."""
    return MESSAGE_TONES.get(level, "info")


@register.filter
def size(octets: int) -> str:
    """A number of bytes for people: “1,8 MB”."""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))} kB"
    return f"{formats.number_format(octets / 1024 / 1024, 1)} MB"


@register.filter
def province_inside(name: str) -> str:
    """The province as inside a sentence: “Tỉnh Đồng Tháp” → “tỉnh Đồng Tháp”, “Đồng Tháp province”."""
    if get_language() == "en":
        for word, english in {"Tỉnh": "province", "Thành phố": "city"}.items():
            if name.startswith(f"{word} "):
                return f"{name.removeprefix(word).strip()} {english}"
    return lower_first(name)


register.filter("here", here, is_safe=True)


@register.filter
def lower_first(words: str) -> str:
    """A name as inside a sentence: “Tỉnh Đồng Tháp” → “tỉnh Đồng Tháp”."""
    return words[:1].lower() + words[1:]
