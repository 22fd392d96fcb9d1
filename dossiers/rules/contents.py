"""What a dossier holds, as plain values: what is sent, kept and compared between sendings."""

import hashlib
import json
from typing import Any

from dossiers.models import Dossier, Nomination, Paper

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
_REPORT = ["situation", "results", "initiatives", "observance", "earlier_awards"]


def contents_of(dossier: Dossier) -> dict[str, Any]:
    """The whole dossier in JSON values: general data, nominees with reports, papers.

    Files stand in it by name, size and sha256, so the sha256 of the contents covers them.
    """
    return {
        "general": _values(dossier, _GENERAL)
        | {"campaign": dossier.campaign.code, "round": dossier.round.code},
        "nominees": [_nominee(nomination) for nomination in nominations_of(dossier)],
        "papers": [_paper(paper) for paper in papers_of(dossier)],
    }


def sha256_of(contents: dict[str, Any]) -> str:
    """Of the canonical JSON (sorted keys, no blanks, UTF-8), so that anyone can compute it."""
    text = json.dumps(contents, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def nominations_of(dossier: Dossier) -> list[Nomination]:
    """Nominees with everything that a rule or a page asks of them, in three queries."""
    return list(
        dossier.nominations.select_related("award_type", "person", "collective", "report")
        .prefetch_related("report__sections__content")
        .order_by("order", "pk")
    )


def papers_of(dossier: Dossier) -> list[Paper]:
    return list(dossier.papers.select_related("component", "document", "nomination"))


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
    return _values(report, _REPORT) | {"sections": sections}


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
