"""One thing has one name on the screen: the one that docs/glossary.md gives."""

import pytest
from django.template import Context, Template
from django.utils import translation

from script.portal import catalogues

OTHER_NAMES = {
    "biên nhận": "giấy tiếp nhận",
    "lần nộp": "lần gửi",
    "nộp muộn": "gửi muộn",
    "đã nộp": "đã gửi",
    "nhóm nhiệm vụ chính": "nhóm tiêu chí chính",
    "kiểm chứng": "minh chứng",
    "xác minh": "cho ý kiến",
    "thẩm tra": "cho ý kiến",
    "xuất excel": "tải về Excel",
    "bảng tính": "tệp Excel",
    "sổ excel": "tệp Excel",
    "giai đoạn thành tích": "thời gian lập thành tích",
    "thành tích giai đoạn": "thời gian lập thành tích",
    "bản dùng thử": "bản trình diễn",
    "lãnh đạo đơn vị": "thủ trưởng đơn vị",
    "lãnh đạo phòng, sở nội vụ": "trưởng phòng, Sở Nội vụ",
    "sáp nhập": "nhập",
    "thi đua – khen thưởng": "Thi đua - Khen thưởng",
    "lập bản mới": "lập phiên bản mới",
    "căn cứ và con số": "số liệu pháp lý",
    "đặt con số": "đổi giá trị",
    "thêm lỗi": "thêm mục phải sửa",
    "vì các lỗi": "các mục phải sửa",
}


@pytest.fixture(scope="module")
def said():
    """All Vietnamese words of the catalogue, each on a line."""
    lines = []
    for message in catalogues.merged():
        lines += catalogues.strings(message) if message.id else ()
    return "\n".join(lines).lower().replace("bảng tính excel (.xlsx)", "")


@pytest.mark.parametrize("other", OTHER_NAMES)
def test_a_thing_is_not_called_otherwise(said, other):
    assert [line for line in said.split("\n") if other in line] == []


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("Tỉnh Đồng Tháp", "tỉnh Đồng Tháp", "Đồng Tháp province"),
        ("Thành phố Hải Phòng", "thành phố Hải Phòng", "Hải Phòng city"),
    ],
)
def test_the_province_is_named_in_the_readers_language(name, vietnamese, english):
    template = Template("{{ name|province_inside }}")

    assert template.render(Context({"name": name})) == vietnamese
    with translation.override("en"):
        assert template.render(Context({"name": name})) == english
