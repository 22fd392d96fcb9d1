"""Five sentences for a leader, each made of checked numbers and leading to their list."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import clock
from core.workdays import count


def sentences(
    *,
    counts: dict[str, int],
    units: int,
    missing: int,
    quotas: list[dict[str, Any]],
    closes_on: date | None,
    link: Callable[[str], str],
) -> list[SafeString]:
    """The brief, most pressing last; `link` gives the address of a number's list."""
    return [
        _who_sent(units, missing, link),
        _time_left(closes_on),
        _late(counts, link),
        _places(quotas),
        _signing(counts, link),
    ]


def _said(text: str, link_text: str, url: str) -> SafeString:
    """A sentence whose part `{link}` leads to a list."""
    return format_html(text, link=format_html('<a href="{}">{}</a>', url, link_text))


def _who_sent(units: int, missing: int, link: Callable[[str], str]) -> SafeString:
    words = _("%(sent)s of %(all)s units") % {"sent": units - missing, "all": units}
    return _said(_("{link} that registered have sent a dossier."), words, link("missing"))


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


def _late(counts: dict[str, int], link: Callable[[str], str]) -> SafeString:
    if not counts["late"]:
        return format_html("{}", _("No appraisal is overdue."))
    words = ngettext("%(n)s dossier is overdue", "%(n)s dossiers are overdue", counts["late"]) % {
        "n": counts["late"]
    }
    return _said(_("In appraisal, {link}."), words, link("late"))


def _places(quotas: list[dict[str, Any]]) -> SafeString:
    if not quotas:
        return format_html("{}", _("The plan sets no quota."))
    parts = [
        _("%(kind)s: %(proposed)s proposed for %(size)s places")
        % {"kind": row["label"], "proposed": row["proposed"], "size": row["size"]}
        for row in quotas
    ]
    return format_html("{}.", "; ".join(parts))


def _signing(counts: dict[str, int], link: Callable[[str], str]) -> SafeString:
    words = ngettext("%(n)s dossier", "%(n)s dossiers", counts["signing"]) % {
        "n": counts["signing"]
    }
    if counts["signing"]:
        return _said(
            _("{link} stand in a draft decision and wait for a signature."), words, link("signing")
        )
    awarded = ngettext("%(n)s dossier is", "%(n)s dossiers are", counts["awarded"]) % {
        "n": counts["awarded"]
    }
    return _said(_("Nothing waits for a signature; {link} awarded."), awarded, link("awarded"))
