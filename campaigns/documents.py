"""Papers and workbooks of a running campaign. Paper is Vietnamese always."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.rules import AS_TODAY, AS_WAS
from campaigns.figures import explaining, placing
from campaigns.figures.results import Line
from campaigns.figures.runs import Cell, Run
from campaigns.models import Block, PeriodicReport, ScoreSheet, Stage, Synthesis, Target
from campaigns.rules.periods import Period
from core.clock import clock
from core.documents import pdf, xlsx
from criteria.rules.numbers import said


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
            "superior": f"ỦY BAN NHÂN DÂN\n{campaign.unit.name.upper()}",
            "issuer": row.unit.name.upper(),
            "number": "",
            "place": campaign.place or campaign.unit.name.removeprefix("Tỉnh "),
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


def ranking(block: Block, *, published: bool, how: str = AS_WAS) -> bytes:
    """The ranking of a block as a PDF; one that is not published says so. `how` last year is
    looked up: units as they were, or as they are today."""
    with translation.override("vi"):
        return pdf.render("ranking.html", ranking_context(block, published, how))


def ranking_context(block: Block, published: bool, how: str = AS_WAS) -> dict[str, Any]:
    """What templates/documents/ranking.html needs."""
    columns = [("Hạng", 14, "c"), ("Đơn vị", 0, ""), ("Điểm", 20, "n")]
    columns += [("Hạng năm trước", 22, "c"), ("Ghi chú", 45, "")]
    return {
        "head": {
            "superior": "",
            "issuer": f"ỦY BAN NHÂN DÂN\n{block.unit.name.upper()}",
            "number": "",
            "place": block.unit.name.removeprefix("Tỉnh "),
            "date": clock.today() if published else None,
        },
        "kind": "BẢNG XẾP HẠNG",
        "subject": f"{block.name}, năm {block.year}",
        "draft": not published,
        "as_today": how == AS_TODAY,
        "table": {
            "caption": "",
            "columns": [{"title": t, "width": w, "align": a} for t, w, a in columns],
            "rows": [
                [
                    "–" if row.place is None else str(row.place),
                    row.unit_name,
                    row.points,
                    "–" if row.last_place is None else str(row.last_place),
                    _beside(row),
                ]
                for row in placing.table(block, how)
            ],
        },
        "end": {
            "receivers": ["Các đơn vị trong khối, cụm", "Lưu: VT"],
            "roles": ["THỦ TRƯỞNG CƠ QUAN"],
            "signer": "",
        },
    }


def _beside(row: placing.Ranked) -> str:
    lines = [f"Năm trước: {row.apart}"] if row.before else []
    if row.place is None:
        lines.insert(0, f"Không xếp hạng: {row.why_not}" if row.why_not else "Không xếp hạng")
    elif row.tied:
        lines.insert(0, "Đồng hạng")
    return ". ".join(lines)


def score_annex(sheet: ScoreSheet) -> bytes:
    """How the points of a sheet come about, criterion by criterion, as a PDF."""
    with translation.override("vi"):
        return pdf.render("score_annex.html", annex_context(sheet))


def annex_context(sheet: ScoreSheet) -> dict[str, Any]:
    """What templates/documents/score_annex.html needs; points are counted from the entries."""
    found = explaining.explain(sheet)
    province = sheet.block.unit.name
    return {
        "head": {
            "superior": f"ỦY BAN NHÂN DÂN\n{province.upper()}",
            "issuer": "SỞ NỘI VỤ",
            "number": "",
            "place": province.removeprefix("Tỉnh "),
            "date": clock.today(),
        },
        "unit": sheet.unit_name,
        "block_name": str(sheet.block),
        "criteria_set": str(sheet.criteria_set),
        "state": sheet.get_state_display(),
        "most": sheet.criteria_set.stated_total,
        "totals": {stage: found.points(stage) for stage in explaining.COUNTED},
        "rows": [_annex_row(row) for row in found.rows],
    }


def _annex_row(row: explaining.Row) -> dict[str, Any]:
    lines = [*row.notes, *(f"{label}: {value}" for label, value in row.answers)]
    lines += [f"{label}: {working}" for label, working in row.workings if working]
    lines += [f"Giải trình: {row.explanation}"] if row.explanation else []
    lines += [f"Minh chứng: {_evidence(use)}" for use in row.evidence]
    lines += [_change(change) for change in row.changes]
    return {
        "code": row.item.code,
        "name": row.item.name,
        "is_group": row.item.rule is None,
        "most": row.item.most,
        "own": row.own,
        "verified": row.verified,
        "appraised": row.appraised,
        "lines": lines,
    }


def _evidence(use: Any) -> str:
    page = f", trang {use.page}" if use.page else ""
    quote = f": “{use.quote}”" if use.quote else ""
    return f"{use.evidence}{page}{quote}"


def _change(change: Any) -> str:
    day = change.at.astimezone(clock.ZONE)
    points = f"{said(change.old_points)} → {said(change.new_points)}"
    reason = f". Lý do: {change.reason}" if change.reason else ""
    stage = Stage(change.entry.stage).label
    return f"{day:%d/%m/%Y} {change.by} ({stage}): {points}{reason}"


def results_of(lines: list[Line], period: Period, *, units: int) -> bytes:
    """All targets of a campaign in one period, as a workbook. What is missing says so."""
    columns = [
        xlsx.Column(_("Code"), 8),
        xlsx.Column(_("Target"), 50),
        xlsx.Column(_("To be reached"), 22),
        xlsx.Column(_("The province"), 16),
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
            _figure(Cell(line.target, line.own)),
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
    if cell.result.value is None or cell.target.compare in Target.WITHOUT_NUMBER:
        return cell.figure
    return cell.result.value
