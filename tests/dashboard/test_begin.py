"""The first day of a real province: one command, and from there on the pages."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import services
from accounts.models import Membership, Unit, User
from awards import documents
from awards.models import AwardType, Decision
from awards.rules import may_grant
from awards.services import chairman_of
from core.audit.models import Entry
from core.clock import clock
from core.findings import Weight
from core.workdays.models import Holiday
from criteria.models import LegalBasis, Parameter
from dashboard.forms import usual_signing
from tests.accounts.entering import enter

pytestmark = pytest.mark.django_db

WORDS = {
    "province": "Tỉnh An Giang",
    "agency": "Sở Nội vụ",
    "admin": "quantri",
    "name": "Nguyễn Văn An",
    "mail": "quantri@angiang.example",
}
KEPT = (Unit, User, Membership, LegalBasis, Parameter, AwardType, Holiday, Entry)
PASSWORD = "hoa-sen-tren-song-2026"


@pytest.fixture(autouse=True)
def _of_production(settings):
    settings.DEMO = False
    settings.MFA_REQUIRED = True
    settings.PROVINCE = WORDS["province"]


def begin(capsys, **words):
    call_command("begin", **(WORDS | words))
    return capsys.readouterr().out


def new_password(mailoutbox, address):
    """Ask for a password as the one who was invited, set it, and sign in."""
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": address})
    link = re.search(r"https?://[^/\s]+(/accounts/\S+)", mailoutbox[-1].body)[1]
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    browser.post(browser.get(link).url, typed)
    browser.post("/accounts/login/", {"login": address, "password": PASSWORD})
    return browser


def test_a_province_begins_and_goes_on_by_the_pages(capsys, mailoutbox, settings):
    said = begin(capsys)

    assert "/accounts/password/reset/" in said
    assert all(model.objects.exists() for model in KEPT)
    root = Unit.objects.get(depth=1)
    assert root.name == WORDS["province"]
    assert Unit.objects.get(kind="department").name == WORDS["agency"]
    assert Unit.objects.filter(depth=2, kind__in=["commune", "ward", "special"]).count() == 102
    browser = new_password(mailoutbox, WORDS["mail"])
    assert browser.get("/").url == "/accounts/2fa/totp/activate/"

    settings.MFA_REQUIRED = False  # which has tests of its own
    assert "Tỉnh mới bắt đầu dùng cổng" in browser.get("/").content.decode()
    page = browser.get("/don-vi/").content.decode()
    assert "Tỉnh đã có các xã, phường" in page
    proposed = browser.get("/don-vi/moi/").context["form"].initial
    assert (proposed["unit_kind"], proposed["other"]) == ("department", root)
    new = {"name": "Sở Y tế", "unit_kind": "department", "other": root.pk}
    enter(browser, "/don-vi/moi/", **new, document="Quyết định 12/2025/QĐ-UBND")
    unit = Unit.objects.get(name="Sở Y tế")
    assert "Tỉnh đã có các xã, phường" not in browser.get("/don-vi/").content.decode()
    assert "Tỉnh mới bắt đầu" not in browser.get("/").content.decode()
    person = {
        "full_name": "Lê Thị Mai",
        "username": "ltmai",
        "email": "ltmai@angiang.example",
        "home_unit": unit.pk,
    }
    browser.post("/nguoi-dung/moi/", person)
    made = User.objects.get(username="ltmai")
    given = {"role": "unit_staff", "unit": unit.pk, "from_day": "01/07/2025"}
    browser.post(f"/nguoi-dung/{made.pk}/vai-tro/", given)

    theirs = new_password(mailoutbox, made.email)

    assert theirs.get("/").status_code == 200
    assert theirs.get(f"/don-vi/{unit.pk}/").status_code == 200


def test_its_communes_are_those_that_a_reorganisation_names(capsys, settings):
    settings.PROVINCE = "Tỉnh Đồng Tháp"
    begin(capsys, province=settings.PROVINCE)
    communes = set(Unit.objects.filter(kind__in=["commune", "ward"]).values_list("pk", flat=True))
    assert len(communes) == 102

    services.load_reorganisation("82", actor=User.objects.get())

    (root,) = Unit.objects.filter(depth=1)
    today = Unit.objects.filter(kind__in=["commune", "ward"], closed_on=None)
    assert (root.name, set(today.values_list("pk", flat=True))) == (settings.PROVINCE, communes)


def test_to_begin_again_changes_nothing(capsys):
    begin(capsys)
    before = [list(model.objects.order_by("pk").values()) for model in KEPT]

    said = begin(capsys)

    assert "nothing was changed" in said
    assert [list(model.objects.order_by("pk").values()) for model in KEPT] == before


@pytest.mark.parametrize("administered", [True, False])
def test_an_agency_of_another_name_since_is_not_founded_again(capsys, administered):
    begin(capsys)
    admin = User.objects.get()
    services.rename_unit(
        unit=Unit.objects.get(kind="department"),
        name="Sở Nội vụ và Lao động",
        since=clock.today(),
        document="12/QĐ-UBND",
        actor=admin,
    )
    if not administered:
        Membership.objects.all().delete()

    said = begin(capsys)

    assert ("nothing was changed" in said) == administered
    assert Unit.objects.get(kind="department").name == "Sở Nội vụ và Lao động"
    assert services.has_just_begun(User.objects.get())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"province": "An Giang"}, "“An Giang” is none of the 34 provinces"),
        ({"province": "Tỉnh Đồng Tháp"}, "write PROVINCE=Tỉnh Đồng Tháp in .env first"),
        ({"agency": " "}, "--agency is its name"),
        ({"admin": "quan tri"}, "--admin: Enter a valid username"),
        ({"name": " "}, "--name: This field cannot be blank"),
        ({"mail": ""}, "--mail is needed"),
        ({"mail": "quantri"}, "--mail: "),
        ({"ask_password": True}, "--ask-password needs a terminal"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(capsys, words, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        begin(capsys, **words)

    assert not any(model.objects.exists() for model in KEPT)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"admin": "khac", "mail": "khac@angiang.example"}, "quantri administers this portal"),
        ({"mail": "khac@angiang.example"}, "quantri is Nguyễn Văn An, quantri@angiang.example"),
    ],
)
def test_a_second_administrator_is_made_on_the_pages(capsys, words, sentence):
    begin(capsys)

    with pytest.raises(CommandError, match=sentence):
        begin(capsys, **words)

    assert User.objects.count() == 1


def test_a_demonstration_and_another_province_are_left_alone(capsys, settings):
    begin(capsys)
    settings.PROVINCE = "Tỉnh Cà Mau"
    with pytest.raises(CommandError, match="another province here already: Tỉnh An Giang"):
        begin(capsys, province="Tỉnh Cà Mau")

    settings.DEMO = True
    with pytest.raises(CommandError, match="This is a demo"):
        begin(capsys)


def test_a_password_may_be_typed_where_no_mail_goes_out(capsys, monkeypatch, client):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "12345")
    with pytest.raises(CommandError, match="too short"):
        begin(capsys, ask_password=True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSWORD)

    said = begin(capsys, ask_password=True)

    assert "signs in at" in said
    assert client.login(username="quantri", password=PASSWORD)


def test_in_a_city_run_centrally_the_chairman_may_sign_and_words_speak_of_a_city(capsys, settings):
    settings.PROVINCE = "Thành phố Huế"
    begin(capsys, province=settings.PROVINCE)

    award = AwardType.objects.get(code="BKT")
    office = chairman_of(Unit.objects.get(depth=1))
    found = {each.weight for each in may_grant(award, office, clock.today())}
    assert Weight.BLOCK not in found
    assert award.name == "Bằng khen của Chủ tịch Ủy ban nhân dân thành phố"
    assert award.short_name == "Bằng khen của Chủ tịch UBND thành phố"
    assert not AwardType.objects.filter(name__contains="tỉnh").exists()
    assert not Parameter.objects.filter(meaning__contains="tỉnh").exists()


def test_pages_and_papers_of_a_city_say_nothing_of_a_province(capsys, settings, client):
    settings.PROVINCE, settings.MFA_REQUIRED = "Thành phố Huế", False
    begin(capsys, province=settings.PROVINCE)
    client.force_login(User.objects.get())
    root = Unit.objects.get(depth=1)

    pages = [client.get(path).content.decode() for path in ("/", "/don-vi/", "/can-cu/")]
    said = usual_signing(root)["receivers"] + usual_signing(Unit(kind="department"))["receivers"]
    decision = Decision(unit=root, pk=0, signed_on=clock.today())
    paper = documents.decision_words(decision)["executors"]

    assert "Thành phố đã có các xã, phường." in pages[1]
    for text in (*pages, said, paper):
        own = re.sub("Tỉnh, thành phố|[Cc]ấp tỉnh|tỉnh An Giang", "", text)
        assert not re.search(r"(?<!\w)tỉnh(?!\w)", own, re.IGNORECASE)
