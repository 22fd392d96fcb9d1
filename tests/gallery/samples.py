"""Rows, findings and offers to fill the gallery with; nothing is stored."""

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from core.findings import Finding, Weight
from core.workflow import Offer, Transition

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Dossier:
    pk: int
    code: str
    title: str
    state: str
    due_on: date
    points: float
    paused: bool = False
    version: int = 3

    TONES = {
        "draft": ("idle", "pencil"),
        "appraising": ("info", "search"),
        "returned": ("err", "arrow-return-left"),
        "appraised": ("ok", "check-lg"),
    }
    LABELS = {
        "draft": "Đang soạn",
        "appraising": "Đang thẩm định",
        "returned": "Trả lại bổ sung",
        "appraised": "Đã thẩm định",
    }

    def __str__(self):
        return self.code

    def get_state_display(self):
        return self.LABELS[self.state]

    def get_absolute_url(self):
        return f"/gallery/{self.pk}/"


DOSSIERS = [
    Dossier(1, "KH207-0107", "2 tập thể, 1 cá nhân", "appraised", date(2025, 11, 28), 89.7),
    Dossier(2, "KH207-0131", "1 tập thể, 2 cá nhân", "appraising", date(2025, 12, 3), 92.5),
    Dossier(3, "KH207-0148", "lần nộp 2", "returned", date(2025, 12, 5), 92.5, paused=True),
    Dossier(4, "KH207-0140", "1 hộ gia đình", "draft", date(2025, 12, 10), 93.8),
]

FINDINGS = [
    Finding(
        "Tờ trình ghi tên tập thể khác với danh sách. Tên trên bằng sẽ lấy theo danh sách.",
        Weight.WARN,
    ),
    Finding(
        "Biên bản chưa ghi số phiếu của ông Lê Minh Tâm trên tổng số thành viên Hội đồng.",
        basis="Điều 22 Luật Thi đua, khen thưởng",
        href="#bien-ban",
    ),
]


def step(name, label, **more):
    return Transition(
        name=name, label=label, sources=frozenset({"draft"}), target="sent", perm="x.y", **more
    )


OFFERS = [
    Offer(step("submit", "Trình lãnh đạo duyệt"), FINDINGS),
    Offer(step("accept", "Tiếp nhận hồ sơ"), []),
    Offer(step("return", "Trả lại bổ sung", needs_note=True, tone="second"), []),
]

HISTORY = [
    SimpleNamespace(
        label="Trả lại bổ sung",
        actor_name="Phạm Quốc Khánh, Sở Nội vụ",
        at=datetime(2025, 12, 1, 15, 20, tzinfo=HERE),
        note="Biên bản chưa ghi số phiếu tán thành của 2 cá nhân.",
    ),
    SimpleNamespace(
        label="Trình Sở Nội vụ",
        actor_name="Nguyễn Thị Thanh Trúc, UBND phường Cao Lãnh",
        at=datetime(2025, 11, 27, 9, 41, tzinfo=HERE),
        note="",
    ),
]

DOCUMENT = SimpleNamespace(
    name="Bao-cao-thanh-tich.pdf", media_type="application/pdf", size=1_887_436
)
