"""Papers of a dossier: context in, kept document out. Paper is Vietnamese always."""

from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.timezone import localtime

from accounts.rules import heads
from awards.models import NomineeKind
from core.clock import clock
from core.documents import pdf
from core.ui.components.marks import size
from dossiers.models import Submission

# What the register of kinds is called on paper, whatever language the reader's pages have.
KINDS = {
    NomineeKind.COLLECTIVE: "Tập thể",
    NomineeKind.INDIVIDUAL: "Cá nhân",
    NomineeKind.HOUSEHOLD: "Hộ gia đình",
    NomineeKind.ENTERPRISE: "Doanh nghiệp",
}


def receipt(sent: Submission) -> tuple[str, bytes]:
    """The receipt of one sending: the file's name, and a PDF."""
    name = f"bien-nhan-{sent.number.replace('/', '-')}.pdf"
    return name, pdf.render("receipt.html", receipt_context(sent))


def receipt_context(sent: Submission) -> dict[str, Any]:
    """From what was kept at sending, never from the dossier as it is today."""
    dossier, contents = sent.dossier, sent.contents
    names = dict(dossier.campaign.components.values_list("code", "name"))
    closes_at = dossier.round.closes_at
    return {
        "head": _head(dossier, sent),
        "kind": "GIẤY TIẾP NHẬN HỒ SƠ",
        "number": sent.number,
        "received_at": sent.at,
        "sender": contents["general"]["unit_name"],
        "sent_by": str(sent.by),
        "campaign": dossier.campaign.name,
        "round": dossier.round.name,
        "sha256": sent.sha256,
        "nominees": [_nominee(row) for row in contents["nominees"]],
        "items": [_item(row, names) for row in contents["papers"]],
        "deadline": _last_day(closes_at) if closes_at and sent.ordinal == 1 else None,
        "late": bool(closes_at and sent.at >= closes_at),
        "check_url": "",
    }


def _head(dossier, sent):
    campaign, province = dossier.campaign, dossier.campaign.unit.name
    steward = campaign.steward_on(localtime(sent.at).date())
    seat = steward or campaign.unit
    usual = {"superior": f"ỦY BAN NHÂN DÂN\n{province.upper()}", "issuer": "SỞ NỘI VỤ"}
    return {
        **(heads.issuing(steward, steward.name, province) if steward else usual),
        "number": sent.number,
        "place": heads.place(seat, seat.name, campaign.place or province),
        "date": sent.at.astimezone(clock.ZONE).date(),
    }


def _nominee(row):
    award = row["position"] or row["workplace"]
    words = [KINDS[NomineeKind(row["kind"])], award]
    return {"name": row["name"], "detail": ", ".join(filter(None, words))}


def _item(row, names):
    said = ", ".join(filter(None, [row["number"], row["signer"]]))
    detail = f"{row['name']}, {size(row['size'])}" + (f" ({said})" if said else "")
    name = names.get(row["component"], row["component"])
    return {"name": name, "detail": detail, "sha256": row["sha256"]}


def _last_day(closes_at):
    return (closes_at - timedelta(seconds=1)).astimezone(clock.ZONE).date()


def outcomes(call: Any, lines: Any) -> bytes:
    """What units aimed at beside what they got, as a PDF. A dash is missing, never nought."""
    with translation.override("vi"):
        return pdf.render("outcomes.html", outcomes_context(call, lines))


def outcomes_context(call: Any, lines: Any) -> dict[str, Any]:
    """What templates/documents/outcomes.html needs."""
    columns = [("Đơn vị", 0, ""), ("Danh hiệu, hình thức", 46, ""), ("Đối tượng", 20, "")]
    columns += [("Đăng ký", 15, "c"), ("Đạt", 12, "c"), ("Ghi chú", 32, "")]
    return {
        "head": {
            **heads.issuing(call.collector, call.collector.name, call.unit.name),
            "number": "",
            "place": heads.place(call.collector, call.collector.name, call.unit.name),
            "date": clock.today(),
        },
        "kind": "ĐĂNG KÝ VÀ KẾT QUẢ",
        "subject": f"Danh hiệu thi đua, hình thức khen thưởng năm {call.year}\n{call}",
        "table": {
            "caption": "",
            "columns": [{"title": t, "width": w, "align": a} for t, w, a in columns],
            "rows": [
                [
                    line.unit_name,
                    f"{line.award}: {line.name}" if line.name else line.award or "–",
                    line.kind or "–",
                    "–" if line.aimed is None else str(line.aimed),
                    "–" if line.got is None else str(line.got),
                    {True: "Đạt", False: "Chưa đạt", None: line.words}[line.reached],
                ]
                for line in lines
            ],
        },
        "end": {"receivers": ["Lưu: VT"], "roles": ["THỦ TRƯỞNG CƠ QUAN"], "signer": ""},
    }
