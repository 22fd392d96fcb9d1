"""What a dossier holds, as plain values: what is sent, kept and compared between sendings."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from campaigns.models import Component
from core.text import fold
from dossiers.models import Dossier, Nomination, Paper, ReportSection
from dossiers.models.report import PARTS

_NOMINEE = [
    "order",
    "kind",
    "name",
    "sex",
    "birth_day",
    "position",
    "position_class",
    "workplace",
    "headcount",
    "unit_votes",
    "under_review",
    "identity",
]
_GENERAL = [
    "unit_name",
    "proposal_number",
    "proposal_on",
    "council_met_on",
    "council_total",
    "council_present",
    "contact",
]
_SECTIONS = Prefetch("report__sections", ReportSection.objects.select_related("content"))
_WRITTEN = (
    ReportSection.objects.filter(report__nomination=OuterRef("pk"))
    .exclude(text="")
    .order_by()
    .values("report")
    .annotate(count=Count("pk"))
    .values("count")
)


def contents_of(dossier: Dossier) -> dict[str, Any]:
    """The whole dossier in JSON values: general data, nominees with reports, papers.

    Files stand in it by name, size and sha256, so the sha256 of the contents covers them.
    """
    rows = getattr(dossier, "_rows_with_reports", None)
    nominations = rows.nominations if rows else nominations_of(dossier).prefetch_related(_SECTIONS)
    papers = rows.papers if rows else papers_of(dossier)
    return {
        "general": _values(dossier, _GENERAL)
        | {"campaign": dossier.campaign.code, "round": dossier.round.code},
        "nominees": [_nominee(nomination) for nomination in nominations],
        "papers": [_paper(paper) for paper in papers],
    }


def sha256_of(contents: dict[str, Any]) -> str:
    """Of the canonical JSON (sorted keys, no blanks, UTF-8), so that anyone can compute it."""
    text = json.dumps(contents, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Rows(NamedTuple):
    """What hangs on a dossier, as the rules and its pages ask for it."""

    nominations: list[Nomination]
    papers: list[Paper]
    components: list[Component]


def rows_of(dossier: Dossier) -> Rows:
    """Nominees, papers and components: as `read_once` found them, else read now."""
    return getattr(dossier, "_rows", None) or _read(dossier)


def read_once(dossier: Dossier, *, with_reports: bool = False) -> Rows:
    """For a page that only shows: whoever asks this very object again gets the same rows.

    `with_reports` reads what was written on each content, too.
    """
    dossier._rows = _read(dossier, with_reports=with_reports)
    if with_reports:
        dossier._rows_with_reports = dossier._rows
    return dossier._rows


def _read(dossier, *, with_reports=False):
    nominations = nominations_of(dossier)
    if with_reports:
        nominations = nominations.prefetch_related(_SECTIONS)
    rows = Rows(
        list(nominations),
        list(
            dossier.papers.select_related("component", "document").order_by(
                "component__order", "pk"
            )
        ),
        list(dossier.campaign.components.order_by("order")),
    )
    _join(rows)
    return rows


def nominations_of(dossier: Dossier) -> Any:
    """Nominees with what rules and pages ask of them, in one query.

    `written` counts the contents of the campaign on which something is written.
    """
    return (
        Nomination.objects.filter(dossier=dossier)
        .select_related(
            "award_type__basis", "person", "collective", "report", "verdict__by", "award"
        )
        .annotate(written=Coalesce(Subquery(_WRITTEN), 0))
        .order_by("order", "pk")
    )


def _join(rows):
    """Give papers the nominees that were read already.

    Their components are read with them: a later plan may have left one out.
    """
    nominations = {nomination.pk: nomination for nomination in rows.nominations}
    for paper in rows.papers:
        paper.nomination = nominations.get(paper.nomination_id)


def papers_of(dossier: Dossier) -> list[Paper]:
    papers = dossier.papers.select_related("component", "document", "nomination")
    return list(papers.order_by("component__order", "pk"))


def search_text(dossier: Dossier, nominations: Iterable[Nomination]) -> str:
    """What a search finds a dossier by: its number, all its receipts, its unit, its nominees."""
    names = [nomination.name for nomination in nominations]
    receipts = dossier.submissions.values_list("number", flat=True) if dossier.number else []
    return fold(" ".join([dossier.number, *receipts, dossier.unit_name, *names]))


def _nominee(nomination):
    return _values(nomination, _NOMINEE) | {
        "key": nomination.pk,
        "award_type": nomination.award_type.code,
        "report": _report(getattr(nomination, "report", None)),
    }


def _report(report):
    if report is None:
        return None
    sections = {section.content.code: section.text for section in report.sections.all()}
    return _values(report, PARTS) | {"sections": sections}


def _paper(paper):
    return {
        "component": paper.component.code,
        "nominee": paper.nomination_id,
        "number": paper.number,
        "signed_on": _plain(paper.signed_on),
        "signer": paper.signer,
        "name": paper.document.name,
        "size": paper.document.size,
        "sha256": paper.document.sha256,
    }


def _values(obj, names):
    return {name: _plain(getattr(obj, name)) for name in names}


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
