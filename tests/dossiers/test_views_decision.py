"""Drawing up a decision: choosing within the quota, leaving out."""

import pytest
from django.urls import reverse

from awards.models import Decision
from dossiers.models import Nomination
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]
Result = Nomination.Result
WORDS = {"subject": "Tặng Bằng khen", "reason": "Đã có thành tích", "place": "Đồng Tháp"}


@pytest.fixture
def quota(award_round):
    return factories.quota(award_round, size=2)


@pytest.fixture
def passed(ward, award_round, staff, quota):
    return sent.passed(unit=ward, of_round=award_round, by=staff, nominees=3)


@pytest.fixture
def address(award_round):
    return reverse("dossiers:compose", args=[award_round.pk])


def pks(dossier, number):
    return list(dossier.nominations.values_list("pk", flat=True))[:number]


def shown(page):
    """The words in both forms of the page."""
    fields = page.context["decide"], page.context["leave_out"]
    return {name: form[name].value() or "" for form in fields for name in form.words}


def test_rounds_with_somebody_to_decide_on(passed, award_round, signed_in, officer):
    page = signed_in(officer).get(reverse("dossiers:compose_rounds"))

    assert [(each, each.waiting) for each in page.context["object_list"]] == [(award_round, 3)]


def test_those_who_fit_the_quota_are_chosen_first(passed, address, signed_in, officer):
    rows = signed_in(officer).get(address).context["rows"]

    assert [ticked for _nominee, ticked, _tied in rows] == [True, True, False]
    assert [tied for _nominee, _ticked, tied in rows] == [True, True, True]


def test_the_chosen_are_drawn_up(passed, address, signed_in, officer):
    answer = signed_in(officer).post(address, {"act": "decide", "nominee": pks(passed, 2), **WORDS})

    draft = Decision.objects.get()
    assert answer.url == draft.get_absolute_url()
    assert (draft.awards.count(), draft.subject) == (2, WORDS["subject"])


def test_one_too_many_comes_back_with_the_choice_kept(passed, address, signed_in, officer):
    page = signed_in(officer).post(address, {"act": "decide", "nominee": pks(passed, 3), **WORDS})

    assert page.status_code == 409
    assert page.context["form"].non_field_errors() == ["Individual: 3 chosen, 2 places left of 2."]
    assert [ticked for _nominee, ticked, _tied in page.context["rows"]] == [True] * 3
    assert not Decision.objects.exists()


def test_one_too_many_leads_to_the_first_who_is_chosen(passed, address, signed_in, officer):
    text = signed_in(officer).post(address, {"act": "decide", "nominee": pks(passed, 3), **WORDS})

    page = " ".join(text.content.decode().split())
    first = f"nominee-{pks(passed, 1)[0]}"
    assert f'<a href="#{first}">Individual: 3 chosen, 2 places left of 2.</a>' in page
    assert page.count(f'id="{first}"') == 1


def test_what_is_left_empty_is_said_alike_in_both_acts(passed, address, signed_in, officer):
    client = signed_in(officer)

    drawn_up = client.post(address, {"act": "decide", "nominee": pks(passed, 1)}).context["form"]
    left_out = client.post(address, {"act": "leave_out", "left": pks(passed, 1)}).context["form"]

    empty = "This is still empty; write it before you save."
    said = {**drawn_up.errors, **left_out.errors}
    assert said == {name: [empty] for name in ("subject", "reason", "place", "why")}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"act": "decide", **WORDS, "subject": ""}, "subject"),
        ({"act": "leave_out", "why": ""}, "why"),
    ],
)
def test_what_is_missing_is_said_at_its_field(data, field, passed, address, signed_in, officer):
    ticks = {"nominee": pks(passed, 1), "left": pks(passed, 1)}

    page = signed_in(officer).post(address, {**data, **ticks})

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_a_refused_leaving_out_leaves_the_words_of_the_decision(
    passed, address, signed_in, officer
):
    client = signed_in(officer)
    fresh = shown(client.get(address))

    page = client.post(address, {"act": "leave_out", "why": "Vượt chỉ tiêu"})

    assert page.status_code == 422
    assert shown(page) == {**fresh, "why": "Vượt chỉ tiêu"}
    assert "" not in (fresh["subject"], fresh["reason"])
    assert [ticked for _nominee, ticked, _tied in page.context["rows"]] == [True, True, False]


@pytest.mark.parametrize("act", ["decide", "leave_out"])
def test_what_was_typed_beside_a_refused_act_is_kept(act, passed, address, signed_in, officer):
    typed = {**WORDS, "why": "Vượt chỉ tiêu"}
    ticks = {"decide": "left", "leave_out": "nominee"}[act]
    last = passed.nominations.last().pk

    page = signed_in(officer).post(address, {"act": act, ticks: last, **typed})

    assert page.status_code == 422
    assert (shown(page), page.context["leaving"]) == (typed, True)
    chosen = {row.pk for row, ticked, _tied in page.context["rows"] if ticked}
    assert (chosen, page.context["left"]) == (
        (set(), {last}) if act == "decide" else ({last}, set())
    )


def test_too_much_beside_hinders_no_other_act(passed, address, signed_in, officer):
    data = {
        "act": "leave_out",
        "left": pks(passed, 1),
        "why": "Vượt chỉ tiêu",
        "subject": "x" * 401,
    }

    assert signed_in(officer).post(address, data).status_code == 302


def test_nobody_chosen_is_no_decision(passed, address, signed_in, officer):
    page = signed_in(officer).post(address, {"act": "decide", **WORDS})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["nominee"])


def test_leaving_out_keeps_the_reason(passed, address, signed_in, officer):
    chosen = pks(passed, 1)

    signed_in(officer).post(address, {"act": "leave_out", "left": chosen, "why": "Vượt chỉ tiêu"})

    left = Nomination.objects.get(pk=chosen[0])
    assert (left.result, left.result_reason) == (Result.OVER_QUOTA, "Vượt chỉ tiêu")


def test_nobody_is_ticked_beforehand_to_be_left_out(passed, address, signed_in, officer):
    page = signed_in(officer).get(address)

    assert (page.context["left"], page.context["leaving"]) == (set(), False)


def test_ticks_for_the_decision_leave_nobody_out(passed, address, signed_in, officer):
    data = {"act": "leave_out", "nominee": pks(passed, 2), "why": "Vượt chỉ tiêu"}

    page = signed_in(officer).post(address, data)

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["left"])
    assert page.context["leaving"]
    assert not passed.nominations.exclude(result=Result.PASSED).exists()


def test_who_may_not_draft_finds_no_page(passed, address, signed_in, staff, decider):
    seen = [signed_in(user).get(address).status_code for user in (staff, decider)]

    assert seen == [404, 404]
