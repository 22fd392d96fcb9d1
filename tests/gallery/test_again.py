"""On every page with a form: what was typed when the session ended is offered after signing in."""

import re
from urllib.parse import quote

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.architecture.test_conventions import ROOT, TEMPLATES
from tests.core.test_versions import PAGES
from tests.factories import awards

OWN = 'data-autosave="off"'
ASIDE = {
    "templates/403_csrf.html": "sends what another form has kept",
    "templates/allauth/elements/form.html": "passwords and codes",
    "templates/criteria/set_try.html": "says that nothing is kept",
    "templates/campaigns/sheet_detail.html": "score-sheet.js keeps each answer",
    "templates/campaigns/sheet_judge.html": "score-sheet.js keeps each answer",
}


def test_no_form_lets_go_of_what_was_typed_without_a_reason():
    found = {str(file.relative_to(ROOT)) for file in TEMPLATES if OWN in file.read_text()}

    assert found == set(ASIDE)


def revocation(have):
    award = awards.issued(unit=have("province")).awards.first()
    return have("decider"), reverse("awards:revoke", args=[award.pk]), "by"


def a_role(have):
    user = factories.user("Trần Văn Sang", home=have("ward"))
    return have("admin"), reverse("accounts:grant", args=[user.pk]), "from_day"


def another_name(have):
    return have("admin"), reverse("accounts:unit_rename", args=[have("ward").pk]), "name"


def late_permit(have):
    made = factories.campaign(unit=have("province"), steward=have("agency"))
    return have("steward"), reverse("campaigns:permits", args=[made.pk]), "reason"


def a_step(have):
    made = factories.campaign(unit=have("province"))
    return have("section_head"), made.get_absolute_url(), "note"


FORMS = [*PAGES.values(), revocation, a_role, another_name, late_permit, a_step]
TEXTS = {"from_day": "31/12/2025"}


def signed_in_again(page, portal, user):
    client = Client()
    client.force_login(user)
    page.context.clear_cookies(name="sessionid")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": portal}]
    )


def test_what_was_typed_when_the_session_ended_is_offered_again(
    enter, portal, request, today, complaints, staff
):
    page = enter("/", signed_in=False)
    for form in FORMS:
        user, address, name = form(request.getfixturevalue)
        signed_in_again(page, portal, user)
        page.goto(address)
        field = page.locator(f"main form[method=post] [name={name}]").first
        text = TEXTS.get(name, "Chữ gõ dở dang")
        if form is a_step:
            page.locator("details.ask summary").first.click()
        field.fill(text)
        Session.objects.all().delete()

        field.locator("xpath=ancestor::form").locator("[type=submit]").first.click()
        page.wait_for_url(re.compile(re.escape(f"/accounts/login/?next={quote(address)}")))

        signed_in_again(page, portal, staff)
        page.goto("/")
        assert text not in page.content()
        signed_in_again(page, portal, user)
        page.goto(address)
        page.get_by_role("button", name="Khôi phục").click()
        expect(field).to_have_value(text)
        expect(field).to_be_visible()
    assert complaints == []


def test_a_step_that_was_taken_leaves_no_note_behind(enter, portal, request, today):
    page = enter("/", signed_in=False)
    user, address, name = a_step(request.getfixturevalue)
    signed_in_again(page, portal, user)
    page.goto(address)
    page.locator("details.ask summary").first.click()
    page.locator(f"[name={name}]").first.fill("Đã hết thời gian thực hiện")

    page.locator("details.ask [type=submit]").first.click()

    page.wait_for_url(f"**{address}")
    expect(page.locator(".messages, [role=status]").first).to_be_attached()
    kept = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('portal-text:'))")
    assert kept == []
