"""Which period a page of results shows, and the ways to the others."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.figures import runs
from campaigns.lists.results import UnitChoice
from campaigns.models import ReportDuty
from campaigns.rules import periods
from core.clock import clock
from core.text import whole

Frequency = ReportDuty.Frequency
MOST_FOUND = 20  # units that a search puts up to choose from
YEARS = 2  # before this one, to choose from
RUNS = {"thang": Frequency.MONTHLY, "quy": Frequency.QUARTERLY, "nam": Frequency.YEARLY}


def period_of(text, today):
    """The period of an address; the last month that is over when there is none or nonsense."""
    try:
        return periods.read(text)
    except ValueError:
        return periods.beside(periods.read(f"{today:%Y-%m}"), -1)


def pills_of(period, today, url):
    """The years of late, then months, quarters and the whole of the chosen one."""
    year = period.first.year
    years = [
        {"label": str(each), "url": url(f"{each}"), "on": False}
        for each in range(today.year - YEARS, today.year + 1)
        if each != year
    ]
    shown = [
        {"label": label_of(each), "url": url(each.key), "on": each == period}
        for kind in runs.KINDS
        for each in periods.of_year(kind, year)
        if each.first <= today
    ]
    return [*years, *shown]


def label_of(period):
    """Short, since the year stands in the heading: “Tháng 11”, “Quý IV”, “Năm 2025”."""
    words = str(period)
    if "-" in period.key:
        words = words.partition("/")[0]
    return words[:1].upper() + words[1:]


def turns_of(period, today, url):
    """{"before", "after": (label, address)}; none after the period that runs now."""
    before, after = periods.beside(period, -1), periods.beside(period, 1)
    turns = {"before": (_capital(before), url(before.key))}
    if after.first <= today:
        turns["after"] = (_capital(after), url(after.key))
    return turns


def _capital(period):
    words = str(period)
    return words[:1].upper() + words[1:]


def ways_of(chosen, url):
    """Pills: one period, or a run of months, quarters, years side by side."""
    labels = {
        "": _("One period"),
        "thang": _("Month by month"),
        "quy": _("Quarter by quarter"),
        "nam": _("Year by year"),
    }
    return [
        {"label": label, "url": url(code), "on": code == chosen} for code, label in labels.items()
    ]


def chosen_from(campaign, unit, request, url):
    """The search for a unit, and pills of those found, each leading to its run."""
    choice = UnitChoice(request.GET, runs.units_in(campaign), request=request)
    found = choice.qs[:MOST_FOUND] if choice.data.get("q") else []
    pills = [{"label": each.name, "url": url(each.pk), "on": each == unit} for each in found]
    return {"choice": choice, "found": pills}


def way_of(text):
    """The run of an address: a key of RUNS, or “” for one period."""
    return text if text in RUNS else ""


def shown_in(way, period):
    """The periods of a run around the year of a period."""
    return runs.shown(RUNS[way], period.first.year, clock.today())


def over_time(campaign, unit, period, text):
    """All targets of one unit over a run of periods: what `results_run.html` shows. Months
    unless the address says otherwise."""
    way = way_of(text) or "thang"
    found = shown_in(way, period)
    rows = runs.of_unit(campaign, unit, [each.key for each in found])
    return {
        "way": way,
        "periods": found,
        "heads": heads_of(found),
        "rows": rows,
        "reached": runs.reached(rows),
        "ways": ways_of(way, lambda code: f"?theo={code}#theo-ky")[1:],
    }


def heads_of(found):
    """Short heads of columns: “T11”, “Q4/2025”, “2025”, with the whole words."""
    return [(_head(each), _capital(each)) for each in found]


def _head(period):
    year, _dash, part = period.key.partition("-")
    if not part:
        return year
    return f"T{month}" if (month := whole(part)) else f"{part}/{year}"


def entry_url(campaign, unit, key):
    return reverse("campaigns:results_entry", args=[campaign.pk, unit, key])
