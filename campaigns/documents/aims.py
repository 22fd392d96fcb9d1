"""Papers of a registration of titles: a unit's list, and the receipt of lists sent upward."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation

from accounts.models import Unit
from accounts.rules import heads
from awards.models import NomineeKind
from campaigns.models import AimCall, AimList, AimRollUp
from core.clock import clock
from core.documents import pdf

KINDS = {
    NomineeKind.COLLECTIVE: "Tập thể",
    NomineeKind.INDIVIDUAL: "Cá nhân",
    NomineeKind.HOUSEHOLD: "Hộ gia đình",
    NomineeKind.ENTERPRISE: "Doanh nghiệp",
}
STANDS = {
    AimList.State.DRAFT: "Bản đang lập, chưa gửi.",
    AimList.State.REFUSED: "Bản bị từ chối, chưa gửi lại.",
}
WHOLE_TO = 8  # aims of a unit that is not parted between two pages
NAMES_A_ROW = 12  # a row is not parted between two pages


def aim_list(row: AimList) -> bytes:
    """What one unit sets out to earn, as a PDF; one that was not sent says so."""
    with translation.override("vi"):
        return pdf.render("aim_list.html", list_context(row))


def list_context(row: AimList) -> dict[str, Any]:
    """What templates/documents/aim_list.html needs."""
    call, aims = row.call, list(row.aims.select_related("award_type"))
    return {
        "head": _head(row.unit, row.unit_name, call, row.sent_at),
        "kind": "BẢN ĐĂNG KÝ",
        "subject": f"Danh hiệu thi đua, hình thức khen thưởng năm {call.year}",
        "of": _of(call),
        "to": row.receiver.name,
        "stands": STANDS.get(AimList.State(row.state), ""),
        "sent_at": row.sent_at,
        "aims": [
            {
                "award": str(aim.award_type),
                "kind": KINDS[NomineeKind(aim.kind)],
                "number": aim.number,
                "name": aim.name,
            }
            for aim in aims
        ],
        "total": sum(aim.number for aim in aims),
        "note": [line.strip() for line in row.note.splitlines() if line.strip()],
        "end": {
            "receivers": ["Như trên", "Lưu: VT"],
            "roles": ["THỦ TRƯỞNG ĐƠN VỊ"],
            "signer": "",
        },
    }


def aim_receipt(sent: AimRollUp, shown: Sequence[dict[str, Any]]) -> bytes:
    """The receipt of lists sent upward, as a PDF. `shown` are those of its contents that the
    reader may see; the paper says so where they are not all."""
    with translation.override("vi"):
        return pdf.render("aim_receipt.html", receipt_context(sent, shown))


def receipt_context(sent: AimRollUp, shown: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What templates/documents/aim_receipt.html needs: from what was kept at the sending."""
    call = sent.call
    return {
        "head": _head(sent.receiver, sent.receiver.name, call, sent.at) | {"number": sent.number},
        "kind": "GIẤY TIẾP NHẬN",
        "subject": f"Đăng ký danh hiệu thi đua,\nhình thức khen thưởng năm {call.year}",
        "of": _of(call),
        "sender": sent.unit.name,
        "sent_by": str(sent.by),
        "receiver": sent.receiver.name,
        "sent_at": sent.at,
        "lists": len(sent.contents),
        "in_part": len(shown) < len(sent.contents),
        "sha256": sent.sha256,
        "units": [_unit(each) for each in shown],
        "total": sum(aim["number"] for each in shown for aim in each["aims"]),
    }


def _unit(each: dict[str, Any]) -> dict[str, Any]:
    """A unit with its rows; one of few lines stays on one page."""
    return {
        "name": each["unit"],
        "rows": _rows(each["aims"]),
        "whole": len(each["aims"]) <= WHOLE_TO,
    }


def _rows(aims: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The aims of a unit, those of one title and kind together: numbers, then some names a row."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for aim in aims:
        groups.setdefault((aim["award"], aim["kind"]), []).append(aim)
    rows = []
    for (award, kind), mine in groups.items():
        said = {"award": award, "kind": KINDS[NomineeKind(kind)]}
        without = sum(aim["number"] for aim in mine if not aim["name"])
        rows += [said | {"number": without, "names": ""}] if without else []
        names = [aim["name"] for aim in mine if aim["name"]]
        for start in range(0, len(names), NAMES_A_ROW):
            some = names[start : start + NAMES_A_ROW]
            rows.append(said | {"number": len(some), "names": "; ".join(some)})
    return rows


def _of(call: AimCall) -> str:
    """What the registration belongs to, with its full name."""
    if call.campaign:
        return call.campaign.name
    return f"{call.block}"


def _head(unit: Unit, name: str, call: AimCall, at: Any) -> dict[str, Any]:
    """The head as Nghị định 30/2020/NĐ-CP has it for a body of this kind."""
    return {
        **heads.issuing(unit, name, call.unit.name),
        "number": "",
        "place": heads.place(unit, name, call.unit.name),
        "date": at.astimezone(clock.ZONE).date() if at else None,
    }
