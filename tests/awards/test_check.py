import datetime
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from awards import services
from awards.models import Award
from awards.models.award import new_code
from awards.views import check
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def award(province, decider):
    return factory.issued(unit=province, decider=decider).awards.get()


def ask(client, code, **headers):
    return client.get(reverse("awards:check", args=[code]), **headers)


def shown(page):
    """The words of the answer, without those of the frame around it."""
    found = re.search(r'<section class="verdict".*?</section>', page.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_a_valid_award_shows_award_holder_decision_and_day_only(client, award):
    Award.objects.filter(pk=award.pk).update(position="Số nhà 12, khóm 3, phường Cao Lãnh")

    page = ask(client, award.code)

    assert page.status_code == 200
    assert re.sub(r"\d\d:\d\d", "09:00", shown(page)) == (
        "Còn hiệu lực Có trong sổ vàng của tỉnh. Tra lúc 09:00, 01/12/2025. "
        "Danh hiệu, hình thức Bằng khen của Chủ tịch UBND tỉnh "
        f"Người được tặng Bà Trần Thị Số 1 Quyết định Số {award.decision.number} ngày 01/12/2025"
    )


def test_a_revoked_award_says_so(client, award, decider):
    factory.revoke(award, actor=decider)

    page = ask(client, award.code)

    assert page.status_code == 200
    assert shown(page).startswith(
        "Đã hủy bỏ, không còn giá trị Hủy bỏ từ ngày 01/12/2025 theo Quyết định số 902/QĐ-UBND."
    )


def test_the_code_is_read_in_small_letters_with_blanks(client, award):
    typed = f" {award.code[:6].lower()}-{award.code[6:]} "

    answer = client.get(reverse("awards:check_form"), {"ma": typed})

    assert answer.url == reverse("awards:check", args=[award.code])


def test_every_wrong_code_gets_the_same_answer(client, province):
    pending = factory.decision(unit=province, awards=1).awards.get()
    wrong = [pending.code, new_code(), "X", "0" * 500, "%3Cscript%3E", "'--"]

    answers = [ask(client, code) for code in wrong]

    assert {answer.status_code for answer in answers} == {404}
    assert len({shown(answer) for answer in answers}) == 1
    assert shown(answers[0]).startswith("Không có bằng nào mang mã này")


def test_the_empty_form_asks_for_the_code(client):
    page = client.get(reverse("awards:check_form"), {"ma": " "})

    assert "Nhập mã trước" in page.content.decode()


def until_refused(client, code):
    """The answers before the first 429; a new minute may begin in between, then there are 120."""
    answers = []
    while len(answers) <= 120 and (not answers or answers[-1] != 429):
        answers.append(ask(client, code()).status_code)
    assert answers.pop() == 429
    return answers


def test_more_than_sixty_questions_of_a_minute_wait(client, award):
    answers = until_refused(client, new_code)

    late = ask(client, award.code)

    assert set(answers) == {404}
    assert 60 <= len(answers) <= 120
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    assert "Bà Trần Thị Số 1" not in late.content.decode()


def test_another_address_is_not_made_to_wait(client, award):
    cache.set("unrelated", 1)
    for _n in range(61):
        check.asks_too_often("203.0.113.7")

    assert ask(client, award.code, REMOTE_ADDR="203.0.113.8").status_code == 200


def test_addresses_of_one_ipv6_network_count_together(rf):
    requests = [rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 99)]

    assert {check.visitor(request) for request in requests} == {"2001:db8:1:2::/64"}


def test_codes_have_128_random_bits():
    """32 letters to the power of 26: ten thousand guesses find one of a million with 3·10⁻²⁹."""
    codes = {new_code() for _n in range(1000)}

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {26}
    assert len(set("".join(codes))) == 32
    assert 32**26 >= 2**128


def test_the_page_is_for_everybody_and_kept_by_nobody(client, award):
    page = ask(client, award.code)

    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")


@pytest.mark.parametrize("path", ["/kiem-tra/", "/kiem-tra/ABC/"])
def test_a_question_needs_few_queries(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(path)


def test_a_question_is_counted_in_the_cache_of_production_too(client, award, settings):
    """There the cache is a table, and a page that reads may write nothing else."""
    backend = "django.core.cache.backends.db.DatabaseCache"
    default = {"BACKEND": backend, "LOCATION": "django_cache"}
    settings.CACHES = settings.CACHES | {"default": default}
    call_command("createcachetable", verbosity=0)

    answers = until_refused(client, lambda: award.code)

    assert set(answers) == {200}
    assert 60 <= len(answers) <= 120


def test_corrected_words_say_on_which_day_they_were_corrected(client, award, officer):
    services.correct_award(
        award=award,
        name="Bà Trần Thị Xuân",
        position="",
        by="12/QĐ-UBND",
        on=datetime.date(2025, 12, 1),
        actor=award.decision.created_by,
    )

    said = shown(ask(client, award.code))

    assert "Bà Trần Thị Xuân" in said
    assert "Đã đính chính ngày 01/12/2025" in said
    assert "12/QĐ-UBND" not in said
    assert "Bà Trần Thị Số 1" not in said


def test_what_is_no_code_stays_in_the_box_and_says_what_a_code_looks_like(client):
    page = client.get(reverse("awards:check_form"), {"ma": "đđđ"}).content.decode()

    assert 'value="đđđ"' in page
    assert "“đđđ” không phải là mã. Mã gồm 26 chữ cái không dấu và chữ số" in page
