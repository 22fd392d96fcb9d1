"""What the demonstration's units write: reports with figures that differ from one to another."""

import random

from campaigns.models import Content

ACHIEVEMENTS = [
    (
        "Đưa {a} thủ tục hành chính lên trực tuyến; tỷ lệ hồ sơ trực tuyến toàn trình đạt {p},{d} %, "
        "tăng {g} điểm phần trăm so với năm trước."
    ),
    "Thành lập {t} Tổ công nghệ số cộng đồng, hướng dẫn {n} lượt người dân nộp hồ sơ tại nhà.",
    "Số hóa {p},{d} % kết quả giải quyết thủ tục hành chính còn hiệu lực, dùng lại cho lần sau.",
    "Tổ chức {t} lớp bồi dưỡng kỹ năng số cho {n} cán bộ, hội viên và người dân.",
    "Vận động {p} % hộ kinh doanh tại chợ thanh toán không dùng tiền mặt.",
    "Cấp {n} chữ ký số cá nhân miễn phí, trong đó {p} % được dùng hằng tháng.",
    "Kết nối {t} hệ thống thông tin với trục dữ liệu của tỉnh, bỏ {a} loại báo cáo giấy.",
    "Phê duyệt cấp độ an toàn cho {t} hệ thống thông tin, không để xảy ra sự cố mất dữ liệu.",
]
SITUATION = [
    (
        "Đơn vị có {n} cán bộ, công chức, viên chức; trực tiếp tham mưu và thực hiện nhiệm vụ chuyển "
        "đổi số được giao trong kế hoạch của tỉnh."
    ),
    (
        "Công tác tại đơn vị {t} năm, được phân công phụ trách nhiệm vụ chuyển đổi số; luôn hoàn "
        "thành nhiệm vụ, gương mẫu chấp hành quy định."
    ),
]
EARLIER = [
    "Giấy khen của Thủ trưởng đơn vị năm 2023; Lao động tiên tiến các năm 2022, 2023, 2024.",
    "Chiến sĩ thi đua cơ sở năm 2024; Giấy khen về phong trào chuyển đổi số năm 2023.",
    "Chưa được tặng Bằng khen; Lao động tiên tiến năm 2023, 2024.",
]


def filled(text: str, rng: random.Random) -> str:
    return text.format(
        a=rng.randint(12, 96),
        p=rng.randint(71, 99),
        d=rng.randint(0, 9),
        g=rng.randint(4, 35),
        t=rng.randint(2, 11),
        n=f"{rng.randint(1, 9)}.{rng.randint(100, 999)}",
    )


def report(rng: random.Random) -> dict[str, str]:
    """Parts I and III and the general words of part II."""
    return {
        "situation": filled(rng.choice(SITUATION), rng),
        "results": filled(rng.choice(ACHIEVEMENTS), rng),
        "initiatives": "",
        "observance": "Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước.",
        "earlier_awards": rng.choice(EARLIER),
    }


def sections(contents: list[Content], rng: random.Random) -> dict[int, str]:
    """{content id: text} for three contents of the campaign."""
    chosen = rng.sample(contents, k=min(3, len(contents)))
    return {content.pk: filled(rng.choice(ACHIEVEMENTS), rng) for content in chosen}
