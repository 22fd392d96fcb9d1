"""Vietnamese names and paragraphs of the length that people write, the same at every run."""

from random import Random


def listed(text: str, between: str = ",") -> list[str]:
    return [" ".join(each.split()) for each in text.split(between)]


FAMILIES = listed("""
    Nguyễn, Trần, Lê, Phạm, Huỳnh, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Phan, Trương, Đinh
""")
WOMEN = listed("""
    Thị, Ngọc, Thanh, Kim, Bích, Mỹ, Hồng, Thùy
""")
MEN = listed("""
    Văn, Hữu, Minh, Quốc, Thành, Hoàng, Đức, Công, Tấn, Trọng
""")
GIVEN = listed("""
    Hương, Lan, Mai, Trúc, Ngân, Liên, Tuyết, Vân, Hạnh, Phượng, Quyên, Diễm, Thảo, Yến, Ánh,
    Duyên, Tâm, Phước, Khánh, Đức, Trung, Nam, Hải, Thuận, Lộc, Phúc, Tài, Sơn, Nghĩa, Dũng, Khoa,
    Bình
""")
PLACES = listed("""
    Cao Lãnh, Sa Đéc, Hồng Ngự, Mỹ Tho, Gò Công, Cai Lậy, Tháp Mười, Tam Nông, Tân Hồng, Thanh
    Bình, Lấp Vò, Lai Vung, Châu Thành, Cái Bè, Chợ Gạo, Tân Phước, Mỹ An, Bình Hàng
""")
OFFICES = listed("""
    Văn phòng Hội đồng nhân dân và Ủy ban nhân dân, Phòng Văn hóa – Xã hội, Phòng Kinh tế, Trung
    tâm Phục vụ hành chính công, Tổ công nghệ số cộng đồng, Trạm Y tế, Trường Tiểu học
""")
POSITIONS = listed("""
    Công chức Văn phòng – Thống kê, Chuyên viên, Tổ trưởng Tổ công nghệ số cộng đồng, Phó Trưởng
    phòng, Viên chức, Nhân viên kỹ thuật, Trưởng trạm
""")
SENTENCES = listed(
    """
    Trong giai đoạn được xét, tập thể đã quán triệt đầy đủ các nghị quyết, kế hoạch của Tỉnh
    về chuyển đổi số đến toàn thể cán bộ, công chức, viên chức và người lao động.

    Tỷ lệ hồ sơ giải quyết trực tuyến toàn trình đạt 92,4 %, tăng 31,5 điểm phần trăm so với
    năm trước; không có hồ sơ trễ hạn.

    Đã hướng dẫn 1.284 lượt người dân cài đặt và sử dụng định danh điện tử, nộp hồ sơ trực
    tuyến, thanh toán không dùng tiền mặt tại các điểm chợ và bến xe.

    Sáng kiến “Tổ công nghệ số đến từng ngõ” được Hội đồng sáng kiến công nhận, có phạm vi ảnh
    hưởng trong toàn tỉnh và tiết kiệm khoảng 420 triệu đồng mỗi năm.

    Số hóa toàn bộ 18.560 sổ hộ tịch, liên thông với cơ sở dữ liệu quốc gia về dân cư, rút
    ngắn thời gian cấp bản sao trích lục từ hai ngày xuống còn mười lăm phút.

    Phối hợp với các doanh nghiệp viễn thông phủ sóng băng rộng đến 100 % ấp, khóm; xóa các
    điểm lõm sóng ở vùng biên giới.

    Đưa 36 sản phẩm OCOP của địa phương lên sàn thương mại điện tử, doanh thu qua mạng đạt
    12,7 tỷ đồng, góp phần nâng thu nhập của người trồng sen, trồng xoài.

    Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước; nội bộ đoàn kết,
    không có đơn thư khiếu nại, tố cáo kéo dài.

    Tổ chức mười hai lớp tập huấn về kỹ năng số, an toàn thông tin cho cán bộ khóm, ấp và đoàn
    viên, hội viên, với trên 900 người tham dự.

    Được Ủy ban nhân dân xã tặng Giấy khen năm 2023 và được công nhận danh hiệu Lao động tiên
    tiến hai năm liền.
    """,
    between="\n\n",
)


def name(rng: Random) -> tuple[str, str]:
    """(full name, sex)."""
    woman = rng.random() < 0.5
    middle = rng.choice(WOMEN if woman else MEN)
    words = [rng.choice(FAMILIES), middle, rng.choice(GIVEN)]
    if rng.random() < 0.4:
        words.insert(2, rng.choice(GIVEN))
    return " ".join(words), "female" if woman else "male"


def text(rng: Random, letters: int) -> str:
    """Some paragraphs, of at least so many letters."""
    lines: list[str] = []
    while sum(map(len, lines)) < letters:
        lines.append(" ".join(rng.choices(SENTENCES, k=3)))
    return "\n\n".join(lines)
