"""A result of the council that was recorded wrongly: withdrawn, and recorded anew."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.workflow import DECISION
from core.audit.models import Entry
from core.workflow import Blocked, NotNow
from dossiers.forms.council import COUNTS
from dossiers.models import CouncilResult, Dossier, Nomination, Sitting
from dossiers.rules import council
from dossiers.services import deciding
from dossiers.workflow.sitting import SITTING
from tests.factories import awards as factory
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
Result, State = Nomination.Result, Dossier.State
WHY = "Nhập nhầm số phiếu."
WORDS = {"subject": "Tặng Bằng khen", "reason": "Đã có thành tích", "place": "Đồng Tháp"}


@pytest.fixture
def passed(ward, award_round, staff):
    return sent.passed(unit=ward, of_round=award_round, by=staff, nominees=2, votes=14)


@pytest.fixture
def withdraw(passed, council_secretary):
    def act(actor=council_secretary, note=WHY):
        return SITTING.perform(Sitting.objects.get(), "withdraw", actor=actor, note=note)

    return act


def draft_of(dossier, officer):
    return deciding.decide(nominations=dossier.nominations.all(), actor=officer, **WORDS)


def test_nominees_wait_for_the_council_again(passed, withdraw):
    sitting = withdraw()

    passed.refresh_from_db()
    assert (sitting.state, passed.state) == (Sitting.State.WITHDRAWN, State.COUNCIL)
    assert set(passed.nominations.values_list("result", "stands")) == {(Result.OK, True)}
    assert not CouncilResult.objects.exists()


def test_the_counts_stand_in_the_history_with_the_reason(passed, withdraw, council_secretary):
    lines = Entry.objects.about(withdraw(), council_secretary)

    notes = [line.note for line in lines]
    assert WHY in notes
    name = passed.nominations.first().titled
    assert any(f"{name}: đồng ý 14, không đồng ý 0" in note for note in notes)


def test_a_withdrawn_sitting_has_no_counts_in_the_list(withdraw, signed_in, council_secretary):
    client, address = signed_in(council_secretary), reverse("dossiers:sittings")
    cell = 'data-l="{}">{}</td>'
    before = client.get(address).content.decode()
    withdraw()

    after = client.get(address).content.decode()

    for head, count in (("Đã bỏ phiếu", 2), ("Đồng ý", 2)):
        assert cell.format(head, count) in before
        assert cell.format(head, "–") in after


def test_who_stands_aside_has_one_word(passed, withdraw, council_secretary):
    heads = str(dict(COUNTS)["recused"])

    notes = " ".join(line.note for line in Entry.objects.about(withdraw(), council_secretary))

    assert heads.lower() in notes


def test_the_reason_of_a_nominee_left_out_stands_in_the_history(
    passed, withdraw, officer, council_secretary
):
    left = passed.nominations.first()
    deciding.leave_out(nominations=[left], reason="Chỉ còn một suất", actor=officer)

    lines = Entry.objects.about(withdraw(), council_secretary)

    left.refresh_from_db()
    assert left.result_reason == ""
    assert f"{left.titled}: đồng ý 14" in (note := "".join(line.note for line in lines))
    assert note.count("Vượt số suất khen thưởng: Chỉ còn một suất") == 1
    told = Entry.objects.about(passed, officer)
    assert "Chỉ còn một suất" in [line.note for line in told]


def test_a_dossier_that_was_not_approved_comes_back(passed, withdraw):
    passed.nominations.update(result=Result.FAILED, stands=False, result_reason="Thiếu phiếu")
    Dossier.objects.filter(pk=passed.pk).update(state=State.NOT_APPROVED)

    withdraw()

    passed.refresh_from_db()
    assert passed.state == State.COUNCIL
    kept = passed.nominations.values_list("result", "stands", "result_reason")
    assert set(kept) == {(Result.OK, True, "")}


def test_a_nominee_in_a_draft_is_taken_out_first(passed, withdraw, officer):
    draft = draft_of(passed, officer)

    with pytest.raises(Blocked) as refused:
        withdraw()
    seen = next(council.decided_since(Sitting.objects.get(), officer))
    DECISION.perform(draft, "cancel", actor=officer, note="Đưa ra.")
    withdraw()

    first = refused.value.findings[0]
    assert str(first) == f"2 đề nghị đang có trong {draft}; hủy dự thảo này trước."
    assert first.href == ""  # the secretary cannot open a draft
    assert seen.href == draft.get_absolute_url()


def test_a_nominee_in_an_issued_decision_stays(passed, withdraw, officer, decider):
    factory.authority()
    draft = draft_of(passed, officer)
    DECISION.perform(factory.sign(draft, actor=officer), "issue", actor=decider)

    with pytest.raises(Blocked) as refused:
        withdraw()

    assert "đã ban hành" in str(refused.value.findings[0])
    assert CouncilResult.objects.count() == 2


def test_it_needs_a_reason(withdraw):
    with pytest.raises(Blocked):
        withdraw(note=" ")


def test_only_the_secretary_withdraws_and_only_once(withdraw, officer):
    with pytest.raises(PermissionDenied):
        withdraw(actor=officer)
    withdraw()
    with pytest.raises(NotNow):
        withdraw()


def test_the_page_offers_it_to_the_secretary_alone(passed, signed_in, council_secretary, officer):
    page = Sitting.objects.get().get_absolute_url()

    seen = [
        [offer.step.name for offer in signed_in(user).get(page).context["offers"]]
        for user in (council_secretary, officer)
    ]

    assert seen == [["withdraw"], []]


def test_the_button_withdraws_and_the_page_says_so(passed, signed_in, council_secretary):
    sitting, browser = Sitting.objects.get(), signed_in(council_secretary)
    address = reverse("dossiers:sitting_step", args=[sitting.pk, "withdraw"])

    answer = browser.post(address, {"note": WHY, "version": "0"}, follow=True)

    said = answer.content.decode()
    assert "Kết quả đã ghi ở đây được rút lại" in said
    assert "đồng ý 14" in said
