"""The summary report on paper: layout of Nghị định 30/2020, figures of the dashboard; the years
as a workbook."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.permissions import Perm
from awards.models import Award
from campaigns.models import AwardRound
from core.clock import clock
from core.documents import charts, pdf, store, xlsx
from core.documents.models import Document
from core.documents.templatetags.paper import figure
from core.text import fold
from dashboard import figures
from dashboard.figures.years import Row, Table
from dossiers.models import ReportSection

MOST_EXAMPLES = 3  # achievements quoted for each content
LINE = 400  # characters of a quoted achievement


def summary(
    of_round: AwardRound, *, user: User, signer: str, signer_role: str, remarks: dict[str, str]
) -> Document:
    """Print and keep the report, in what this person may see. Paper is Vietnamese always."""
    with translation.override("vi"):
        content = pdf.render("summary.html", context(of_round, user, signer, signer_role, remarks))
    name = f"bao-cao-{slugify(fold(str(of_round.campaign)))[:60]}-{of_round.code}.pdf"
    return store.keep(
        content, name=name, media_type=store.PDF, unit=of_round.campaign.unit, by=user
    )


def context(
    of_round: AwardRound, user: User, signer: str, signer_role: str, remarks: dict[str, str]
) -> dict[str, Any]:
    """What templates/documents/summary.html needs; every number from `figures`."""
    campaign = of_round.campaign
    counts = figures.counts(user, of_round)
    units = figures.registered(user, of_round).count()
    steward = campaign.steward_on(clock.today())
    return {
        "head": {
            **issuer(user, campaign.unit),
            "number": "",
            "place": campaign.place or "Đồng Tháp",
            "date": clock.today(),
            "about": "",
        },
        "kind": "BÁO CÁO",
        "subject": f"{of_round.name}\nphong trào thi đua “{campaign.name}”",
        "opening": [opening(of_round)],
        "leadership": {"paragraphs": [leadership(of_round, units, steward)]},
        "results": results(of_round, user, counts, units),
        "contents": contents(of_round, user),
        "awards": awards(of_round, user),
        "end": {
            "receivers": ["Ủy ban nhân dân tỉnh (để báo cáo)", "Các đơn vị tham gia", "Lưu: VT"],
            "roles": [line.strip().upper() for line in signer_role.split("/")],
            "signer": signer,
        },
        "annexes": annexes(of_round, user),
    } | {key: {"paragraphs": _paragraphs(text)} for key, text in remarks.items()}


def issuer(user: User, province: Unit) -> dict[str, str]:
    """Who signs: the committee of the province, or a department under it."""
    committee = f"ỦY BAN NHÂN DÂN\n{province.name.upper()}"
    home = user.home_unit
    if home is None or home.pk == province.pk:
        return {"superior": "", "issuer": committee}
    return {"superior": committee, "issuer": home.name.upper()}


def opening(of_round: AwardRound) -> str:
    campaign = of_round.campaign
    plan = f"Kế hoạch số {campaign.number}" if campaign.number else "Kế hoạch"
    if campaign.signed_on:
        plan += f" ngày {campaign.signed_on:%d/%m/%Y}"
    return (
        f"Thực hiện {plan} của {campaign.issuer or campaign.unit} về {campaign.title}, "
        f"kết quả {of_round.name[0].lower()}{of_round.name[1:]} như sau:"
    )


def leadership(of_round: AwardRound, units: int, steward: Any) -> str:
    closing = f" Cơ quan thường trực của phong trào là {steward}." if steward else ""
    return (
        f"Đến ngày {clock.today():%d/%m/%Y}, có {figure(units)} đơn vị đăng ký tham gia "
        f"phong trào “{of_round.campaign.name}”.{closing}"
    )


def results(of_round: AwardRound, user: User, counts: dict[str, int], units: int) -> dict:
    """The funnel as a table, and the pace of sending as a chart."""
    rows: list[list[Any]] = [["Đơn vị đăng ký tham gia", units]]
    rows += [[f"Hồ sơ: {str(step.label).lower()}", counts[step.name]] for step in figures.FUNNEL]
    rows.append(["Hồ sơ không được khen", counts["refused"]])
    table = {
        "caption": "Bảng 1. Hồ sơ qua các bước",
        "columns": [
            {"title": "Nội dung", "width": 0, "align": ""},
            {"title": "Số lượng", "width": 34, "align": "n"},
        ],
        "rows": rows,
    }
    kinds = figures.sent_by_kind(user, of_round)
    drawn = []
    if kinds:
        names = [kind for kind, _done, _all in kinds]
        drawn.append(
            charts.bars(
                names,
                {
                    "Đăng ký": [total for _k, _done, total in kinds],
                    "Đã gửi": [done for _k, done, _all in kinds],
                },
                "Hình 1. Đơn vị đã gửi hồ sơ theo loại đơn vị",
            )
        )
    return {"tables": [table], "charts": drawn}


def contents(of_round: AwardRound, user: User) -> list[dict[str, Any]]:
    """Each content with some achievements of nominees who were awarded or agreed to."""
    written = (
        ReportSection.objects.filter(
            report__nomination__dossier__in=figures.dossiers(user, of_round),
            report__nomination__result__in=["passed", "entered", "awarded"],
        )
        .exclude(text="")
        .select_related("report__nomination")
        .order_by("content__order", "report__nomination__name")
    )
    quoted: dict[int, list[str]] = {}
    for section in written:
        lines = quoted.setdefault(section.content_id, [])
        if len(lines) < MOST_EXAMPLES:
            lines.append(f"{section.report.nomination.titled}: {_short(section.text)}")
    return [
        {"label": content.code, "title": content.name, "paragraphs": quoted.get(content.pk, [])}
        for content in of_round.campaign.contents.all()
    ]


def awards(of_round: AwardRound, user: User) -> dict[str, Any]:
    """Places, nominees and awards by kind and class of position."""
    nominees = figures.nominees(user, of_round)
    awarded = dict(nominees["awarded"])
    quota = {row["label"]: row["size"] for row in figures.quotas(user, of_round)}
    table = {
        "caption": "Bảng 2. Đề nghị và khen thưởng",
        "columns": [
            {"title": "Đối tượng", "width": 0, "align": ""},
            {"title": "Đề nghị", "width": 28, "align": "n"},
            {"title": "Chỉ tiêu", "width": 28, "align": "n"},
            {"title": "Được khen", "width": 28, "align": "n"},
        ],
        "rows": [
            [str(label), number, quota.get(label), awarded.get(label, 0)]
            for label, number in nominees["kinds"]
        ],
    }
    paragraphs = []
    if nominees["direct"] is not None:
        share = figure(nominees["direct"], 1)
        paragraphs = [f"Người lao động trực tiếp chiếm {share} % số cá nhân được đề nghị."]
    return {"tables": [table], "paragraphs": paragraphs}


def annexes(of_round: AwardRound, user: User) -> list[dict[str, Any]]:
    """The list of those awarded in this round, if there are any."""
    seen = Award.objects.visible_to(user, Perm.AWARD_READ)
    granted = seen.filter(nomination__round=of_round, state=Award.State.VALID)
    rows = [
        [number, award.name, award.position, award.golden_entry, str(award.decision)]
        for number, award in enumerate(granted.select_related("decision"), start=1)
    ]
    if not rows:
        return []
    columns = [
        {"title": "TT", "width": 10, "align": "c"},
        {"title": "Tập thể, cá nhân", "width": 52, "align": ""},
        {"title": "Chức vụ, đơn vị", "width": 0, "align": ""},
        {"title": "Số sổ vàng", "width": 26, "align": "c"},
        {"title": "Quyết định", "width": 28, "align": "c"},
    ]
    table = {"columns": columns, "rows": rows}
    return [
        {"name": "Phụ lục", "title": "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG", "table": table}
    ]


def over_years(table: Table, rows: Iterable[Row]) -> bytes:
    """What is counted, unit by unit over the years, as a workbook. Nothing is not nought."""
    columns = [xlsx.Column(_("Unit"), 60), *(xlsx.Column(str(year), 10) for year in table.years)]
    lines = [[row.title, *row.numbers] for row in rows]
    lines.append([_("All units"), *table.totals()])
    return xlsx.workbook(str(table.counted.label), columns, lines)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LINE else f"{flat[:LINE].rsplit(' ', 1)[0]}…"
