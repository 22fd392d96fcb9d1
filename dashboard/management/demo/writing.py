"""What the demonstration's units write: texts that fit who they speak of, with figures that differ.

A text speaks for a commune or ward, for an office of the province, for a person, a household or
an enterprise; each content
of the plan has sentences of its own, so that a report answers what its heading asks.
"""

import random
from datetime import date
from enum import StrEnum

from accounts.models import Unit, UnitKind
from campaigns.models import Content
from core.clock import clock

LOCAL_KINDS = {UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL}


class Voice(StrEnum):
    """For whom a text speaks."""

    LOCAL = "local"
    OFFICE = "office"
    PERSON = "person"
    HOUSEHOLD = "household"
    ENTERPRISE = "enterprise"


# Numbers in braces: {a} tens, {p} per cent, {d} a decimal, {g} points gained, {t} a few, {n} many.
RESULTS = {
    Voice.LOCAL: {
        "a": "Ban hành kế hoạch chuyển đổi số của đơn vị; tuyên truyền {t} đợt đến toàn bộ ấp, khóm.",
        "b": (
            "Tỷ lệ hồ sơ trực tuyến toàn trình đạt {p},{d} %, tăng {g} điểm phần trăm so với năm "
            "trước."
        ),
        "c": "Tổ chức {t} lớp kỹ năng số cho {n} lượt cán bộ, hội viên và người dân.",
        "d": "Bố trí kinh phí, máy tính và đường truyền cho {t} điểm hỗ trợ dịch vụ công.",
        "e": "Lắp {a} điểm truy cập mạng không dây tại nhà văn hóa ấp, khóm và bộ phận một cửa.",
        "f": "Số hóa {p},{d} % kết quả giải quyết thủ tục hành chính còn hiệu lực để dùng lại.",
        "g": "Máy tính của cơ quan đều cài phần mềm phòng, chống mã độc; không để lộ, mất dữ liệu.",
        "h": "Phát động {t} đợt thi đua; {a} tổ công nghệ số cộng đồng đăng ký và có kết quả cụ thể.",
        "i": "Vận động {p} % hộ kinh doanh tại chợ thanh toán không dùng tiền mặt.",
        "j": "Hướng dẫn {n} lượt người dân cài định danh điện tử và nộp hồ sơ tại nhà.",
    },
    Voice.OFFICE: {
        "a": "Quán triệt nhiệm vụ chuyển đổi số đến toàn thể đơn vị; giao chỉ tiêu cho từng bộ phận.",
        "b": "Đưa {a} thủ tục thuộc lĩnh vực quản lý lên trực tuyến, rút ngắn thời gian giải quyết.",
        "c": "Tổ chức {t} lớp bồi dưỡng kỹ năng số cho công chức, viên chức, người lao động.",
        "d": "Bố trí {t} % dự toán chi thường xuyên cho chuyển đổi số, giải ngân hết trong năm.",
        "e": "Kết nối {t} hệ thống thông tin với trục dữ liệu của tỉnh, bỏ {a} loại báo cáo giấy.",
        "f": "Công bố {a} bộ dữ liệu mở của ngành trên cổng dữ liệu của tỉnh, cập nhật hằng quý.",
        "g": "Phê duyệt cấp độ an toàn cho {t} hệ thống thông tin, không để xảy ra sự cố mất dữ liệu.",
        "h": "Tổ chức phong trào thi đua trong đơn vị; {p} % bộ phận đăng ký việc làm cụ thể.",
        "i": "Triển khai {t} ứng dụng số chuyên ngành, phục vụ {n} lượt người dân.",
        "j": "Số hóa {p},{d} % hồ sơ lưu trữ, khai thác ngay trên hệ thống quản lý văn bản.",
    },
    Voice.PERSON: {
        "a": "Trực tiếp tham mưu kế hoạch chuyển đổi số của đơn vị, theo dõi và báo cáo từng quý.",
        "b": "Rà soát, đề xuất đơn giản hóa {t} thủ tục; đề xuất được đơn vị áp dụng.",
        "c": "Hướng dẫn kỹ năng số cho {a} đồng nghiệp và người dân trong {t} buổi.",
        "d": "Tham mưu bố trí trang thiết bị cho bộ phận một cửa, sử dụng đúng mục đích, tiết kiệm.",
        "e": "Vận hành thử {t} nền tảng số dùng chung; ghi lại và xử lý lỗi trong ngày.",
        "f": "Cùng bộ phận nhập, kiểm tra và làm sạch {p},{d} % dữ liệu được giao.",
        "g": "Quản lý tài khoản, sao lưu dữ liệu đúng quy trình; không để xảy ra mất an toàn.",
        "h": "Vận động {a} đoàn viên, đồng nghiệp tham gia đợt thi đua của đơn vị.",
        "i": "Hỗ trợ {a} hộ kinh doanh, hộ sản xuất dùng thanh toán và truy xuất bằng mã QR.",
        "j": "Hướng dẫn {a} lượt người dân nộp hồ sơ trực tuyến mỗi tháng, không để hồ sơ trễ hạn.",
    },
    Voice.HOUSEHOLD: {
        "a": "Vận động {a} hộ trong khóm, ấp tham gia chuyển đổi số; nhắc nhau qua nhóm cộng đồng.",
        "b": "Nộp trực tuyến toàn bộ hồ sơ hành chính của gia đình; không phải đi lại lần nào.",
        "c": "Mọi người trong nhà có định danh điện tử mức 2; chỉ lại cho {t} hộ lân cận.",
        "d": "Tự trang bị máy tính, đường truyền và {t} thiết bị theo dõi vườn, ao của gia đình.",
        "e": "Cho tổ công nghệ số đặt điểm truy cập mạng không dây tại nhà, {a} hộ dùng chung.",
        "f": "Ghi nhật ký sản xuất điện tử cho {p},{d} % diện tích canh tác của gia đình.",
        "g": "Cài phần mềm bảo vệ cho mọi thiết bị; không để bị lừa đảo qua mạng.",
        "h": "Đăng ký và thực hiện {t} việc làm cụ thể trong các đợt thi đua của địa phương.",
        "i": "Bán {p} % nông sản qua sàn thương mại điện tử, có mã truy xuất nguồn gốc.",
        "j": "Trả tiền điện, nước, học phí không dùng tiền mặt; tiết kiệm {t} buổi đi lại mỗi năm.",
    },
    Voice.ENTERPRISE: {
        "a": "Ban hành kế hoạch chuyển đổi số của doanh nghiệp; phân công người phụ trách từng việc.",
        "b": "Nộp trực tuyến {p},{d} % hồ sơ thuế, bảo hiểm và đăng ký kinh doanh.",
        "c": "Tổ chức {t} lớp kỹ năng số cho {a} lượt người lao động.",
        "d": "Dành {t} % doanh thu cho đầu tư công nghệ và đào tạo người lao động.",
        "e": "Lắp {t} trạm đo tự động tại vùng nguyên liệu, chuyển số liệu về trung tâm mỗi giờ.",
        "f": "Số hóa hồ sơ của {a} hộ liên kết, dùng lại khi truy xuất nguồn gốc.",
        "g": "Sao lưu dữ liệu hằng ngày; không để lộ, mất thông tin của khách hàng.",
        "h": "Phát động {t} đợt thi đua cải tiến; {a} người lao động có đề xuất được áp dụng.",
        "i": "Bán {p} % sản phẩm qua kênh trực tuyến; {g} đại lý dùng hóa đơn điện tử.",
        "j": "Hướng dẫn {a} hộ nông dân liên kết ghi nhật ký điện tử và nhận thanh toán qua tài khoản.",
    },
}
SITUATION = {
    Voice.LOCAL: (
        "Đơn vị có {size} cán bộ, công chức, viên chức; trực tiếp thực hiện nhiệm vụ chuyển đổi số "
        "tỉnh giao cho cấp xã."
    ),
    Voice.OFFICE: (
        "Đơn vị có {size} công chức, viên chức, người lao động; thực hiện nhiệm vụ chuyển đổi số "
        "được giao trong kế hoạch của tỉnh."
    ),
    Voice.PERSON: (
        "Công tác tại đơn vị từ ngày {since}{before}; được phân công phụ trách nhiệm vụ chuyển đổi "
        "số; luôn hoàn thành nhiệm vụ, gương mẫu chấp hành quy định."
    ),
    Voice.HOUSEHOLD: (
        "Gia đình sản xuất, kinh doanh tại địa phương {t} năm; chấp hành tốt quy định của khóm, ấp."
    ),
    Voice.ENTERPRISE: (
        "Doanh nghiệp có {size} người lao động; hoạt động ổn định, nộp thuế, bảo hiểm xã hội đầy đủ."
    ),
}
OBSERVANCE = {
    Voice.LOCAL: "Tập thể đoàn kết, chấp hành tốt chủ trương của Đảng, pháp luật của Nhà nước.",
    Voice.OFFICE: "Tập thể đoàn kết, chấp hành tốt chủ trương của Đảng, pháp luật của Nhà nước.",
    Voice.PERSON: "Chấp hành tốt chủ trương của Đảng, pháp luật của Nhà nước, nội quy của đơn vị.",
    Voice.HOUSEHOLD: "Chấp hành tốt chủ trương của Đảng, pháp luật của Nhà nước, quy ước khóm, ấp.",
    Voice.ENTERPRISE: "Chấp hành tốt pháp luật về thuế, lao động, bảo vệ môi trường.",
}
# Of whom works at a unit that was founded in the year of the report: at which unit what was earlier.
BEFORE = ", ngày đơn vị thành lập; trước đó công tác tại đơn vị cũ trước khi sắp xếp"
AT_THE_FORMER = "Tại đơn vị cũ, trước khi sắp xếp: {awards}"
FOUNDED = (  # a collective that was founded in the year of the report has no titles of its own
    "Thành lập ngày {founded} trên cơ sở sắp xếp; các đơn vị cũ là Tập thể lao động tiên tiến các "
    "năm {y2}, {y1}."
)
EARLIER = {  # {y1} is the year before the report, {y2} the one before that
    Voice.LOCAL: [
        "Thành lập ngày 01/7/2025; các xã, phường cũ là Tập thể lao động tiên tiến năm {y2}, {y1}.",
        "Thành lập ngày 01/7/2025, chưa được tặng Bằng khen.",
    ],
    Voice.OFFICE: [
        "Tập thể lao động xuất sắc năm {y1}; Tập thể lao động tiên tiến năm {y2}.",
        "Tập thể lao động tiên tiến các năm {y2}, {y1}; chưa được tặng Bằng khen.",
    ],
    Voice.PERSON: [
        "Giấy khen của Thủ trưởng đơn vị năm {y1}; Lao động tiên tiến các năm {y2}, {y1}.",
        "Chiến sĩ thi đua cơ sở năm {y1}; Lao động tiên tiến năm {y2}.",
        "Lao động tiên tiến các năm {y2}, {y1}; chưa được tặng Bằng khen.",
    ],
    Voice.HOUSEHOLD: ["Gia đình văn hóa các năm {y2}, {y1}; chưa được tặng Bằng khen."],
    Voice.ENTERPRISE: ["Giấy khen của Chủ tịch UBND cấp xã năm {y1}, {y2}; chưa có Bằng khen."],
}


def voice_of(unit: Unit) -> Voice:
    """How a unit speaks of itself, as a collective."""
    return Voice.LOCAL if unit.kind in LOCAL_KINDS else Voice.OFFICE


def filled(text: str, rng: random.Random, **more: object) -> str:
    year = clock.today().year
    return text.format(
        a=rng.randint(12, 96),
        p=rng.randint(71, 99),
        d=rng.randint(0, 9),
        g=rng.randint(4, 35),
        t=rng.randint(2, 11),
        n=f"{rng.randint(1, 9)}.{rng.randint(100, 999)}",
        y1=year - 1,
        y2=year - 2,
        **more,
    )


def report(
    rng: random.Random, voice: Voice, size: int | None = None, *, unit: Unit, since: date
) -> dict[str, str]:
    """Parts I and III and the general words of part II. `size` is a collective's number of people,
    `unit` itself or that of the person, who came there on the day `since`."""
    young = unit.opened_on is not None and unit.opened_on.year >= clock.today().year
    before = BEFORE if young else ""
    return {
        "situation": filled(SITUATION[voice], rng, size=size, since=day_of(since), before=before),
        "results": general(rng, voice),
        "initiatives": "",
        "observance": OBSERVANCE[voice],
        "earlier_awards": earlier(rng, voice, unit.opened_on if young else None),
    }


def earlier(rng: random.Random, voice: Voice, founded: date | None) -> str:
    """Awards of earlier years; `founded` is the day of a unit that is of this year."""
    said = filled(rng.choice(EARLIER[voice]), rng)
    if founded and voice == Voice.OFFICE:
        return filled(FOUNDED, rng, founded=day_of(founded))
    if founded and voice == Voice.PERSON:
        return AT_THE_FORMER.format(awards=said)
    return said


def day_of(day: date) -> str:
    """As the units write it: 01/7/2025."""
    return f"{day.day:02d}/{day.month if day.month > 2 else f'{day.month:02d}'}/{day.year}"


def general(rng: random.Random, voice: Voice) -> str:
    """What is said first, whatever the contents."""
    return filled(rng.choice(list(RESULTS[voice].values())), rng)


def sections(contents: list[Content], rng: random.Random, voice: Voice) -> dict[int, str]:
    """{content id: text} for three contents of the campaign."""
    chosen = rng.sample(contents, k=min(3, len(contents)))
    return {content.pk: filled(RESULTS[voice][content.code], rng) for content in chosen}
