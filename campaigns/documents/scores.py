"""Papers of a block: its ranking, and how the points of a sheet come about."""

from typing import Any

from django.utils import translation

from accounts.rules import AS_TODAY, AS_WAS, heads
from campaigns.figures import explaining, placing
from campaigns.models import Block, ScoreSheet, Stage
from core.clock import clock
from core.documents import pdf
from criteria.rules.numbers import said


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
            "place": heads.place(block.unit, block.unit.name, block.unit.name),
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
            "place": heads.place(sheet.block.unit, province, province),
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
