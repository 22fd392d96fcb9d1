"""What is written on a certificate, and the same as data."""

import dataclasses
import datetime
import json
import unicodedata
from typing import Any

from core.documents.templatetags.paper import date_in_words


@dataclasses.dataclass(frozen=True)
class CertificateText:
    """The words of one certificate, as printed; each field is one line of plain text.

    Collectives, households and individuals differ only in these words: `name` carries "Ông" or
    "Hộ gia đình ông", `position` may be empty. `signer_role` may have two lines, parted by a line
    break ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"). `decision` has number and date.
    """

    authority: str  # CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP
    name: str
    reason: str
    decision: str  # 1200/QĐ-UBND ngày 05 tháng 12 năm 2025
    golden_number: str
    code: str
    url: str  # what the QR code says
    host: str  # where a person may type the code
    place: str
    date: datetime.date
    signer_role: str
    signer: str
    position: str = ""
    title: str = "BẰNG KHEN"

    def cleaned(self) -> "CertificateText":
        """The same in composed letters, with single spaces and no empty ends."""
        words: dict[str, Any] = {
            field.name: tidy(value)
            for field in dataclasses.fields(self)
            if isinstance(value := getattr(self, field.name), str)
        }
        return dataclasses.replace(self, **words)

    @property
    def heading(self) -> str:
        """Title of the file: "Bằng khen 00012/2025 – Bà Nguyễn Thị Hưởng"."""
        return f"{self.title.capitalize()} {self.golden_number} – {self.name}"

    @property
    def dated(self) -> str:
        return date_in_words(self.date)

    @property
    def role_lines(self) -> list[str]:
        return self.signer_role.splitlines()

    def data(self) -> bytes:
        """What the file carries for machines: no more than is printed on it."""
        content = {
            "loai": self.title,
            "thamQuyen": self.authority,
            "nguoiNhan": self.name,
            "chucVu": self.position,
            "thanhTich": self.reason,
            "quyetDinh": self.decision,
            "soVang": self.golden_number,
            "ngay": self.date.isoformat(),
            "nguoiKy": self.signer,
            "ma": self.code,
            "diaChi": self.url,
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def tidy(text: str) -> str:
    """Composed letters, single spaces, no invisible signs; line breaks stay."""
    seen = "".join(filter(_is_seen, unicodedata.normalize("NFC", text)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in seen.splitlines())))


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) != "Cf"  # marks of direction and width, pasted along
