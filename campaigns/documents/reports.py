"""What an agency gives out of reports and results: its synthesis as a paper, figures as workbooks."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.rules import heads
from campaigns.figures.results import Line
from campaigns.figures.runs import Cell, Run
from campaigns.models import PeriodicReport, Synthesis, Target
from campaigns.rules.periods import Period
from core.clock import clock
from core.documents import pdf, xlsx
from core.province import here


def synthesis(row: Synthesis) -> bytes:
    """The agency's report for a period as a PDF, content by content."""
    with translation.override("vi"):
        return pdf.render("synthesis.html", context(row))


def context(row: Synthesis) -> dict[str, Any]:
    """What templates/documents/synthesis.html needs."""
    campaign = row.duty.campaign
    texts = dict(row.parts.values_list("content", "text"))
    owed = PeriodicReport.objects.filter(duty=row.duty, period=row.period, receiver=row.unit)
    return {
        "head": {
            **heads.issuing(row.unit, row.unit.name, campaign.unit.name),
            "number": "",
            "place": heads.place(row.unit, row.unit.name, campaign.place or campaign.unit.name),
            "date": clock.today(),
        },
        "kind": "BÁO CÁO",
        "subject": f"Tổng hợp kết quả thực hiện {PeriodicReport(period=row.period).period_words}"
        f"\nphong trào thi đua “{campaign.name}”",
        "opening": f"Tổng hợp từ báo cáo của {len(row.merged)} trên {owed.count()} đơn vị.",
        "summary": paragraphs(row.summary),
        "contents": [
            {"label": each.code, "title": each.name, "paragraphs": paragraphs(texts.get(each.pk))}
            for each in campaign.contents.all()
        ],
        "difficulties": paragraphs(row.difficulties),
        "proposals": paragraphs(row.proposals),
        "end": {
            "receivers": [f"Ủy ban nhân dân {lower_first(campaign.unit.name)}", "Lưu: VT"],
            "roles": ["THỦ TRƯỞNG CƠ QUAN"],
            "signer": "",
        },
    }


def paragraphs(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def results_of(lines: list[Line], period: Period, *, units: int) -> bytes:
    """All targets of a campaign in one period, as a workbook. What is missing says so."""
    columns = [
        xlsx.Column(_("Code"), 8),
        xlsx.Column(_("Target"), 50),
        xlsx.Column(_("To be reached"), 22),
        xlsx.Column(here(_("The province")), 16),
        xlsx.Column(_("Against the target"), 26),
        xlsx.Column(_("Units that reported"), 12),
        xlsx.Column(_("Units in all"), 12),
        xlsx.Column(_("of them reached it"), 12),
        xlsx.Column(_("Least – most"), 18),
        xlsx.Column(_("Sum of the units"), 16),
    ]
    rows = (
        [
            line.target.code,
            line.target.name,
            line.goal,
            _figure(Cell(line.target, line.own, line.gathered)),
            line.progress.words,
            line.reported,
            units,
            line.met,
            line.spread,
            line.total,
        ]
        for line in lines
    )
    return xlsx.workbook(str(period), columns, rows)


def results_over(rows: list[Run], found: list[Period], unit: Unit) -> bytes:
    """All targets over a run of periods, as one unit reported them, as a workbook."""
    columns = [
        xlsx.Column(_("Code"), 8),
        xlsx.Column(_("Target"), 50),
        xlsx.Column(_("To be reached"), 22),
        *_columns(found),
    ]
    lines = ([run.head.code, run.head.name, run.goal, *map(_figure, run.cells)] for run in rows)
    return xlsx.workbook(str(unit), columns, lines)


def units_over(rows: list[Run], found: list[Period], target: Target) -> bytes:
    """One target over a run of periods, unit by unit, as a workbook."""
    columns = [xlsx.Column(_("Unit"), 44), *_columns(found)]
    lines = ([run.title, *map(_figure, run.cells)] for run in rows)
    return xlsx.workbook(str(target), columns, lines)


def _columns(found):
    return [xlsx.Column(str(period).capitalize(), 16) for period in found]


def _figure(cell):
    """A number as a number; a missing one in words, so that it is not read as nought."""
    if cell.result is None:
        return cell.in_words or _("no figure yet")
    if not cell.whole:
        return f"{cell.figure} ({cell.note})"
    if cell.result.value is None or cell.target.compare in Target.WITHOUT_NUMBER:
        return cell.figure
    return cell.result.value
