"""Words for certificates: ordinary ones by the hundred, and the hard cases."""

import datetime
import random

from core.documents.stamp import CertificateText

HOST = "khenthuong.dongthap.example"
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Ưng"]
MIDDLE = ["Văn", "Thị", "Hữu", "Đức", "Minh", "Thùy", "Ngọc", "Quỳnh", "Thế", "Đình", "Mỹ", "Kỳ"]
GIVEN = [
    "An",
    "Ẩn",
    "Bằng",
    "Cường",
    "Dũng",
    "Đệ",
    "Hạnh",
    "Hưởng",
    "Khuê",
    "Mẫn",
    "Ngữ",
    "Ước",
    "Ý",
]
POSTS = ["Giáo viên", "Chuyên viên", "Trưởng phòng", "Viên chức", "Công chức"]
UNITS = [
    "Trường Trung học phổ thông chuyên Nguyễn Quang Diêu",
    "Sở Giáo dục và Đào tạo",
    "Ủy ban nhân dân xã Tân Hộ Cơ",
    "Trung tâm Kiểm soát bệnh tật tỉnh",
    "Chi cục Thủy lợi và Phòng chống thiên tai",
    "Hợp tác xã Nông nghiệp Mỹ Đông 2",
]
REASONS = [
    (
        "Đã có thành tích xuất sắc trong thực hiện phong trào thi đua “Đồng Tháp đẩy mạnh chương trình "
        "chuyển đổi số”, giai đoạn 2022 - 2025"
    ),
    "Đã có nhiều đóng góp trong công tác cải cách thủ tục hành chính giai đoạn 2021 - 2025",
    (
        "Hoàn thành xuất sắc nhiệm vụ hai năm liên tục (2024 - 2025), có sáng kiến được áp dụng hiệu "
        "quả trong phạm vi cấp cơ sở"
    ),
]
LONG_NAME = (
    "Tập thể cán bộ, giáo viên, nhân viên Trường Phổ thông dân tộc nội trú Trung học cơ sở và "
    "Trung học phổ thông Tân Hồng"
)
LONG_PERSON = (
    "Bà Công Tằng Tôn Nữ Hoàng Thị Bích Liên Nguyễn Huỳnh Phương Thảo Trần Lê Quỳnh Như Đặng Vũ "
    "Thùy Dương Phan Mỹ Hạnh Ánh"
)
LONG_POSITION = (
    "Đơn vị trực thuộc Sở Giáo dục và Đào tạo tỉnh Đồng Tháp, ấp Chiến Thắng, xã Tân Hộ Cơ, huyện "
    "Tân Hồng (nay là xã Tân Hộ Cơ, tỉnh Đồng Tháp)"
)
LONG_REASON = (
    "Đã có thành tích xuất sắc trong công tác lãnh đạo, chỉ đạo, tổ chức thực hiện phong trào thi "
    "đua “Đồng Tháp đẩy mạnh chương trình chuyển đổi số” giai đoạn 2022 - 2025, góp phần xây dựng "
    "chính quyền số, phát triển kinh tế số, xã hội số và hoàn thành thắng lợi Nghị quyết Đại hội "
    "Đảng bộ tỉnh lần thứ XI, nhiệm kỳ 2020 - 2025"
)


def text(number=0, **words):
    """A certificate for one person; `words` replace single fields."""
    code = f"BK-NBT568R5{number:04d}"
    ordinary = {
        "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP",
        "name": "Bà Nguyễn Thị Quỳnh Hưởng",
        "position": "Giáo viên, Trường Trung học phổ thông chuyên Nguyễn Quang Diêu",
        "reason": REASONS[0],
        "decision": "1200/QĐ-UBND ngày 05 tháng 12 năm 2025",
        "golden_number": f"{number + 1:05d}/2025",
        "code": code,
        "url": f"https://{HOST}/x/{code}",
        "host": HOST,
        "place": "Đồng Tháp",
        "date": datetime.date(2025, 12, 5),
        "signer_role": "CHỦ TỊCH",
        "signer": "Trần Hữu Phước",
    }
    return CertificateText(**{**ordinary, **words})


def many(count, seed=7):
    """Ordinary certificates with a wide spread of letters, the same for the same seed."""
    pick = random.Random(seed).choice
    for number in range(count):
        person = f"{pick(['Ông', 'Bà'])} {pick(FAMILY)} {pick(MIDDLE)} {pick(GIVEN)}"
        position = f"{pick(POSTS)}, {pick(UNITS)}"
        yield text(number, name=person, position=position, reason=pick(REASONS))


HARD = {
    "long": {"name": LONG_NAME, "position": LONG_POSITION, "reason": LONG_REASON},
    "person of 120 characters": {"name": LONG_PERSON, "position": LONG_POSITION},
    "two lines above the signature": {"signer_role": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"},
    "no position": {"name": "Hộ gia đình ông Nguyễn Văn Đức", "position": ""},
    "giấy khen": {"title": "GIẤY KHEN", "authority": "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO ĐỒNG THÁP"},
    "minority name": {"name": "Ông Y Bhôk Ƀuôn Čil Ñăm Ŏ Ŭ"},
    "letters with two marks": {"name": "Bà H’Ê̆ Ô̆ban Ơ̆n Ư̆ng ê̆ ô̆ ơ̆ ư̆"},
    "foreign name": {"name": "Bà Françoise Müller-Øst"},
    "long authority": {"authority": "CHỦ TỊCH " + "ỦY BAN NHÂN DÂN THÀNH PHỐ TRỰC THUỘC " * 2},
    "one long word": {"name": "N" * 60},
}
