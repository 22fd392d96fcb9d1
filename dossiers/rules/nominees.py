"""What is missing of one nominee: fields by kind, name, standing, report."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from awards import rules as award_rules
from awards.models import NomineeKind
from core.clock import clock
from core.findings import Finding, Weight
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
    place = {"href": nomination.get_absolute_url(), "part": f"nominee:{nomination.pk}"}
    name = {"name": nomination.titled}
    lacking = lacking_fields(nomination)
    if lacking:
        text = _("%(name)s: still missing: %(fields)s.")
        yield Finding(text % {**name, "fields": ", ".join(lacking)}, **place)
    yield from (replace(finding, **place) for finding in _by_the_register(nomination))
    members = dossier.council_total
    if members and nomination.unit_votes is not None and nomination.unit_votes > members:
        text = _("%(name)s has %(votes)s votes; the unit's council has %(members)s members.")
        words = {**name, "votes": nomination.unit_votes, "members": members}
        yield Finding(text % words, rule="R19", **place)
    if nomination.under_review:
        text = _("%(name)s is under discipline, inspection or complaint; nobody is proposed then.")
        yield Finding(text % name, rule="R14", **place)
    collective = nomination.collective
    if collective and collective.closed_on and collective.closed_on <= clock.today():
        text = _("%(name)s was dissolved on %(day)s.")
        yield Finding(
            text % {**name, "day": f"{collective.closed_on:%d/%m/%Y}"}, rule="R16", **place
        )
    for sentence in doubtful_name(nomination):
        yield Finding(sentence, Weight.WARN, rule="R23", **place)


def lacking_fields(nomination: Nomination) -> list[str]:
    """The names of the fields that this kind of nominee needs and that are empty."""
    return [
        label_of(nomination, name).lower()
        for name in REQUIRED[NomineeKind(nomination.kind)]
        if getattr(nomination, name) in (None, "")
    ]


def label_of(row: Any, name: str) -> str:
    """What a field of a row is called on its form."""
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
    place: dict[str, Any] = {
        "href": reverse("dossiers:report", args=[nomination.pk]),
        "part": f"report:{nomination.pk}",
    }
    name = {"name": nomination.titled}
    if report is None:
        yield Finding(_("%(name)s: the achievement report is not begun.") % name, **place)
        return
    empty = [label_of(report, part) for part in REPORT_PARTS if not getattr(report, part).strip()]
    if empty:
        text = _("Report of %(name)s: still empty: %(parts)s.")
        yield Finding(text % {**name, "parts": "; ".join(empty)}, **place)
    if not written_contents(nomination):
        text = _("Report of %(name)s: write what was done in at least one content.")
        yield Finding(text % name, **place)


def written_contents(nomination: Nomination) -> int:
    """On how many contents the report says something; counted by `contents.nominations_of`."""
    if hasattr(nomination, "written"):
        return int(nomination.written)
    return nomination.report.sections.exclude(text="").count()
