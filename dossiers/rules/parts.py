"""The parts of a dossier: their names, what each lacks, and which of them may be edited."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy as ngettext

from awards.models import NomineeKind
from campaigns.models import Component
from core.findings import Finding
from dossiers.models import Dossier, Nomination, Paper
from dossiers.rules import contents

# Made once: a lazy translation is a class of its own, too dear for each row of a list.
NUMBERS = {
    NomineeKind.COLLECTIVE: ngettext("%d collective", "%d collectives"),
    NomineeKind.INDIVIDUAL: ngettext("%d individual", "%d individuals"),
    NomineeKind.HOUSEHOLD: ngettext("%d household", "%d households"),
    NomineeKind.ENTERPRISE: ngettext("%d enterprise", "%d enterprises"),
}


RETURNED = "return"  # the rule of a finding about a part that came back and was not mended


@dataclass(frozen=True)
class Part:
    """One line of the rail; `tone` is ok, warn, err or idle, `text` says it in words."""

    key: str
    title: str
    url: str
    tone: str
    text: str


def may_edit(dossier: Dossier, part: str) -> bool:
    """Whether the unit may write in this part now: all of a draft, the flagged parts of a return.

    A flaw of the list (“nominees”) also opens adding and removing nominees, and no more.
    """
    if dossier.state == Dossier.State.DRAFT:
        return True
    return dossier.state == Dossier.State.RETURNED and part in flagged_parts(dossier)


def flagged_parts(dossier: Dossier) -> set[str]:
    """Parts with a flaw of the last return; asked once for each row that was read."""
    return {defect.part for defect in open_defects(dossier)}


def open_defects(dossier: Dossier) -> list[Any]:
    known: list[Any] | None = getattr(dossier, "_open_defects", None)
    if known is None:
        rows = dossier.defects.filter(closed_at=None).select_related("by", "submission")
        known = list(rows) if dossier.submitted_at else []
        dossier._open_defects = known
    return known


def part_names(dossier: Dossier) -> dict[str, str]:
    """Every part that can be flagged: {key: name}."""
    nominations, _papers, components = contents.rows_of(dossier)
    names = {"general": _("General data"), "nominees": _("List of nominees")}
    for nomination in nominations:
        who = {"name": nomination.titled}
        names[f"nominee:{nomination.pk}"] = nomination.titled
        names[f"report:{nomination.pk}"] = _("Report of %(name)s") % who
    for component in components:
        names[f"paper:{component.code}"] = component.name
    return names


def name_then(dossier: Dossier, part: str, *held: Mapping[str, Any]) -> str:
    """What a part was called that the dossier has no more, by the contents of its sendings.

    A nominee taken off the list is named as it was sent; a paper that a later plan leaves out,
    as the plan called it (one query).
    """
    kind, _colon, key = part.partition(":")
    if kind == "paper":
        rows = Component._base_manager.filter(campaign=dossier.campaign_id, code=key)
        return rows.values_list("name", flat=True).first() or key
    nominees = [nominee for sending in held for nominee in sending.get("nominees", [])]
    name = next((each["name"] for each in nominees if str(each["key"]) == key), key)
    return _("Report of %(name)s") % {"name": name} if kind == "report" else name


def parts(
    dossier: Dossier,
    findings: Iterable[Finding],
    nominations: Sequence[Nomination],
    papers: Sequence[Paper],
    components: Sequence[Component],
) -> list[Part]:
    """The rail of a dossier, from what the page has read."""
    findings = list(findings)
    page = dossier.get_absolute_url()
    flagged = flagged_parts(dossier) if dossier.is_before_sending else set()
    rows = [
        ("general", _("General data"), _url("general", dossier.pk), _("Complete")),
        ("nominee", _("List of nominees"), f"{page}#nominees", counted(nominations)),
        ("report", _("Achievement reports"), f"{page}#reports", _reports(nominations)),
    ]
    for component in components:
        files = sum(paper.component_id == component.pk for paper in papers)
        words = ngettext("%d file", "%d files") % files if files else _("Not required")
        url = _url("papers", dossier.pk, component.pk)
        rows.append((f"paper:{component.code}", component.name, url, words))
    said = {"findings": findings, "flagged": flagged, "reported": bool(nominations)}
    return [_part(*row, **said) for row in rows]


def url_of(dossier: Dossier, part: str) -> str:
    """The page on which a part is written."""
    kind, _colon, key = part.partition(":")
    if kind == "nominee":
        return _url("nomination", key)
    if kind == "report":
        return _url("report", key)
    if kind == "general":
        return _url("general", dossier.pk)
    anchor = f"paper-{key}" if kind == "paper" else "nominees"
    return f"{dossier.get_absolute_url()}#{anchor}"


def counted(nominations: Iterable[Any]) -> str:
    """How many of each `kind`, in words: “1 collective, 2 individuals”."""
    kinds = Counter(nomination.kind for nomination in nominations)
    return ", ".join(str(words % kinds[kind]) for kind, words in NUMBERS.items() if kinds[kind])


def _reports(nominations):
    done = sum(hasattr(nomination, "report") for nomination in nominations)
    return str(ngettext("%d report", "%d reports") % done)


def _part(key, title, url, words, *, findings, flagged, reported):
    mine = [finding for finding in findings if _belongs(finding.part, key)]
    blocks = [finding for finding in mine if finding.blocks]
    lacking = [finding for finding in blocks if finding.rule != RETURNED]
    tone = "ok"
    if lacking:
        tone, words = "err", _to_mend(key, lacking)
    elif blocks:
        tone, words = "warn", _("Came back to be mended")
    elif mine:
        tone, words = "warn", str(ngettext("%d to look at", "%d to look at") % len(mine))
    elif any(_belongs(part, key) for part in flagged):
        words = _("Mended")
    elif key == "report" and not reported:
        tone, words = "idle", _("Nobody yet")
    return Part(key, title, url, tone, words)


def _to_mend(key, blocks):
    if key.startswith("paper:"):
        return _("No file yet")
    if not any(":" in block.part for block in blocks) and key == "nominee":
        return _("Nobody yet")
    return str(ngettext("%d to mend", "%d to mend") % len(blocks))


def _belongs(part, key):
    if key == "nominee":
        return part == "nominees" or part.startswith("nominee:")
    return part == key or part.startswith(f"{key}:")


def _url(name, *args):
    return reverse(f"dossiers:{name}", args=args)
