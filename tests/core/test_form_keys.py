"""Every form of ours that posts carries a key, and what answers it does its work once for it."""

import inspect
import re

import pytest
from django.conf import settings
from django.urls import get_resolver

from accounts.permissions import Role
from core.ui.forms import PortalForm, PortalModelForm
from core.ui.views import FormPage, StepView
from tests import factories
from tests.core.test_form_pages import forms_of

KEYED = re.compile(
    r"{% form_keys|components/keys_fields\.html|{% crispy form|\.hidden_fields %}|form\.once"
    r"|in merge %}|{{ field }}{% endfor %}"
)
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
OURS = {app.partition(".")[0] for app in settings.INSTALLED_APPS} & {
    path.name for path in settings.BASE_DIR.iterdir()
}
THEIRS = ("account/", "mfa/", "allauth/")  # signing in
NOTHING = "nothing is done that a second sending would do again"
SAME = "compares each field with what its page showed"
WITHOUT_KEY = {  # templates, with how many forms and why
    "components/account_menu.html": (1, "signs out"),
    "components/language.html": (1, "chooses the language"),
    "components/discard_draft.html": (1, NOTHING),
    "403_csrf.html": (1, "sends again what came, with its key"),
    "accounts/inbox.html": (2, NOTHING),
    "criteria/set_try.html": (1, "writes nothing"),
    "campaigns/sheet_detail.html": (1, SAME),
    "campaigns/sheet_judge.html": (1, SAME),
}
VIEWS_WITHOUT = {  # also what only a script posts to
    "InboxRead": NOTHING,
    "TrySet": "writes nothing",
    "DraftPage": "keeps the last text that comes",
    "EvidenceParts": "a part says where in the file it belongs",
    "UseParts": "a part says where in the file it belongs",
    **dict.fromkeys(["SheetPage", "JudgePage", "AdvicePage", "PeerSheet"], SAME),
    **dict.fromkeys(["SaveEntries", "SaveJudgement", "SaveAdvice", "SavePeer"], SAME),
}


def views(patterns):
    """Every class of ours that answers POST at an address."""
    for pattern in patterns:
        yield from views(getattr(pattern, "url_patterns", ()))
        page = getattr(getattr(pattern, "callback", None), "view_class", None)
        ours = page and page.__module__.partition(".")[0] in OURS
        if ours and hasattr(page, "post") and "post" in page.http_method_names:
            yield page


def forms_without_key():
    found = {}
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        name = str(path.relative_to(settings.BASE_DIR / "templates"))
        forms = FORM.findall(path.read_text())
        bare = [form for form in forms if not KEYED.search(form)]
        if bare and not name.startswith(THEIRS):
            found[name] = len(bare)
    return found


def is_once(page):
    """By the base whose work it leaves to it, or by itself."""
    if not issubclass(page, FormPage | StepView):
        return "once(" in inspect.getsource(page.post)
    own = (
        (name, inspect.getsource(vars(kind)[name]))
        for kind in page.__mro__
        for name in ("post", "form_valid")
        if name in vars(kind) and kind.__module__.partition(".")[0] in OURS - {"core"}
    )
    return all(f"super().{name}(" in text for name, text in own)


def test_every_form_that_posts_carries_a_key():
    assert forms_without_key() == {name: number for name, (number, _why) in WITHOUT_KEY.items()}


def test_every_view_that_is_posted_to_does_its_work_once_for_a_key():
    found = set(views(get_resolver().url_patterns))
    careless = {page.__name__ for page in found if not is_once(page)}

    assert careless == VIEWS_WITHOUT.keys()
    assert len(found) > 100


def test_every_form_of_a_page_takes_its_key():
    pages = [page for page in views(get_resolver().url_patterns) if issubclass(page, FormPage)]
    forms = {form for page in pages for form in forms_of(page)}

    assert [form for form in forms if not issubclass(form, PortalForm | PortalModelForm)] == []


@pytest.mark.django_db
def test_a_role_taken_back_twice_by_one_form_leads_to_the_same_page(signed_in, admin, ward, today):
    person = factories.member(Role.UNIT_STAFF, ward, "Đỗ Thị Sáu", home=ward)
    client = signed_in(admin)
    page = client.get(person.get_absolute_url()).content.decode()
    form = page[page.index('id="end-') :]
    address = re.search(r'action="([^"]+)"', form)[1]
    key = re.search(r'name="once" value="([^"]+)"', form)[1]

    answers = [client.post(address, {"once": key}) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url == person.get_absolute_url()
    assert not person.memberships.in_force(today).exists()
