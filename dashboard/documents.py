"""The summary report on paper: layout of Nghị định 30/2020, figures of the dashboard; the years
as a workbook."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.rules import heads
from awards.models import NomineeKind
from campaigns.models import AwardRound
from core.clock import clock
from core.documents import charts, pdf, xlsx
from core.documents.templatetags.paper import (
    date_in_words,
    document_number,
    figure,
    lower_first,
    two_digits,
)
from core.text import fold
from dashboard import figures
from dashboard.figures.years import Row, Table
from dossiers.models import Nomination, ReportSection

MOST_EXAMPLES = 3  # achievements quoted for each content
LINE = 400  # characters of a quoted achievement


def summary(
    of_round: AwardRound, *, user: User, signing: dict[str, str], remarks: dict[str, str]
) -> tuple[str, bytes]:
    """The report in what this person may see: the file's name, and a PDF. Paper is Vietnamese always.

    `signing`: number (“412/BC-SNV”, or its symbol alone, “/BC-SNV”), signed_on (ISO, or empty),
    signer, signer_role (lines parted by strokes), receivers (one on each line).
    """
    with translation.override("vi"):
        content = pdf.render("summary.html", context(of_round, user, signing, remarks))
    name = f"bao-cao-{slugify(fold(str(of_round.campaign)))[:60]}-{of_round.code}.pdf"
    return name, content


def context(
    of_round: AwardRound, user: User, signing: dict[str, str], remarks: dict[str, str]
) -> dict[str, Any]:
    """What templates/documents/summary.html needs; every number from `figures`."""
    campaign = of_round.campaign
    counts = figures.counts(user, of_round)
    units = figures.registered(user, of_round).count()
    body = body_of(user, campaign.unit)
    whom = figures.of_whom(user, of_round)
    day = signing["signed_on"]
    return {
        "head": {
            **heads.issuing(body, body.name, campaign.unit.name),
            "number": document_number(signing["number"]),
            "place": heads.place(body, body.name, campaign.place or campaign.unit.name),
            "date": date.fromisoformat(day) if day else None,
            "about": "",
        },
        "kind": "BÁO CÁO",
        "signed_by": heads.issuer(body, body.name),
        "subject": f"{of_round.name}\nphong trào thi đua “{campaign.name}”",
        "opening": [opening(of_round), *reach(whom)],
        "leadership": {"paragraphs": leadership(of_round, units, whom)},
        "results": results(of_round, user, counts, units),
        "contents": contents(of_round, user),
        "awards": awards(of_round, user, whom),
        "end": {
            "receivers": [line.rstrip(";.") for line in _paragraphs(signing["receivers"])],
            "roles": heads.roles(body, _roles(signing["signer_role"])),
            "signer": signing["signer"],
        },
        "annexes": annexes(of_round, user),
    } | {key: {"paragraphs": _paragraphs(text)} for key, text in remarks.items()}


def body_of(user: User, province: Unit) -> Unit:
    """Whose report it is: of the unit at which the person works, else of the province."""
    return user.home_unit or province


def opening(of_round: AwardRound) -> str:
    campaign = of_round.campaign
    plan = f"Kế hoạch số {document_number(campaign.number)}" if campaign.number else "Kế hoạch"
    if campaign.signed_on:
        plan += f" {date_in_words(campaign.signed_on)}"
    return (
        f"Thực hiện {plan} của {campaign.issuer or campaign.unit} về {campaign.title}, "
        f"kết quả {of_round.name[0].lower()}{of_round.name[1:]} như sau:"
    )


def reach(whom: str) -> list[str]:
    """Of whom the figures are, where they are not the whole campaign's (`figures.of_whom`)."""
    if not whom:
        return []
    said = f"Số liệu trong báo cáo này là của {whom} và các đơn vị trực thuộc"
    return [f"{said}, không phải của toàn phong trào."]


def leadership(of_round: AwardRound, units: int, whom: str) -> list[str]:
    """How many units had registered while dossiers were taken, if any had, and who steers."""
    campaign, today = of_round.campaign, clock.today()
    until = min(today, of_round.last_day or today)
    said = []
    if units:
        said.append(
            f"Đến {date_in_words(until)}, {f'{whom} ' if whom else ''}có "
            f"{figure(units)} đơn vị đăng ký tham gia "
            f"phong trào “{campaign.name}”."
        )
    if steward := campaign.steward_on(today):
        said.append(f"Cơ quan thường trực của phong trào là {steward}.")
    return [" ".join(said)] if said else []


def results(of_round: AwardRound, user: User, counts: dict[str, int], units: int) -> dict:
    """The funnel as a table, and the pace of sending as a chart."""
    rows: list[list[Any]] = [["Đơn vị đăng ký tham gia", units]] if units else []
    rows += [[f"Hồ sơ: {_within(str(step.label))}", counts[step.name]] for step in figures.FUNNEL]
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
        names = [str(kind.label) for kind, _done, _all in kinds]
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
    """Each content with some achievements of nominees who were awarded or are agreed to: of each kind
    one before a second of any, in the order of the kinds, as in lists and decisions."""
    revoked = figures.chosen(user, of_round, "revoked").values("pk")
    agreed = figures.chosen(user, of_round, "council-agreed").exclude(pk__in=revoked)
    agreed = agreed.exclude(result=Nomination.Result.OVER_QUOTA)
    written = (
        ReportSection.objects.filter(report__nomination__in=agreed.values("pk"))
        .exclude(text="")
        .select_related("report__nomination")
        .order_by("content__order", "report__nomination__name")
    )
    sections: dict[int, list[ReportSection]] = {}
    for section in written:
        sections.setdefault(section.content_id, []).append(section)
    quoted = {
        content: [f"{one.report.nomination.titled}: {_short(one.text)}" for one in _some(found)]
        for content, found in sections.items()
    }
    return [
        {"label": content.code, "title": content.name, "paragraphs": quoted.get(content.pk, [])}
        for content in of_round.campaign.contents.all()
    ]


def _some(sections: list[ReportSection]) -> list[ReportSection]:
    kinds = [
        [section for section in sections if section.report.nomination.kind == kind]
        for kind in NomineeKind
    ]
    turns = [section for turn in zip_longest(*kinds) for section in turn if section]
    chosen = turns[:MOST_EXAMPLES]
    return [section for kind in kinds for section in kind if section in chosen]


def awards(of_round: AwardRound, user: User, whom: str) -> dict[str, Any]:
    """Nominees and what became of them by kind, and the direct workers; the places of the plan
    only beside the figures of the whole campaign, whose they are."""
    nominees = figures.nominees(user, of_round)
    places: Counter[str] = Counter()
    for row in figures.quotas(of_round, nominees):
        if row["size"] is not None:
            places[row["kind"]] += row["size"]
    kinds = figures.by_kind(nominees, also=places)
    columns = [
        ("Đề nghị", 26, [row["proposed"] for row in kinds]),
        ("Số suất", 26, [places.get(row["kind"]) for row in kinds]),
        ("Được khen", 26, [row["granted"] for row in kinds]),
        ("Không được khen", 30, [row["turned-down"] for row in kinds]),
    ]
    if whom:
        del columns[1]
    table = {
        "caption": "Bảng 2. Đề nghị và khen thưởng",
        "columns": [
            {"title": "Đối tượng", "width": 0, "align": ""},
            *({"title": title, "width": width, "align": "n"} for title, width, _n in columns),
        ],
        "rows": [
            [str(row["label"]), *(numbers[place] for _title, _width, numbers in columns)]
            for place, row in enumerate(kinds)
        ],
    }
    paragraphs = []
    if direct := figures.direct_workers(nominees):
        paragraphs.append(
            f"Người lao động trực tiếp: {figure(direct['direct'])} trên "
            f"{figure(direct['individuals'])} cá nhân được đề nghị "
            f"({figure(direct['share'], 1)} %)."
        )
    if revoked := sum(row["revoked"] for row in kinds):
        paragraphs.append(
            f"Đã hủy quyết định tặng {two_digits(revoked)} trường hợp; các trường hợp này không "
            "tính vào số được khen."
        )
    return {"tables": [table], "paragraphs": paragraphs}


def annexes(of_round: AwardRound, user: User) -> list[dict[str, Any]]:
    """The list of those whose awards of this round stand, if there are any."""
    granted = figures.chosen(user, of_round, "granted").select_related("award__decision")
    in_book = granted.order_by("award__golden_series", "award__golden_number")
    listed = [nominee.award for nominee in in_book if nominee.award]
    rows = [
        [number, award.name, award.position, award.golden_entry, str(award.decision)]
        for number, award in enumerate(listed, start=1)
    ]
    if not rows:
        return []
    columns = [
        {"title": "TT", "width": 10, "align": "c"},
        {"title": "Tập thể, cá nhân", "width": 46, "align": ""},
        {"title": "Chức vụ, đơn vị", "width": 0, "align": ""},
        {"title": "Số sổ vàng", "width": 31, "align": "c whole"},
        {"title": "Quyết định", "width": 34, "align": "c whole"},
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


def _within(label: str) -> str:
    """A label within a line: its capital goes, but for that of the council, which is a name."""
    return label if label.startswith("Hội đồng") else lower_first(label)


def _roles(said: str) -> list[str]:
    return [line.strip().upper() for line in said.split("/") if line.strip()]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LINE else f"{flat[:LINE].rsplit(' ', 1)[0]}…"
