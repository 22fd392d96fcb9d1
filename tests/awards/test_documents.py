import datetime
import io
import subprocess

import pytest
from PIL import Image

from awards import documents
from awards.models import AwardType, NomineeKind
from awards.workflow import DECISION
from criteria.models import LegalBasis
from tests.awards import quick_codes
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LAWS = [
    ("15/2003/QH11", "Luật Thi đua, khen thưởng 2003 (sửa đổi 14/6/2005)", "2003-11-26", 2023),
    ("06/2022/QH15", "Luật Thi đua, khen thưởng", "2022-06-15", None),
    ("15/2025/TT-BNV", "Thông tư quy định chi tiết Luật Thi đua, khen thưởng", "2025-08-04", None),
    ("152/2025/NĐ-CP", "Nghị định về lĩnh vực thi đua, khen thưởng", "2025-06-14", None),
    ("30/2020/NĐ-CP", "Nghị định về công tác văn thư", "2020-03-05", None),
]


@pytest.fixture
def _laws():
    for number, title, signed, last_year in LAWS:
        LegalBasis.objects.create(
            number=number,
            title=title,
            issuer={"NĐ-CP": "Chính phủ", "TT-BNV": "Bộ Nội vụ"}.get(number.split("/")[2], ""),
            signed_on=datetime.date.fromisoformat(signed),
            valid_from=datetime.date(2024, 1, 1) if "06/2022" in number else signed,
            valid_to=last_year and datetime.date(last_year, 12, 31),
        )


@pytest.fixture
def decision(province, decider):
    factory.authority()
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    put = {"unit": province, "actor": officer}
    factory.award(draft, name="Bà Trần Thị Hai", position="Công chức, phường Cao Lãnh", **put)
    factory.award(draft, name="Phòng Công nghệ số", kind=NomineeKind.COLLECTIVE, **put)
    factory.sign(draft, actor=officer, number="1286/QĐ-UBND")
    return DECISION.perform(draft, "issue", actor=decider)


@pytest.mark.usefixtures("_laws")
@pytest.mark.parametrize(
    ("day", "cited"),
    [
        (
            datetime.date(2025, 12, 1),
            [
                "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
                (
                    "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ "
                    "về lĩnh vực thi đua, khen thưởng"
                ),
                (
                    "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ Nội vụ "
                    "quy định chi tiết Luật Thi đua, khen thưởng"
                ),
            ],
        ),
        (
            datetime.date(2023, 12, 22),
            ["Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003"],
        ),
    ],
)
def test_a_decision_cites_the_law_of_its_day(decision, day, cited):
    decision.signed_on = day

    assert documents.decision_words(decision)["bases"] == cited


def test_a_decision_lists_its_awards_by_kind_with_their_golden_numbers(decision):
    words = documents.decision_words(decision)

    assert words["collectives"] == [
        {"name": "Phòng Công nghệ số", "position": "", "note": "01/BKT-2025"}
    ]
    assert [row["note"] for row in words["individuals"]] == ["02/BKT-2025"]
    assert words["households"] == []


def test_the_annex_says_that_the_numbers_are_of_the_golden_book(decision):
    text = text_of(documents.decision_paper(documents.decision_words(decision)))

    assert "Số sổ vàng" in text
    assert "Ghi chú" not in text


def test_the_last_basis_cites_the_submission_by_number_and_day(decision):
    words = documents.decision_words(decision)

    assert words["proposal"] == (
        "Giám đốc Sở Nội vụ tại Tờ trình số 412/TTr-SNV ngày 01 tháng 12 năm 2025"
    )


def test_numbers_below_ten_have_a_zero_wherever_they_are_printed(decision):
    decision.number, decision.proposal_number = "7/QĐ-UBND", "4/TTr-SNV"  # as kept before
    award = decision.awards.first()
    award.decision = decision

    paper = text_of(documents.decision_paper(documents.decision_words(decision)))

    assert paper.count("07/QĐ-UBND") == 2  # in its head and on the annex
    assert "Tờ trình số 04/TTr-SNV" in paper
    assert documents.certificate_text(award).decision.startswith("07/QĐ-UBND ngày 01")


def test_the_annex_names_who_issued_the_decision(decision):
    text = text_of(documents.decision_paper(documents.decision_words(decision)))

    assert (
        "(Kèm theo Quyết định số 1286/QĐ-UBND ngày 01 tháng 12 năm 2025 của Chủ tịch Ủy ban nhân "
        "dân tỉnh Đồng Tháp)"
    ) in text


def test_without_a_submission_no_number_is_made_up(decision):
    decision.proposal_number, decision.proposal_on = "", None

    assert documents.decision_words(decision)["proposal"] == "Giám đốc Sở Nội vụ"


def test_the_title_of_the_annex_keeps_the_office_on_one_line(decision):
    AwardType.objects.update(name="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh")

    paper = documents.decision_paper(documents.decision_words(decision))
    said = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True)

    lines = said.stdout.decode().replace("\N{NO-BREAK SPACE}", " ").splitlines()
    title = lines.index(next(line for line in lines if line.startswith("TẬP THỂ, CÁ NHÂN")))
    assert any("ỦY BAN NHÂN DÂN TỈNH" in line for line in lines[title : title + 2])


def test_the_paper_says_what_is_decided(decision):
    text = text_of(documents.decision_paper(documents.decision_words(decision)))

    assert "Tặng Bằng khen của Chủ tịch UBND tỉnh cho 01 tập thể và 01 cá nhân" in text
    assert "1286/QĐ-UBND" in text
    assert "Phòng Công nghệ số" in text


def text_of(paper):
    said = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True)
    return " ".join(said.stdout.decode().split())


def test_a_certificate_says_where_it_is_checked(decision, settings):
    settings.PORTAL_ADDRESS = "https://thidua.example.vn"
    award = decision.awards.first()

    text = documents.certificate_text(award)

    assert text.url == f"https://thidua.example.vn/kiem-tra/{award.code}/"
    assert text.host == "thidua.example.vn/kiem-tra"


def test_the_code_on_a_printed_certificate_leads_to_its_public_page(decision, settings, client):
    """Read from the picture of the page, as a telephone reads it from paper."""
    settings.PORTAL_ADDRESS = "https://thidua.example.vn"
    award = decision.awards.first()
    order = ["pdftoppm", "-r", "300", "-gray", "-"]
    drawn = subprocess.run(
        order, input=documents.certificate(award), capture_output=True, check=True
    )

    said = quick_codes.read(Image.open(io.BytesIO(drawn.stdout)))

    assert said == f"https://thidua.example.vn/kiem-tra/{award.code}/"
    page = client.get(said.removeprefix("https://thidua.example.vn"))
    assert page.status_code == 200
    assert award.name in page.content.decode()
    assert "Còn hiệu lực" in page.content.decode()


def test_names_of_files_follow_the_golden_book(decision):
    names = sorted(documents.certificate_name(award) for award in decision.awards.all())

    assert names == [
        "BKT-2025 0001 Phòng Công nghệ số.pdf",
        "BKT-2025 0002 Bà Trần Thị Hai.pdf",
    ]
