"""What the pages of one dossier read, once each, and how they show it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from awards.models import Award
from core.audit.models import Entry, readable
from core.findings import Finding, blocking
from core.ui.components.marks import day
from dossiers.models import AchievementReport, Dossier, Nomination, Paper
from dossiers.rules import contents, mending, parts, submission
from dossiers.workflow import DOSSIER

FORWARD = {"to_head", "submit"}  # the steps out of the unit; their findings are the dossier's


class Reading:
    """A dossier with its rows, its offers and its findings, for one reader."""

    def __init__(self, dossier: Dossier, user: Any):
        self.dossier, self.user = dossier, user
        self.nominations, self.papers, self.components = contents.read_once(
            dossier, with_reports=dossier.is_before_sending and bool(dossier.submitted_at)
        )
        self.offers = DOSSIER.offers(dossier, user)
        self.forward = next((o for o in self.offers if o.step.name in FORWARD), None)
        self.others = [offer for offer in self.offers if offer is not self.forward]
        self.findings = self._findings() if dossier.is_before_sending else []

    def _findings(self) -> list[Finding]:
        """What the check says; it leads to the place to mend whoever may write there now."""
        found = self.forward.findings if self.forward else None
        if found is None:
            found = list(submission.missing_to_submit(self.dossier))
        return [
            each if not each.part or self.opens(each.part) else replace(each, href="")
            for each in found
        ]

    def opens(self, part: str) -> bool:
        """Whether this reader may write in a part now."""
        return self.writes and parts.may_edit(self.dossier, part)

    @cached_property
    def writes(self) -> bool:
        """Whether this reader may write in some part of it now."""
        return self.dossier.is_with_unit and self.user.can(Perm.DOSSIER_WRITE, self.dossier)

    @cached_property
    def rail(self) -> list[dict]:
        rows = parts.parts(
            self.dossier, self.findings, self.nominations, self.papers, self.components
        )
        return [
            {"title": row.title, "url": row.url, "tone": row.tone, "text": row.text} for row in rows
        ]

    @property
    def passed(self) -> int:
        """How many parts have nothing to say against them."""
        return sum(row["tone"] == "ok" for row in self.rail)

    @property
    def counted(self) -> str:
        return parts.counted(self.nominations)

    @property
    def why(self) -> str:
        """Why the dossier does not go on yet; empty when it may."""
        blocks = len(blocking(self.findings))
        if not (self.forward and blocks):
            return ""
        return (
            ngettext(
                "It cannot go on yet: %d thing must be mended.",
                "It cannot go on yet: %d things must be mended.",
                blocks,
            )
            % blocks
        )

    def rows(self) -> list[dict]:
        """A line for each nominee: what it is, how far its report is, what is wrong."""
        return [
            {"nominee": nominee, "about": about(nominee), "report": self._report(nominee)}
            | (self._check(nominee) if self.dossier.is_before_sending else _result(nominee))
            for nominee in self.nominations
        ]

    def groups(self) -> list[dict]:
        """The papers by component, and whether this reader may change them."""
        return [
            {
                "component": component,
                "open": self.opens(f"paper:{component.code}"),
                "uploads": [
                    paper_row(paper) for paper in self.papers if paper.component_id == component.pk
                ],
            }
            for component in self.components
        ]

    def general(self) -> list[tuple[str, Any]]:
        """What the unit wrote of the proposal and its council's sitting, as facts."""
        dossier = self.dossier
        proposal = [dossier.proposal_number, day(dossier.proposal_on)]
        sitting = [day(dossier.council_met_on)]
        if dossier.council_total:
            words = _("%(present)s of %(total)s members present")
            present = dossier.council_present or 0
            sitting.append(words % {"present": present, "total": dossier.council_total})
        rows = [
            (_("Proposal"), ", ".join(filter(None, proposal))),
            (_("The unit's council"), ", ".join(filter(None, sitting))),
            (_("Contact"), dossier.contact),
        ]
        return [(label, value) for label, value in rows if value]

    def _report(self, nominee):
        if getattr(nominee, "report", None) is None:
            return _("Not begun")
        written = nominee.written
        return ngettext("%d content written", "%d contents written", written) % written

    def _check(self, nominee):
        mine = {f"nominee:{nominee.pk}", f"report:{nominee.pk}"}
        found = [finding for finding in self.findings if finding.part in mine]
        blocks = len(blocking(found))
        if blocks:
            words = ngettext("%d to mend", "%d to mend", blocks) % blocks
            return {"words": words, "tone": "err", "icon": "x-octagon", "why": ""}
        if found:
            words = ngettext("%d to look at", "%d to look at", len(found)) % len(found)
            return {"words": words, "tone": "warn", "icon": "exclamation-triangle", "why": ""}
        return {"words": _("Complete"), "tone": "ok", "icon": "check-lg", "why": ""}


def history_of(dossier: Dossier, nominations: Sequence[Nomination], user: Any) -> list[Entry]:
    """What was done to the dossier, its nominees and their reports, the newest first.

    Who was taken off the list is still in it: the line that says so names its rows. One query
    beside that of `mending.history`.
    """
    own = mending.history(dossier)
    gone = [entry.told.changes["gone"] for entry in own if "gone" in entry.told.changes]
    rows = [[str(each.pk), _report_key(each)] for each in nominations] + gone
    named = [key for key, _report in rows]
    reports = [key for _nominee, key in rows if key]
    parts = Entry.objects.of_rows([(Nomination, named), (AchievementReport, reports)])
    lines = sorted([*own, *parts], key=lambda entry: -entry.pk)
    return readable(lines, dossier, user)


def _report_key(nominee):
    report = getattr(nominee, "report", None)
    return str(report.pk) if report else ""


def about(nominee: Nomination) -> str:
    """The small line under a name."""
    people = nominee.headcount
    words = [
        nominee.get_kind_display(),
        nominee.position,
        nominee.workplace,
        ngettext("%d person", "%d people", people) % people if people else "",
    ]
    return ", ".join(filter(None, words))


def paper_row(paper: Paper, *, removable: bool = False) -> dict:
    """A paper for the component `uploads`."""
    row = {
        "name": paper.document.name,
        "media_type": paper.document.media_type,
        "size": paper.document.size,
        "url": reverse("dossiers:paper", args=[paper.pk]),
        "note": paper_words(paper),
    }
    if removable:
        row["remove"] = reverse("dossiers:paper_remove", args=[paper.pk])
    return row


def paper_words(paper: Paper) -> str:
    """What a paper says of itself: number, day, signer, for whom."""
    whom = paper.nomination.titled if paper.nomination else ""
    words = [paper.number, day(paper.signed_on), paper.signer, whom]
    return ", ".join(filter(None, words)) or _("Received")


def returned(dossier: Dossier, *, part: str = "", writes: bool = False) -> dict[str, Any]:
    """Why the dossier came back, for `flaws.html`: the reasons, and each flaw with its fate.

    `part` leaves only the flaws of one part; `writes` offers to say why it stays as it is.
    """
    if not dossier.is_before_sending:
        return {"defects": [], "back": mending.NOT_BACK}
    flaws = mending.open_flaws(dossier)
    names = parts.part_names(dossier) if flaws else {}
    rows = [
        {
            "flaw": flaw,
            "url": parts.url_of(dossier, flaw.defect.part) if flaw.defect.part in names else "",
            "explain": reverse("dossiers:explain", args=[flaw.defect.pk])
            if writes and not flaw.changed
            else "",
        }
        for flaw in flaws
        if part in ("", flaw.defect.part)
    ]
    return {"defects": rows, "back": mending.back_of(dossier)}


def _result(nominee):
    """What became of a nominee; of an award, too, that was revoked or corrected later."""
    award = nominee.award
    if award and award.state == Award.State.REVOKED:
        words = {"day": day(award.revoked_on), "number": award.revoked_by}
        why = _("Revoked on %(day)s by decision %(number)s.") % words
        tone, icon = Award.TONES[award.state]
        return {"words": award.get_state_display(), "tone": tone, "icon": icon, "why": why}
    why = nominee.result_reason
    if award and award.corrected_by:
        words = {"day": day(award.corrected_on), "number": award.corrected_by, "name": award.name}
        why = _("Corrected on %(day)s by decision %(number)s: %(name)s.") % words
    tone, icon = Nomination.TONES[nominee.result]
    return {
        "words": nominee.get_result_display(),
        "tone": tone,
        "icon": icon,
        "why": why,
    }
