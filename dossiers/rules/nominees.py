"""What is missing of one nominee: fields by kind, name, standing, report."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from awards import rules as award_rules
from awards.models import NomineeKind
from core.clock import clock
from core.findings import Finding, Weight
from core.ui.components.marks import lower_first
from dossiers.models import Dossier, Nomination

# What form 0603.N and the certificate need of each kind.
REQUIRED = {
    NomineeKind.COLLECTIVE: ("name", "headcount", "unit_votes"),
    NomineeKind.INDIVIDUAL: (
        "name",
        "sex",
        "birth_day",
        "position",
        "position_class",
        "workplace",
        "unit_votes",
    ),
    NomineeKind.HOUSEHOLD: ("name", "workplace", "unit_votes"),
    NomineeKind.ENTERPRISE: ("name", "workplace", "headcount", "unit_votes"),
}
REPORT_PARTS = ("situation", "results", "earlier_awards")


def missing_of(nomination: Nomination, dossier: Dossier) -> Iterator[Finding]:
    say = partial(Finding, href=nomination.get_absolute_url(), part=f"nominee:{nomination.pk}")
    name = {"name": nomination.titled}
    lacking = lacking_fields(nomination)
    if lacking:
        text = _("%(name)s: still missing: %(fields)s.")
        yield say(text % {**name, "fields": ", ".join(lacking)})
    yield from (replace(finding, **say.keywords) for finding in _by_the_register(nomination))
    members = dossier.council_total
    if members and nomination.unit_votes is not None and nomination.unit_votes > members:
        text = _("%(name)s has %(votes)s votes; the unit's council has %(members)s members.")
        words = {**name, "votes": nomination.unit_votes, "members": members}
        yield say(text % words, rule="R19")
    if nomination.under_review:
        text = _("%(name)s is under discipline, inspection or complaint; nobody is proposed then.")
        yield say(text % name, rule="R14")
    collective = nomination.collective
    if collective and collective.closed_on and collective.closed_on <= clock.today():
        text = _("%(name)s was dissolved on %(day)s.")
        yield say(text % {**name, "day": f"{collective.closed_on:%d/%m/%Y}"}, rule="R16")
    for sentence in doubtful_name(nomination):
        yield say(sentence, Weight.WARN, rule="R23")


def lacking_fields(nomination: Nomination) -> list[str]:
    """The names of the fields that this kind of nominee needs and that are empty."""
    return [
        lower_first(label_of(nomination, name))
        for name in REQUIRED[NomineeKind(nomination.kind)]
        if getattr(nomination, name) in (None, "")
    ]


def label_of(row: Any, name: str) -> str:
    """What a field is called on the page."""
    return str(row._meta.get_field(name).verbose_name)


def doubtful_name(nomination: Nomination) -> Iterator[str]:
    """R23, beside the register's own look at names: what is printed as it stands."""
    shown = {"name": nomination.name}
    if nomination.name.isupper() and len(nomination.name) > 4:
        yield _("“%(name)s” is written in capitals; the certificate prints it like that.") % shown
    if nomination.kind == NomineeKind.INDIVIDUAL and nomination.name.startswith(("Ông ", "Bà ")):
        yield _("Leave out “Ông”, “Bà”: the certificate adds it to “%(name)s”.") % shown


def _by_the_register(nomination):
    """R01 and R23 as the register of awards judges them."""
    yield from award_rules.missing_for(award_type=nomination.award_type, kind=nomination.kind)
    yield from award_rules.name_findings(nomination.name, kind=nomination.kind)


def missing_in_report(nomination: Nomination) -> Iterator[Finding]:
    """Parts I–III, and something on at least one content of the campaign."""
    report = getattr(nomination, "report", None)
    page = reverse("dossiers:report", args=[nomination.pk])
    say = partial(Finding, href=page, part=f"report:{nomination.pk}")
    name = {"name": nomination.titled}
    if report is None:
        yield say(_("%(name)s: the achievement report is not begun.") % name)
        return
    empty = [label_of(report, part) for part in REPORT_PARTS if not getattr(report, part).strip()]
    if empty:
        text = _("Report of %(name)s: still empty: %(parts)s.")
        yield say(text % {**name, "parts": "; ".join(empty)})
    if not written_contents(nomination):
        text = _("Report of %(name)s: write what was done in at least one content.")
        yield say(text % name)


def written_contents(nomination: Nomination) -> int:
    """On how many contents the report says something; counted by `contents.nominations_of`."""
    if hasattr(nomination, "written"):
        return int(nomination.written)
    return nomination.report.sections.exclude(text="").count()
