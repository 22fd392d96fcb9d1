"""Pages about units, users, the inbox and the demo's day."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError

from accounts import services
from accounts.models import Membership, Notice, User
from core.audit.models import Entry
from core.clock import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 8])
def test_units_are_listed_with_the_same_number_of_queries(
    signed_in, admin, province, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        factories.unit(superior=province)
    browser = signed_in(admin)

    with django_assert_max_num_queries(12):
        page = browser.get("/don-vi/")

    assert page.context["table"].paginator.count == rows + 1


def test_a_unit_is_found_without_accents(signed_in, admin, ward):
    page = signed_in(admin).get("/don-vi/", {"q": "cao lanh"})

    assert [row.record for row in page.context["table"].rows] == [ward]


def test_a_unit_out_of_reach_is_404(signed_in, staff, agency):
    assert signed_in(staff).get(f"/don-vi/{agency.pk}/").status_code == 404


def test_a_unit_names_its_superior_and_leads_there_only_who_may_see_it(
    signed_in, staff, admin, ward, province
):
    own = signed_in(staff).get(f"/don-vi/{ward.pk}/").content.decode()
    assert province.name in own
    assert f'"{province.get_absolute_url()}"' not in own

    every = signed_in(admin).get(f"/don-vi/{ward.pk}/").content.decode()
    assert f'"{province.get_absolute_url()}"' in every


def test_staff_cannot_rename_their_unit(signed_in, staff, ward):
    assert signed_in(staff).get(f"/don-vi/{ward.pk}/doi-ten/").status_code == 404


def test_somebody_is_invited(signed_in, admin, ward):
    signed_in(admin).post(
        "/nguoi-dung/moi/",
        {
            "full_name": "Lê Thị Mai",
            "username": "ltmai",
            "email": "LTMai@example.test",
            "home_unit": ward.pk,
            "position": "Công chức",
        },
    )

    user = User.objects.get(username="ltmai")
    assert (user.email, user.has_usable_password()) == ("ltmai@example.test", False)


def test_a_role_is_given_and_taken_back(signed_in, admin, ward, today):
    someone = factories.user(home=ward)
    browser = signed_in(admin)

    browser.post(
        f"/nguoi-dung/{someone.pk}/vai-tro/",
        {"role": "unit_staff", "unit": ward.pk, "from_day": "01/11/2025"},
    )
    held = Membership.objects.get(user=someone)
    asked = browser.get(f"/nguoi-dung/{someone.pk}/").content.decode()
    assert "Thu hồi vai trò này?" in asked.partition("<dialog")[2]
    page = browser.post(f"/vai-tro/{held.pk}/thu-hoi/", follow=True).content.decode()

    held.refresh_from_db()
    assert held.until_day == today - datetime.timedelta(days=1)
    assert f"của {someone}; ngày cuối cùng của vai trò này là 30/11/2025." in page
    assert "đã hết hiệu lực, người này không còn giữ vai trò này" in page
    told = page.partition('class="history"')[2]
    for said in ("Giao vai trò", "Thu hồi vai trò", f"{ward} (từ 01/11/2025 đến 30/11/2025)"):
        assert said in told
    browser.post(f"/vai-tro/{held.pk}/thu-hoi/")  # again: nothing becomes longer or shorter
    assert Entry.objects.count() == 2


def test_a_role_given_and_taken_on_one_day_stays_in_the_persons_history(
    signed_in, admin, ward, today
):
    someone = factories.user(home=ward)
    given = {"user": someone, "unit": ward, "role": "unit_staff", "actor": admin}
    held = services.grant(since=today, **given)

    page = signed_in(admin).post(f"/vai-tro/{held.pk}/thu-hoi/", follow=True).content.decode()

    assert "chưa có hiệu lực trọn ngày nào" in page
    assert "Chưa có hoạt động nào" not in page
    assert "Thu hồi vai trò" in page.partition('class="history"')[2]


def test_people_are_found_by_the_unit_that_they_work_in(signed_in, admin, ward):
    someone = factories.user(home=ward)
    browser = signed_in(admin)

    page = browser.get("/nguoi-dung/", {"q": "Phường Cao Lãnh"})
    assert [row.record for row in page.context["table"].rows] == [someone]
    nothing = browser.get("/nguoi-dung/", {"q": "khongcoai"}).content.decode()
    assert "Không có mục nào khớp “khongcoai”" in nothing
    assert "Chưa có mục nào" not in nothing
    assert 'href="?"' in nothing.partition('class="empty"')[2]


def test_a_merged_department_is_named_by_its_last_day_and_its_heir(
    signed_in, admin, province, agency, today
):
    before = factories.unit("Sở Thông tin và Truyền thông", kind="department", superior=province)
    on = datetime.date(2025, 3, 1)
    services.merge_units(
        predecessors=[before], successor=agency, on=on, document="NĐ 45/2025", actor=admin
    )
    browser = signed_in(admin)

    page = " ".join(browser.get(f"/don-vi/{before.pk}/").content.decode().split())
    note = re.sub("<[^>]*>", "", page.partition("<h1")[2].partition("</p>")[0])
    assert "hoạt động đến ngày 28/02/2025 · nay là Sở Khoa học và Công nghệ" in note
    assert "trực thuộc" not in note
    assert "28/02/2025" in browser.get("/don-vi/", {"standing": "no"}).content.decode()


@pytest.mark.parametrize("address", ["/nguoi-dung/{user}/", "/don-vi/{unit}/", "/nguoi-dung/moi/"])
def test_the_path_above_a_page_leads_somewhere(signed_in, admin, ward, address):
    browser = signed_in(admin)

    page = browser.get(address.format(user=admin.pk, unit=ward.pk)).content.decode()

    path = page.partition('class="crumbs"')[2].partition("</nav>")[0]
    links = re.findall('href="([^"]*)"', path)
    assert links
    assert all(browser.get(link).status_code == 200 for link in links)


def test_the_foot_of_a_page_leads_on(signed_in, client, staff):
    def links(page):
        return re.findall('href="([^"]*)"', page.content.decode().partition("<footer")[2])

    assert links(client.get("/kiem-tra/"))[:1] == ["/kiem-tra/"]
    assert links(signed_in(staff).get("/"))[:2] == ["/kiem-tra/", "/can-cu/"]


def test_mails_name_no_machine_in_their_subject(client, staff, mailoutbox):
    client.post("/accounts/password/reset/", {"email": staff.email})

    assert not mailoutbox[0].subject.startswith("[")


def test_a_user_out_of_reach_is_404(signed_in, admin):
    elsewhere = factories.unit("Tỉnh khác", kind="province")
    stranger = factories.user(home=elsewhere)

    assert signed_in(admin).get(f"/nguoi-dung/{stranger.pk}/").status_code == 404


def test_a_notice_leads_to_its_page_and_is_read(signed_in, staff):
    services.notify(users=[staff], text="Hồ sơ bị trả lại", address="/ho-so/")
    notice = Notice.objects.get()

    answer = signed_in(staff).post(f"/thong-bao/{notice.pk}/")

    notice.refresh_from_db()
    assert answer.url == "/ho-so/"
    assert notice.read_at is not None


def test_a_notice_never_leads_out_of_the_portal(signed_in, staff):
    services.notify(users=[staff], text="x", address="https://evil.example/")

    answer = signed_in(staff).post(f"/thong-bao/{Notice.objects.get().pk}/")

    assert answer.url == "/thong-bao/"


def test_somebody_elses_notice_is_404(signed_in, staff, officer):
    services.notify(users=[officer], text="x")

    assert signed_in(staff).post(f"/thong-bao/{Notice.objects.get().pk}/").status_code == 404


def test_the_administrator_moves_the_day(signed_in, admin, settings):
    settings.DEMO = True

    signed_in(admin).post("/ngay-trinh-dien/", {"day": "11/12/2025"})

    assert clock.today() == datetime.date(2025, 12, 11)


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/2101"])
def test_a_day_past_all_days_is_refused_in_words(signed_in, admin, staff, settings, day, today):
    settings.DEMO = True

    refused = signed_in(admin).post("/ngay-trinh-dien/", {"day": day})

    assert refused.status_code == 409
    assert "Cổng tính ngày đến hết 31/12/2100" in refused.content.decode()
    assert clock.today() == today


def test_on_the_last_day_of_all_pages_are_computed(signed_in, admin, staff, settings):
    settings.DEMO = True
    signed_in(admin).post("/ngay-trinh-dien/", {"day": "31/12/2100"})

    assert clock.today() == datetime.date(2100, 12, 31)
    assert signed_in(staff).get("/").status_code == 200


def test_the_administrator_stops_the_clock_at_a_second(signed_in, admin, settings):
    settings.DEMO = True
    client = signed_in(admin)

    client.post("/ngay-trinh-dien/", {"day": "10/12/2025", "time": "23:59:59"})

    end = clock.end_of(datetime.date(2025, 12, 10))
    assert clock.now() == end - datetime.timedelta(seconds=1)
    page = client.get("/ngay-trinh-dien/").content.decode()
    assert "đồng hồ dừng lúc 23:59:59" in page
    assert 'value="23:59:59"' in page
    client.post("/ngay-trinh-dien/", {"day": "11/12/2025", "time": "00:00"})
    assert clock.now() == end


def test_outside_the_demo_the_day_stays(signed_in, admin, settings):
    settings.DEMO = False

    page = signed_in(admin).post("/ngay-trinh-dien/", {"day": "11/12/2025"})

    assert page.status_code == 409


def test_staff_without_a_second_factor_are_led_to_set_it_up(signed_in, officer, settings):
    settings.MFA_REQUIRED = True

    assert signed_in(officer).get("/don-vi/").url == "/accounts/2fa/totp/activate/"


def test_unit_staff_need_no_second_factor(signed_in, staff, settings):
    settings.MFA_REQUIRED = True

    assert signed_in(staff).get("/tai-khoan/").status_code == 200


def test_nobody_signs_up(client):
    assert client.get("/accounts/signup/").status_code == 404
    assert not User.objects.exists()


def test_a_membership_that_ends_before_it_begins_is_refused(ward):
    held = Membership(
        user=factories.user(),
        unit=ward,
        role="unit_staff",
        from_day=datetime.date(2025, 12, 2),
        until_day=datetime.date(2025, 12, 1),
    )

    with pytest.raises(ValidationError, match=r"."):
        held.full_clean()


def test_nobody_moves_the_day_to_where_they_could_not_move_it_back(signed_in, admin, settings):
    settings.DEMO = True
    clock.move(datetime.date(2025, 12, 1), actor=None)
    admin.memberships.update(from_day=datetime.date(2022, 1, 1))
    client = signed_in(admin)

    page = client.post("/ngay-trinh-dien/", {"day": "01/01/2020"})

    assert page.status_code == 409
    assert "Có thể chọn một ngày từ 01/01/2022 trở đi." in page.content.decode()
    assert clock.today() == datetime.date(2025, 12, 1)
    assert client.post("/ngay-trinh-dien/", {"day": "01/01/2022"}).status_code == 302
    assert client.get("/ngay-trinh-dien/").status_code == 200


def test_people_stand_in_the_order_of_their_given_names(signed_in, admin):
    for name in ["Bùi Đức Nam", "Bùi Thị Ngân Hương", "Bùi Thị Ánh Tuyết", "Võ Đức An"]:
        factories.user(name, home=admin.home_unit)

    page = signed_in(admin).get("/nguoi-dung/", {"q": "duc"})
    names = [row.record.full_name for row in page.context["table"].rows]
    assert names == ["Võ Đức An", "Bùi Đức Nam"]
    page = signed_in(admin).get("/nguoi-dung/", {"q": "bui", "sort": "-full_name"})
    names = [row.record.full_name for row in page.context["table"].rows]
    assert names == ["Bùi Thị Ánh Tuyết", "Bùi Đức Nam", "Bùi Thị Ngân Hương"]


@pytest.mark.parametrize("demo", [True, False])
def test_the_last_sign_in_says_which_clock_it_was(demo, signed_in, admin, settings):
    settings.DEMO = demo
    at = datetime.datetime(2026, 11, 23, 2, 12, tzinfo=datetime.UTC)
    client = signed_in(admin)
    User.objects.update(last_login=at)

    for address in ("/nguoi-dung/", f"/nguoi-dung/{admin.pk}/"):
        text = client.get(address).content.decode()
        assert "09:12, 23/11/2026" in text
        assert ("(giờ thật)" in text) is demo
        assert re.search(r"<h1[^>]*>\s*Người dùng", text) or address != "/nguoi-dung/"
        assert ">Tài khoản<" not in text
