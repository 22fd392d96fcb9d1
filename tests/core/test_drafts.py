"""Typed text is kept before it is sent, offered again, and dropped when it is sent."""

import uuid

import pytest
from django.urls import reverse

from core.ui import drafts
from core.ui.models import Draft
from tests.factories import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(ward, staff, province):
    """The address of a form that keeps drafts."""
    from tests import factories  # noqa: PLC0415  (fixtures of dossiers are theirs)

    award_round = factories.award_round(factories.campaign(unit=province))
    dossier = writing.draft(unit=ward, of_round=award_round, by=staff)
    return reverse("dossiers:general", args=[dossier.pk])


def test_a_draft_is_kept_and_offered_again(signed_in, staff, page):
    client = signed_in(staff)

    kept = client.post(drafts.address_for(page), {"contact": "Đang gõ", "once": "x"})
    shown = client.get(page)

    assert kept.status_code == 204
    assert Draft.objects.get().values == {"contact": ["Đang gõ"]}
    assert shown.context["form"]["contact"].value() == "Đang gõ"
    assert "Đây là nội dung bạn gõ lúc" in shown.content.decode()


def test_what_no_database_keeps_is_left_out_of_a_draft(signed_in, staff, page):
    kept = signed_in(staff).post(drafts.address_for(page), {"contact": "Đang\x00 gõ", "a\x00": "b"})

    assert kept.status_code == 204
    assert Draft.objects.get().values == {"contact": ["Đang gõ"], "a": ["b"]}


def test_a_later_draft_takes_the_place_of_an_earlier_one(signed_in, staff, page):
    client = signed_in(staff)

    for text in ("Một", "Hai"):
        client.post(drafts.address_for(page), {"contact": text})

    assert Draft.objects.get().values == {"contact": ["Hai"]}


def test_a_draft_goes_when_its_form_is_sent(signed_in, staff, page):
    client = signed_in(staff)
    client.post(drafts.address_for(page), {"contact": "Đang gõ"})

    client.post(page, {"contact": "Gõ xong"})

    assert not Draft.objects.exists()


def test_a_copy_that_comes_after_its_form_is_not_kept(signed_in, staff, page):
    client = signed_in(staff)
    key = str(uuid.uuid4())
    assert client.post(page, {"contact": "Gõ xong", "once": key}).status_code == 302

    late = client.post(drafts.address_for(page), {"contact": "Gõ xon", "once": key})

    assert late.status_code == 204
    assert not Draft.objects.exists()


def test_a_copy_kept_while_its_form_was_carried_out_is_not_offered(signed_in, staff, page):
    """Both at once: the copy did not see the form yet, and the form did not see the copy."""
    client = signed_in(staff)
    key = str(uuid.uuid4())
    client.post(drafts.address_for(page), {"contact": "Gõ xon", "once": key})
    kept = Draft.objects.get()
    assert client.post(page, {"contact": "Gõ xong", "once": key}).status_code == 302
    kept.save(force_insert=True)

    shown = client.get(page)

    assert shown.context["form"]["contact"].value() == "Gõ xong"
    assert shown.context["draft"] is None


def test_a_refused_form_keeps_its_draft(signed_in, staff, page):
    client = signed_in(staff)
    client.post(drafts.address_for(page), {"contact": "Đang gõ"})

    client.post(page, {"contact": "Đang gõ", "proposal_on": "32/13/2025"})

    assert Draft.objects.exists()


def test_a_draft_is_dropped_on_request(signed_in, staff, page):
    client = signed_in(staff)
    client.post(drafts.address_for(page), {"contact": "Đang gõ"})

    answer = client.post(drafts.address_for(page), {"discard": "1"})

    assert answer.url == page
    assert not Draft.objects.exists()


def test_a_draft_is_nobody_elses(signed_in, staff, unit_leader, page):
    signed_in(staff).post(drafts.address_for(page), {"contact": "Đang gõ"})

    shown = signed_in(unit_leader).get(page)

    assert "Đang gõ" not in shown.content.decode()


@pytest.mark.parametrize("form", ["", "//elsewhere.test/", "elsewhere", "/no/such/page/"])
def test_a_draft_belongs_to_a_page_of_ours(signed_in, staff, page, form):
    answer = signed_in(staff).post(drafts.address_for(form), {"discard": "1"})

    assert answer.status_code == 404


def test_a_draft_is_not_endless(signed_in, staff, page):
    answer = signed_in(staff).post(drafts.address_for(page), {"contact": "a" * drafts.MOST * 2})

    assert (answer.status_code, Draft.objects.count()) == (413, 0)


def test_a_draft_rests_on_what_was_seen_when_it_was_typed(signed_in, staff, page):
    """A colleague saves after the draft: the draft's author is asked, not overruled."""
    client = signed_in(staff)
    seen = client.get(page).context["form"].initial["seen"]
    client.post(drafts.address_for(page), {"contact": "Đang gõ", "seen": seen})
    client.post(page, {"contact": "Của đồng nghiệp"})
    client.post(drafts.address_for(page), {"contact": "Đang gõ", "seen": seen})

    shown = client.get(page).context["form"]
    answer = client.post(page, {"contact": shown["contact"].value(), "seen": shown["seen"].value()})

    assert answer.status_code == 422
    assert [conflict.kept for conflict in answer.context["form"].conflicts] == ["Của đồng nghiệp"]


@pytest.mark.parametrize("version", ["²", "9" * 5000, "9" * 30])
def test_a_draft_with_a_version_that_is_none_is_kept_without(signed_in, staff, page, version):
    typed = {"contact": "Đang gõ", "version": version}

    answer = signed_in(staff).post(drafts.address_for(page), typed)

    assert (answer.status_code, Draft.objects.get().version) == (204, None)
