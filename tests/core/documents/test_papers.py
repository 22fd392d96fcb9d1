"""The documents on A4, full and nearly empty."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.conf import settings

from core.documents import charts, pdf
from tests.core.documents import samples

BARE = {"head": {"issuer": "SỞ NỘI VỤ", "place": "Đồng Tháp"}, "kind": "BÁO CÁO"}
RECEIVED = {"number": "00001/2025", "received_at": samples.receipt()["received_at"]}
PAPERS = settings.BASE_DIR / "templates" / "documents"


def test_summary_has_its_seven_parts_in_order():
    text = _text(pdf.render("summary.html", samples.summary()))

    parts = re.findall(r"^\s*(I|II|III|IV|V|VI|VII)\. [A-ZĐÁ-Ỹ]", text, flags=re.MULTILINE)
    assert parts == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert "Bảng 1. Chỉ tiêu của phong trào" in text
    assert "1.234,5" in text
    assert "Hình 3. Cơ cấu" in text


def test_summary_of_nothing_says_so_in_each_part():
    text = _text(pdf.render("summary.html", BARE))

    assert text.count("Chưa có nội dung trong kỳ báo cáo.") == 7


def test_header_of_a_long_table_stands_on_every_page():
    pages = _text(pdf.render("summary.html", samples.summary())).split("\f")

    assert [page.count("Kế hoạch") > 0 for page in pages[-3:-1]] == [True, True]


@pytest.mark.parametrize("before", range(16, 32, 3))
def test_a_short_table_stays_whole_under_its_heading(before):
    words = {"leadership": {"paragraphs": ["Đoạn văn."] * before}}
    words |= {"awards": {"tables": [samples.targets(3)]}}

    pages = _text(pdf.render("summary.html", {**BARE, **words})).split("\f")

    parts = ["IV. CÔNG TÁC", "Bảng 1.", *(f"Chỉ tiêu thứ {n}" for n in (1, 2, 3)), "Cộng"]
    assert len({next(n for n, page in enumerate(pages) if part in page) for part in parts}) == 1


def test_annex_counts_its_pages_by_itself():
    pages = _text(pdf.render("summary.html", samples.summary())).split("\f")
    annex = next(n for n, page in enumerate(pages) if "Phụ lục I" in page)

    assert [page.split()[0] for page in pages[1:annex]] == [str(n + 1) for n in range(1, annex)]
    assert pages[annex].split()[0] == "Phụ"
    assert pages[annex + 1].split()[0] == "2"


def test_decision_counts_those_it_honours():
    text = " ".join(_text(pdf.render("decision.html", samples.decision())).split())

    assert "cho 05 tập thể và 30 cá nhân đã có thành tích xuất sắc" in text
    assert "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;" in text
    assert "(Kèm theo Quyết định số 412/BC-SKHCN ngày 08 tháng 12 năm 2025" in text
    assert "HỘ GIA ĐÌNH" not in text


@pytest.mark.parametrize("paper", ["decision", "summary"])
def test_an_annex_says_to_which_paper_of_whom_it_belongs(paper):
    words = getattr(samples, paper)() | {"signed_by": "Sở Nội vụ"}
    words["head"] = words["head"] | {"number": "7/BC-SNV"}

    text = " ".join(_text(pdf.render(f"{paper}.html", words)).split())

    assert "Số: 07/BC-SNV" in text
    assert "số 07/BC-SNV ngày 08 tháng 12 năm 2025 của Sở Nội vụ)" in text


def test_decision_prints_its_own_articles_when_given():
    articles = [["Thu hồi Bằng khen."], ["Quyết định có hiệu lực từ ngày ký.", "Không hồi tố."]]

    text = _text(pdf.render("decision.html", {**samples.decision(), "articles": articles}))

    assert re.findall(r"Điều \d\. \w+", text) == ["Điều 1. Thu", "Điều 2. Quyết"]


def test_bare_decision_can_be_printed():
    assert "QUYẾT ĐỊNH" in _text(pdf.render("decision.html", {**BARE, "subject": "Về việc thử"}))


def test_receipt_is_one_page_with_number_moment_and_fingerprint():
    text = _text(pdf.render("receipt.html", samples.receipt()))

    assert text.count("\f") == 1
    assert "00012/2025" in text
    assert "09 giờ 42 phút, ngày 01 tháng 12 năm 2025" in text
    assert samples.DIGEST in text
    assert "gửi đúng hạn" in text


def test_bare_receipt_can_be_printed():
    assert "00001/2025" in _text(pdf.render("receipt.html", {**BARE, **RECEIVED}))


def test_words_from_outside_are_not_markup():
    context = {**BARE, "opening": ["<b>Đậm</b> & <img src=x>"]}

    assert "<b>Đậm</b> & <img src=x>" in _text(pdf.render("summary.html", context))


@pytest.mark.parametrize("path", sorted(PAPERS.rglob("*.html")), ids=lambda path: path.name)
def test_no_paper_switches_escaping_off(path):
    assert not re.search(r"\|\s*safe|autoescape|safeseq", path.read_text())


def test_paper_is_tagged_and_its_pictures_have_words():
    content = pdf.render("summary.html", samples.summary())

    with pikepdf.open(io.BytesIO(content)) as document:
        figures = [obj for obj in document.objects if _is_figure(obj)]
        assert len(figures) == 3
        assert all(len(str(figure.Alt)) > 20 for figure in figures)


def test_same_words_give_the_same_paper():
    assert pdf.render("receipt.html", samples.receipt()) == pdf.render(
        "receipt.html", samples.receipt()
    )


def test_chart_tells_every_figure_in_words():
    chart = charts.bars(["2023", "2024", "2025"], {"Bằng khen": [9, 1200, None]}, "Hình 1")

    assert chart.alt == "Hình 1. Bằng khen: 2023 9, 2024 1.200, 2025 –."


def test_chart_carries_no_script():
    chart = charts.shares({"Tập thể": 1}, "Hình 1")

    assert "script" not in charts.base64.b64decode(chart.src.split(",")[1]).decode()


@pytest.mark.parametrize("draw", [charts.bars, charts.lines])
def test_chart_of_nothing_can_be_drawn(draw):
    chart = draw([], {}, "Hình 1")

    assert chart.src.startswith("data:image/svg+xml;base64,")


LONG = ["Sở, ban, ngành cấp tỉnh", "Ủy ban nhân dân xã, phường", "Doanh nghiệp nhà nước"]


def test_bars_with_long_labels_lie_down_and_are_read_from_the_top():
    chart = charts.bars(LONG * 2, {"Đăng ký": [1, 2, 3, 4, 5, None]}, "Hình 1")

    assert [label for label, _bars in chart.rows] == LONG * 2
    assert [bars[0][1] for _label, bars in chart.rows] == ["1", "2", "3", "4", "5", "–"]
    assert [bars[0][0] for _label, bars in chart.rows][-2:] == ["88.0", "0.0"]


@pytest.mark.parametrize(("number", "pages"), [(3, 1), (10, 2), (40, 3)])
def test_lying_bars_begin_below_what_stands_before_and_go_on_over_the_page(number, pages):
    labels = [f"{LONG[place % 3]} {place + 1}" for place in range(number)]
    series = {"Đăng ký": list(range(1, number + 1)), "Đã nộp": list(range(number))}
    words = {**samples.summary(), "contents": [], "annexes": []}
    chart = charts.bars(labels, series, "Hình 1. Theo loại đơn vị")
    words["results"] = {"charts": [chart], "tables": [samples.targets(2)]}

    sheets = _text(pdf.render("summary.html", words)).split("\f")

    with_bars = [sheet for sheet in sheets if "Đã nộp" in sheet]
    assert len(with_bars) <= pages
    assert "Đã nộp" in sheets[0]
    for label in labels:
        assert sum(len(re.findall(rf"{label}\b", sheet)) for sheet in with_bars) == 1


@pytest.mark.parametrize(
    ("values", "ticks"),
    [([1], [0, 1, 2]), ([7], [0, 2, 4, 6, 8]), ([402], [0, 200, 400, 600]), ([0.4], [0, 0.1])],
)
def test_axis_has_round_steps_that_reach_above_the_highest_value(values, ticks):
    found = charts._ticks({"x": values})

    assert found[: len(ticks)] == ticks
    assert found[-1] > max(values)
    assert len(found) <= 6


def _is_figure(obj):
    return isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == pikepdf.Name.Figure


def _text(content):
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()
