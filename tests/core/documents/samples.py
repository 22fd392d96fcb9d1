"""Full words for every paper, as the apps would give them."""

import datetime

from core.documents import charts

HEAD = {
    "superior": "UBND TỈNH ĐỒNG THÁP",
    "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "number": "412/BC-SKHCN",
    "place": "Đồng Tháp",
    "date": datetime.date(2025, 12, 8),
}
END = {
    "receivers": ["UBND tỉnh (báo cáo)", "Sở Nội vụ", "Lưu: VT, TĐKT (05)"],
    "roles": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    "signer": "Đỗ Quỳnh Ngữ",
}
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OPENING = (
    "Thực hiện Kế hoạch số 207/KH-UBND ngày 07 tháng 6 năm 2022 của Ủy ban nhân dân tỉnh, các cơ "
    "quan, đơn vị, địa phương đã triển khai sâu rộng phong trào thi đua “Đồng Tháp đẩy mạnh chương "
    "trình chuyển đổi số” giai đoạn 2021 - 2025. Kết quả cụ thể như sau:"
)


def targets(rows):
    """A table of targets, `rows` long, with a total."""
    columns = [("STT", 12, "c"), ("Chỉ tiêu", 0, ""), ("Kế hoạch", 24, "n"), ("Tỷ lệ", 20, "n")]
    return {
        "caption": "Bảng 1. Chỉ tiêu của phong trào",
        "columns": [
            {"title": title, "width": width, "align": align} for title, width, align in columns
        ],
        "rows": [[n + 1, f"Chỉ tiêu thứ {n + 1}", 1234.5 + n, "95,6%"] for n in range(rows)],
        "total": ["", "Cộng", None, "95,7%"],
    }


def summary():
    """A report on a campaign with every part filled."""
    by_block = charts.bars(
        ["Sở, ngành", "Xã, phường", "Doanh nghiệp"],
        {"Đăng ký": [142, 318, 96], "Được khen thưởng": [68, 202, None]},
        "Hình 1. Tập thể đăng ký và được khen thưởng",
    )
    halves = [
        charts.lines(
            ["2023", "2024", "2025"], {"Bằng khen": [530, 645, 781]}, "Hình 2. Qua các năm"
        ),
        charts.shares({"Tập thể": 20, "Cá nhân": 30}, "Hình 3. Cơ cấu"),
    ]
    return {
        "head": HEAD,
        "kind": "BÁO CÁO",
        "subject": "Tổng kết phong trào thi đua\ngiai đoạn 2021 - 2025",
        "end": END,
        "opening": [OPENING],
        "leadership": {"paragraphs": [OPENING]},
        "results": {"charts": [by_block]},
        "contents": [
            {"label": "a", "title": "Tăng cường lãnh đạo", "tables": [targets(3)]},
            {"label": "b", "title": "Xây dựng kế hoạch"},
        ],
        "models": {"paragraphs": [OPENING]},
        "awards": {"charts": halves},
        "limits": {"paragraphs": ["Một số đơn vị gửi báo cáo chậm."]},
        "lessons": {"paragraphs": ["Người đứng đầu phải trực tiếp chỉ đạo."]},
        "directions": {"paragraphs": ["Phát động đợt thi đua mới."]},
        "annexes": [{"name": "Phụ lục I", "title": "BẢNG CHỈ TIÊU", "table": targets(60)}],
    }


def decision():
    """An award decision with its list."""
    person = {"name": "Bà Nguyễn Thị Hưởng", "position": "Giáo viên, Trường Tân Hộ Cơ", "note": "6"}
    return {
        "head": {**HEAD, "superior": "", "issuer": "CHỦ TỊCH\nỦY BAN NHÂN DÂN TỈNH"},
        "kind": "QUYẾT ĐỊNH",
        "subject": "Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP",
        "bases": ["Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"],
        "proposal": "Giám đốc Sở Nội vụ tại Tờ trình số 512/TTr-SNV ngày 03 tháng 12 năm 2025",
        "signed_by": "Chủ tịch Ủy ban nhân dân tỉnh",
        "award": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "achievement": "có thành tích xuất sắc trong phong trào thi đua chuyển đổi số",
        "executors": "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ",
        "collectives": [{"name": "Trường Nguyễn Quang Diêu", "position": "Sở GDĐT", "note": "1"}]
        * 5,
        "individuals": [person] * 30,
        "households": [],
        "end": END,
    }


def receipt():
    """A receipt for a dossier with its papers."""
    return {
        "head": HEAD,
        "kind": "GIẤY TIẾP NHẬN HỒ SƠ",
        "number": "00012/2025",
        "received_at": datetime.datetime(2025, 12, 1, 2, 42, tzinfo=datetime.UTC),
        "sender": "Trường Trung học phổ thông chuyên Nguyễn Quang Diêu",
        "sent_by": "Lê Thị Mỹ Duyên",
        "campaign": "Đồng Tháp đẩy mạnh chương trình chuyển đổi số",
        "round": "Tổng kết, thành tích giai đoạn 2022 - 2025",
        "sha256": DIGEST,
        "nominees": [{"name": "Tổ Tin học", "detail": "Bằng khen"}],
        "items": [{"name": "Tờ trình", "detail": "to-trinh.pdf, 1,2 MB", "sha256": DIGEST}],
        "deadline": datetime.date(2025, 12, 10),
        "late": False,
        "check_url": "khenthuong.dongthap.example/giay-tiep-nhan",
    }
