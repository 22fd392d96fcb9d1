"""Five sentences for a leader, each made of checked numbers and leading to their lists."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import clock
from core.workdays import count

Link = Callable[..., str]


def sentences(
    *,
    counts: dict[str, int],
    units: int,
    missing: int,
    quotas: list[dict[str, Any]],
    closes_on: date | None,
    whole: bool = True,
    link: Link,
) -> list[SafeString]:
    """The brief, most pressing last; `link` gives the address of a number's list. The places of
    the plan are named only beside the figures of the `whole` campaign, whose they are, and of the
    kinds for which it sets any.

    Nothing is said of the units of a round that was over before any of them registered.
    """
    over = closes_on is not None and closes_on < clock.today()
    said = [] if over and not units else [_who_sent(units, missing, link)]
    return [
        *said,
        _time_left(closes_on),
        _late(counts, link),
        _places(quotas, whole, link),
        _signing(counts, link),
    ]


def _said(text: str, **parts: tuple[str, str]) -> SafeString:
    """A sentence whose parts `{name}` lead to lists: name=(words, address)."""
    return format_html(text, **{name: linked(*part) for name, part in parts.items()})


def linked(words: Any, url: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)


def _who_sent(units: int, missing: int, link: Link) -> SafeString:
    return _said(
        _("{sent} of {all} that registered have sent a dossier."),
        sent=(str(units - missing), link("reported")),
        all=(ngettext("%(n)s unit", "%(n)s units", units) % {"n": units}, link("registered")),
    )


def _time_left(closes_on: date | None) -> SafeString:
    if closes_on is None:
        return format_html("{}", _("The plan names no last day for dossiers."))
    left = count.left(clock.today(), closes_on)
    day = date_format(closes_on, "SHORT_DATE_FORMAT")
    if closes_on < clock.today():
        return format_html("{}", _("Dossiers were taken until %(day)s.") % {"day": day})
    text = ngettext(
        "%(left)s working day is left until %(day)s.",
        "%(left)s working days are left until %(day)s.",
        left,
    )
    return format_html("{}", text % {"left": left, "day": day})


def _late(counts: dict[str, int], link: Link) -> SafeString:
    if not counts["late"]:
        return format_html("{}", _("No appraisal is overdue."))
    words = ngettext("%(n)s dossier is overdue", "%(n)s dossiers are overdue", counts["late"]) % {
        "n": counts["late"]
    }
    return _said(_("In appraisal, {link}."), link=(words, link("late")))


def _places(quotas: list[dict[str, Any]], whole: bool, link: Link) -> SafeString:
    if not quotas:
        return format_html("{}", _("The plan sets no quota."))
    parts = []
    for row in quotas:
        address = link("proposed", kind=row["kind"], award_type=row["award_type"])
        proposed = _("%(n)s proposed") % {"n": row["proposed"]}
        placed = whole and row["size"] is not None
        text = _("{kind}: {proposed} for {size} places") if placed else _("{kind}: {proposed}")
        words = {"kind": row["label"], "size": row["size"]}
        parts.append(format_html(text, proposed=linked(proposed, address), **words))
    return format_html("{}.", format_html_join("; ", "{}", ((part,) for part in parts)))


def _signing(counts: dict[str, int], link: Link) -> SafeString:
    words = ngettext("%(n)s dossier", "%(n)s dossiers", counts["signing"]) % {
        "n": counts["signing"]
    }
    if counts["signing"]:
        return _said(
            _("{link} stand in a draft decision and wait for a signature."),
            link=(words, link("signing")),
        )
    awarded = ngettext("%(n)s dossier is", "%(n)s dossiers are", counts["awarded"]) % {
        "n": counts["awarded"]
    }
    return _said(
        _("Nothing waits for a signature; {link} awarded."), link=(awarded, link("awarded"))
    )
