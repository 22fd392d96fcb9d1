"""The lines of a score sheet as its pages show them: groups, and criteria with all about them."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from campaigns.figures import hinting
from campaigns.forms import sheets as forms
from campaigns.models import Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from core.findings import Finding, Weight
from criteria.rules.scoring import State as Answered

OPEN, BARE, RETURNED, HINTED = "open", "bare", "returned", "hinted"


@dataclass
class Line:
    """A group, or a criterion with all that its page shows of it."""

    item: Any
    depth: int
    row: Any
    inputs: list[Any] = field(default_factory=list)
    entry: Any = None
    mark: Any = None
    seen: str = ""
    writable: bool = False
    uses: list[Any] = field(default_factory=list)
    use_url: str = ""
    remark: Any = None
    last_year: Any = None
    later: list[Any] = field(default_factory=list)
    conflicts: list[Any] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)  # for a judge: what the unit answered
    entry_own: Any = None
    now: Any = None  # the mark that stands after this judge
    unseen: bool = False  # this judge has said nothing on it
    objection: Any = None
    return_url: str = ""
    hints: list[Any] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key in an address or a name, the same in every language."""
        return str(self.row.pk)

    @property
    def mend_form(self) -> str:
        return f"mend-{self.remark.pk}"

    @property
    def open(self) -> bool:
        return self.mark is not None and self.mark.state is Answered.MISSING

    @property
    def bare(self) -> bool:
        """Whether evidence is asked for, and points are claimed without any."""
        return bool(self.row.evidence and not self.open and self.mark.points and not self.uses)


def lines_of(sheet, user, groups, entries, held):
    criteria = sheet.criteria_set.criteria.select_related("verifier_unit")
    rows = {row.pk: row for row in criteria}
    own = {row.criterion_id: row for row in entries if row.stage == Stage.OWN}
    later: dict[int, list[Any]] = {}
    for row in entries:
        if row.stage in (Stage.ADVISED, *marks.OVER) and row.speaks:
            later.setdefault(row.criterion_id, []).append(row)
    uses: dict[int, list[Any]] = {}
    for use in used_in(sheet):
        use.form = f"drop-{use.pk}"
        uses.setdefault(use.criterion_id, []).append(use)
    remarks = {remark.criterion_id: remark for remark in rules.open_remarks(sheet)}
    last_year = rules.last_year(sheet)
    writes = user.can(Perm.SHEET_WRITE, sheet)

    def level(items, depth):
        for item in items:
            line = Line(item, depth, rows[item.key])
            if item.rule:
                entry = own.get(item.key)
                line.inputs = forms.inputs(item, Stage.OWN, entry)
                line.entry, line.mark = entry, held[item.key].own
                line.seen = forms.seen_of(item, Stage.OWN, entry)
                line.writable = writes and rules.may_write(sheet, item.key, remarks)
                line.uses = uses.get(item.key, [])
                line.use_url = reverse("campaigns:evidence_use", args=[sheet.pk, item.key])
                line.remark = remarks.get(item.key)
                line.last_year = last_year.get(item.code)
                line.later = later.get(item.key, [])
            yield line
            yield from level(item.members, depth + 1)

    return list(level(groups, 0))


def show_hints(lines, sheet, groups, entries, held):
    """What is worth a second look at each criterion that the unit has answered."""
    criteria = [line for line in lines if not line.row.is_group]
    found = hinting.hints_of(
        sheet,
        groups=groups,
        own=[row for row in entries if row.stage == Stage.OWN],
        held=held,
        papers={
            line.row.pk: [(str(use.evidence), use.evidence.issued_on) for use in line.uses]
            for line in criteria
        },
        asked=[line.row.pk for line in criteria if line.row.evidence],
        last_year={line.row.code: line.last_year for line in criteria if line.last_year},
    )
    for line in criteria:
        line.hints = [Finding(hint.text, weight=Weight.WARN) for hint in found.get(line.row.pk, ())]


def used_in(sheet):
    """The evidence of a sheet, each with how often it is used anywhere, in one query."""
    rows = sheet.evidence_uses.select_related("evidence__file")
    return rows.annotate(times=Count("evidence__uses"))


def show_conflicts(line, conflicts, typed):
    """On a page that came back, a criterion shows what was typed beside what is kept."""
    if typed is None or line.row.is_group or f"c{line.row.pk}-seen" not in typed:
        return
    line.conflicts = conflicts.get(line.row.pk, [])
    line.inputs = [
        forms.Input(**{**vars(one), "value": typed.get(one.name, one.value)}) for one in line.inputs
    ]


TESTS = {
    OPEN: lambda line: line.open,
    BARE: lambda line: line.bare,
    RETURNED: lambda line: line.remark is not None,
    HINTED: lambda line: bool(line.hints),
}


def filtered(lines, show, tests=TESTS):
    """The lines that a filter leaves, with the groups above them."""
    if show not in tests:
        return lines
    kept: list[Any] = []
    for line in reversed(lines):
        below = kept and kept[-1].depth > line.depth
        if below if line.row.is_group else tests[show](line):
            kept.append(line)
    return kept[::-1]


def pills(criteria, show):
    """The filters of the unit's page, each with how many criteria it leaves."""
    counts = [
        ("", _("All"), len(criteria)),
        (OPEN, _("Not answered"), sum(line.open for line in criteria)),
        (BARE, _("Evidence missing"), sum(line.bare for line in criteria)),
        (RETURNED, _("Sent back"), sum(line.remark is not None for line in criteria)),
        (HINTED, _("Worth a second look"), sum(bool(line.hints) for line in criteria)),
    ]
    return as_pills(counts, show)


def as_pills(counts, show):
    """Filters as the component wants them; one that leaves nothing is left out."""
    return [
        {"label": label, "url": f"?show={key}" if key else "?", "count": number, "on": key == show}
        for key, label, number in counts
        if number or key in {"", show}
    ]


def total_in(seat, groups, held):
    """The sheet's total as whoever sits there sees it: `seat` is (stage, scorer or None)."""
    stage, scorer = seat
    if stage == Stage.PEER:
        given = marks.peer_totals(groups, held).get(scorer.pk)
        return given or marks.total_at(groups, held, Stage.OWN)
    return marks.total_at(groups, held, stage)
