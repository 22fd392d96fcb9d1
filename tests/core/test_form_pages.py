"""Every page with a form: what it shows of what is kept meets what a colleague saved meanwhile."""

import datetime

import pytest
from django.urls import get_resolver, reverse

from campaigns.models import Target, TargetResult
from campaigns.services import aims
from core.ui.forms import PortalModelForm
from core.ui.merging import Merging
from core.ui.views import FormPage
from core.workflow import NotNow
from dossiers.services import appraising, preparing
from dossiers.workflow import DOSSIER
from tests import factories
from tests.core import test_versions
from tests.core.test_versions import typed
from tests.factories import sent, sheets, writing

pytestmark = pytest.mark.django_db
ONE, TWO = "Một", "Hai"


def block_of(have, count=4):
    units = [have("ward"), *(factories.unit(kind="ward", superior=have("province")) for _ in "123")]
    return sheets.block(of_unit=have("province"), actor=have("officer"), members=units[:count])


def head_of_a_block(have):
    block = block_of(have)
    two, three = list(block.members.order_by("pk").values_list("unit", flat=True))[1:3]
    address = reverse("campaigns:block_heads", args=[block.pk])
    return have("officer"), address, {"head": two}, {"head": three, "deputies": []}


def deputies_of_a_block(have):
    block = block_of(have)
    _one, two, three, four = block.members.order_by("pk").values_list("unit", flat=True)
    address = reverse("campaigns:block_heads", args=[block.pk])
    return have("officer"), address, {"deputies": [two, three]}, {"deputies": [four]}


def why_a_member_is_not_ranked(have):
    block = block_of(have)
    address, field = reverse("campaigns:block_unranked", args=[block.pk]), f"unit-{have('ward').pk}"
    return have("officer"), address, {field: ONE}, {field: TWO}


def who_scores_whom(have):
    address = reverse("campaigns:block_scorers", args=[block_of(have).pk])
    return have("officer"), address, {"each": "2"}, {"each": "1"}


def figures_of(have):
    campaign = factories.campaign(unit=have("province"), steward=have("agency"), kind="programme")
    values = {"unit_of_measure": "hộ", "compare": "at_least", "value": 30}
    rows = [
        Target.objects.create(
            campaign=campaign, code=f"T{n}", name=f"Chỉ tiêu {n}", order=n, **values
        )
        for n in (1, 2)
    ]
    address = reverse("campaigns:results_entry", args=[campaign.pk, have("ward").pk, "2025-11"])
    return address, rows


def results(have):
    address, (first, _second) = figures_of(have)
    field = f"value_{first.pk}"
    return have("staff"), address, {field: "12,5"}, {field: "1.250"}


def last_day_of_a_call(have):
    campaign = factories.campaign(unit=have("province"), steward=have("agency"))
    day = datetime.date(2025, 12, 20)
    call = aims.open_call(subject=campaign, year=2025, last_day=day, actor=have("steward"))
    address = reverse("campaigns:aim_call_day", args=[call.pk])
    return have("steward"), address, {"last_day": "22/12/2025"}, {"last_day": "24/12/2025"}


def a_criterion(have):
    held = sheets.criteria_set(of_unit=have("province"), actor=have("officer"))
    row = held.criteria.get(code="1.1")
    address = reverse("criteria:criterion", args=[row.pk])
    rules = "từ 4: 20\ncòn lại: {}"
    return have("officer"), address, {"rule": rules.format(1)}, {"rule": rules.format(2)}


def written_by_staff(have):
    of_round = factories.award_round(factories.campaign(unit=have("province")))
    return {"unit": have("ward"), "of_round": of_round, "by": have("staff")}


def general_data(have):
    dossier = writing.draft(**written_by_staff(have))
    address = reverse("dossiers:general", args=[dossier.pk])
    return (
        have("staff"),
        address,
        {"council_met_on": "03/11/2025"},
        {"council_met_on": "04/11/2025"},
    )


def a_nominee(have):
    dossier = writing.draft(**written_by_staff(have))
    nominee = writing.nominee(dossier, by=have("staff"))
    address = reverse("dossiers:nomination", args=[nominee.pk])
    return have("staff"), address, {"position": ONE}, {"position": TWO}


def first_report(have):
    dossier = writing.draft(**written_by_staff(have))
    nominee = writing.nominee(dossier, by=have("staff"), report=False)
    address = reverse("dossiers:report", args=[nominee.pk])
    return have("staff"), address, {"situation": ONE}, {"situation": TWO}


def returned(have):
    dossier = writing.with_head(**written_by_staff(have))
    dossier = DOSSIER.perform(dossier, "submit", actor=have("unit_leader"))
    flaws = [("paper:BB", "Thiếu số phiếu.")]
    return appraising.return_to_unit(
        dossier=dossier, note="Còn thiếu.", defects=flaws, actor=have("officer")
    )


def an_explanation(have):
    address = reverse("dossiers:explain", args=[returned(have).defects.get().pk])
    return have("staff"), address, {"answer": ONE}, {"answer": TWO}


def first_verdict(have):
    dossier = sent.dossier(**written_by_staff(have), state="appraising")
    key = dossier.nominations.get().pk
    drop = {f"opinion_{key}": "drop", f"remark_{key}": "Trùng thành tích."}
    address = reverse("dossiers:appraise", args=[dossier.pk])
    return have("officer"), address, drop, {f"opinion_{key}": "ok"}


MERGED = {  # by the form: pages whose values are merged, with two texts for the same field
    "HeadsForm": [head_of_a_block, deputies_of_a_block],
    "UnrankedForm": [why_a_member_is_not_ranked],
    "ScorersForm": [who_scores_whom],
    "ResultsForm": [results],
    "DayForm": [last_day_of_a_call],
    "CriterionForm": [a_criterion],
    "GeneralForm": [general_data],
    "NomineeForm": [a_nominee],
    "dossiers.ReportForm": [first_report],
    "ExplainForm": [an_explanation],
    "VerdictsForm": [first_verdict],
}
# Not over one form with fields of its own: the test that holds it stands beside.
ELSEWHERE = {
    "WizardStep": "rows come and go: campaigns/test_meeting.py, campaigns/test_wizard_races.py",
    "AimWrite": "refuses by the version of the list: campaigns/test_aim_races.py",
    "ReportWrite": "refuses by the version of the report: campaigns/test_reports.py",
    "SynthesisPage": "refuses by the version of the synthesis: campaigns/test_reports.py",
    "ReturnPage": "refuses by the version of the dossier: dossiers/test_views_agency.py",
    "PlanPreview": "refuses what the page did not show: campaigns/test_views_plans.py",
}
ASKS = "asks for something new: nothing that is kept stands in its fields"
BUTTON = "a button: nothing to type"
CHOICE = "rows that are ticked; each is looked at again as it is then"
NOTHING_KEPT = {
    "AddCriterion": ASKS,
    "AskForReport": ASKS,
    "Assign": ASKS,
    "Begin": ASKS,
    "CallPermits": ASKS,
    "ChangeUndo": ASKS,
    "Compose": "makes a decision of its own; its words are those of the round",
    "CopyBlock": ASKS,
    "Dissolve": ASKS,
    "Found": ASKS,
    "HandIn": "a file; what it would change is shown and compared before",
    "Join": ASKS,
    "KeepPledge": ASKS,
    "Leave": ASKS,
    "Load": ASKS,
    "MembershipGrant": ASKS,
    "Merge": ASKS,
    "Move": ASKS,
    "MoveClock": "the day of the demonstration, which is moved, not written together",
    "NewBlock": ASKS,
    "NewCall": ASKS,
    "NewEdition": ASKS,
    "NewEvidence": ASKS,
    "NewSet": ASKS,
    "NewSitting": "makes a sitting of its own; its chair is proposed from the last one",
    "NominatePage": ASKS,
    "ObjectTo": ASKS,
    "OpenPage": ASKS,
    "OwnPlan": ASKS,
    "PapersPage": ASKS,
    "PermitPage": ASKS,
    "PermitWithdraw": ASKS,
    "PlanUpload": ASKS,
    "Rename": ASKS,
    "ResultEvidence": ASKS,
    "ReturnCriterion": ASKS,
    "RevocationPage": ASKS,
    "Separate": ASKS,
    "SheetIn": "a file; what it would change is shown and compared before",
    "Split": ASKS,
    "UseEvidence": ASKS,
    "AdoptEdition": BUTTON,
    "Confirm": BUTTON,
    "DropUse": BUTTON,
    "MoveCriterion": BUTTON,
    "OpenHandout": BUTTON,
    "OpenPeers": BUTTON,
    "OpenSheets": BUTTON,
    "Propose": BUTTON,
    "Publish": BUTTON,
    "PutTogether": BUTTON,
    "ReissuePage": BUTTON,
    "RemoveCriterion": BUTTON,
    "RemoveEvidence": BUTTON,
    "SendUpward": BUTTON,
    "StopAll": BUTTON,
    "ApproveChosen": CHOICE,
    "Chosen": CHOICE,
    "GridPage": CHOICE,
    "ListUp": CHOICE,
}


def pages(patterns):
    """Every page with a form that has an address."""
    for pattern in patterns:
        yield from pages(getattr(pattern, "url_patterns", ()))
        page = getattr(getattr(pattern, "callback", None), "view_class", None)
        if page and issubclass(page, FormPage):
            yield page


def forms_of(page):
    """The form of a page, and those of its further acts."""
    return [page.form_class, *getattr(page, "other_forms", ())]


def compares(form):
    """Whether a form knows what its page showed: its values, or the version of its row."""
    refuses = issubclass(form, PortalModelForm) and hasattr(form._meta.model, "version")
    return issubclass(form, Merging) or refuses


def test_every_page_with_a_form_compares_or_shows_nothing_that_is_kept():
    found = {page for page in pages(get_resolver().url_patterns) if "tests." not in page.__module__}
    excused = ELSEWHERE.keys() | NOTHING_KEPT.keys()

    silent = {page.__name__ for page in found if not all(map(compares, forms_of(page)))} - excused

    assert not silent, "what a colleague saves meanwhile is written over"
    assert excused <= {page.__name__ for page in found}


def test_every_form_that_compares_is_tried_by_two_people():
    found = {form for page in pages(get_resolver().url_patterns) for form in forms_of(page)}
    names = {form.__name__ for form in found if compares(form) and "tests." not in form.__module__}
    tried = {name.rpartition(".")[2] for name in MERGED} | set(test_versions.PAGES)

    assert names == tried | test_versions.NEW_ROWS_ONLY


@pytest.fixture
def page(request, today):
    return request.param(request.getfixturevalue)


each_page = pytest.mark.parametrize(
    "page", [made for held in MERGED.values() for made in held], indirect=True
)


@each_page
def test_the_second_of_two_who_wrote_the_same_chooses(page, signed_in):
    user, address, one, two = page
    client = signed_in(user)
    mine, theirs = (client.get(address) for _person in range(2))

    first = client.post(address, typed(mine) | one)
    told = client.post(address, typed(theirs) | two)
    text = told.content.decode()
    choices = {conflict.choice: "kept" for conflict in told.context["form"].conflicts}
    again = client.post(address, typed(told) | choices)

    assert first.status_code == 302, first.context["form"].errors
    assert told.status_code == 422
    assert f"{user} đã sửa lúc" in text
    assert choices
    assert all(f'name="{choice}"' in text for choice in choices)
    assert again.status_code == 302
    kept = typed(client.get(address))
    assert {name: plain(kept.get(name)) for name in one} == {n: plain(v) for n, v in one.items()}


@each_page
def test_what_is_sent_again_otherwise_is_kept(page, signed_in):
    """The page went back in the browser: under its key stands what it showed at first again."""
    user, address, one, two = page
    client = signed_in(user)
    shown = typed(client.get(address))
    first = client.post(address, shown | one)

    told = client.post(address, shown | two)
    again = client.post(address, typed(told))

    assert [first.status_code, told.status_code, again.status_code] == [302, 409, 302]
    assert not told.context["form"].conflicts
    kept = typed(client.get(address))
    assert {name: plain(kept.get(name)) for name in two} == {n: plain(v) for n, v in two.items()}


def test_what_the_page_showed_at_first_may_be_sent_again(request, signed_in, today):
    user, address, one, _two = general_data(request.getfixturevalue)
    client = signed_in(user)
    shown = typed(client.get(address))
    client.post(address, shown | one)

    told = client.post(address, shown | {"contact": ONE})
    client.post(address, typed(told))

    kept = typed(client.get(address))
    assert (kept.get("council_met_on", ""), kept["contact"]) == ("", ONE)


def test_a_colleague_between_two_sendings_is_not_written_over(request, signed_in, today):
    user, address, one, two = general_data(request.getfixturevalue)
    client = signed_in(user)
    shown = typed(client.get(address))
    client.post(address, shown | one)
    client.post(address, typed(client.get(address)) | {"council_met_on": "06/11/2025"})

    told = client.post(address, shown | two)

    assert told.status_code == 409
    assert [each.kept for each in told.context["form"].conflicts] == ["06/11/2025"]


@each_page
def test_whoever_typed_nothing_undoes_nothing(page, signed_in):
    user, address, one, _two = page
    client = signed_in(user)
    mine, theirs = (client.get(address) for _person in range(2))

    client.post(address, typed(mine) | one)
    answer = client.post(address, typed(theirs))

    assert answer.status_code in (302, 422)  # a field that must not stay empty was empty then
    kept = typed(client.get(address))
    assert {name: plain(kept.get(name)) for name in one} == {n: plain(v) for n, v in one.items()}


@each_page
def test_who_saves_between_the_look_and_the_act_is_not_written_over(page, signed_in, monkeypatch):
    """The colleague's form is carried out while this one is between its look and its act."""
    user, address, one, two = page
    client = signed_in(user)
    mine, theirs = (client.get(address) for _person in range(2))
    begin, going = FormPage.form_valid, []

    def after_the_colleague(self, form):
        going.append(None)
        if len(going) == 1:
            going[0] = client.post(address, typed(mine) | one)
        return begin(self, form)

    monkeypatch.setattr(FormPage, "form_valid", after_the_colleague)
    refused = client.post(address, typed(theirs) | two)

    assert going[0].status_code == 302
    assert refused.status_code == 409
    kept = typed(client.get(address))
    assert {name: plain(kept.get(name)) for name in one} == {n: plain(v) for n, v in one.items()}


def plain(value):
    return sorted(str(each) for each in (value if isinstance(value, list) else [value]) if each)


def test_two_who_write_different_parts_of_a_first_report_both_keep_theirs(
    request, signed_in, today
):
    user, address, _one, _two = first_report(request.getfixturevalue)
    client = signed_in(user)
    mine, theirs = (client.get(address) for _person in range(2))
    first = {name: f"Của A: {name}" for name in typed(mine) if name.startswith(("content_", "res"))}

    answers = [
        client.post(address, typed(mine) | first),
        client.post(address, typed(theirs) | {"situation": "Của B"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    kept = typed(client.get(address))
    assert len(first) > 1
    assert kept | first | {"situation": "Của B", "once": kept["once"]} == kept


def test_two_who_enter_different_figures_both_keep_theirs(request, signed_in, today):
    address, (first, second) = figures_of(request.getfixturevalue)
    client = signed_in(request.getfixturevalue("staff"))
    mine, theirs = (client.get(address) for _person in range(2))

    client.post(address, typed(mine) | {f"value_{first.pk}": "1.250,5"})
    client.post(address, typed(theirs) | {f"value_{second.pk}": "7"})

    found = TargetResult.objects.order_by("target__order").values_list("value", flat=True)
    assert [float(value) for value in found] == [1250.5, 7]


def test_a_figure_that_was_taken_over_goes_back_as_it_was_kept(request, signed_in, today):
    address, (first, second) = figures_of(request.getfixturevalue)
    client = signed_in(request.getfixturevalue("staff"))
    mine, theirs = (client.get(address) for _person in range(2))
    client.post(address, typed(mine) | {f"value_{first.pk}": "1,125", f"value_{second.pk}": "5"})

    told = client.post(address, typed(theirs) | {f"value_{second.pk}": "6"})
    (conflict,) = told.context["form"].conflicts
    again = client.post(address, typed(told) | {conflict.choice: "mine"})

    assert (told.status_code, again.status_code) == (422, 302)
    found = TargetResult.objects.order_by("target__order").values_list("value", flat=True)
    assert [float(value) for value in found] == [1.125, 6]


def test_a_source_goes_with_its_figure(request, signed_in, today):
    address, (first, _second) = figures_of(request.getfixturevalue)
    client = signed_in(request.getfixturevalue("staff"))
    figure, source = f"value_{first.pk}", f"source_{first.pk}"
    client.post(address, typed(client.get(address)) | {figure: "1,5", source: "Báo cáo 1"})
    mine, theirs = (client.get(address) for _person in range(2))
    client.post(address, typed(mine) | {figure: "1.250", source: "Báo cáo 2"})

    told = client.post(address, typed(theirs) | {figure: "3"})
    (conflict,) = told.context["form"].conflicts
    again = client.post(address, typed(told) | {conflict.choice: "mine"})

    assert (conflict.kept, conflict.mine) == ("1.250\nBáo cáo 2", "3\nBáo cáo 1")
    assert again.status_code == 302
    row = TargetResult.objects.get(target=first)
    assert (float(row.value), row.source) == (3, "Báo cáo 1")


@pytest.mark.parametrize("choice", ["kept", "mine"])
def test_a_verdict_goes_with_its_reason(choice, request, signed_in, today):
    user, address, drop, okay = first_verdict(request.getfixturevalue)
    client = signed_in(user)
    [(opinion, _ok)] = okay.items()
    remark = opinion.replace("opinion", "remark")
    client.post(address, typed(client.get(address)) | drop)
    mine, theirs = (client.get(address) for _person in range(2))
    client.post(address, typed(mine) | okay)

    told = client.post(address, typed(theirs) | {remark: "Trùng thành tích năm 2024."})
    (conflict,) = told.context["form"].conflicts
    again = client.post(address, typed(told) | {conflict.choice: choice})

    assert told.status_code == 422
    assert conflict.label.endswith("Ý kiến và nhận xét")
    assert conflict.kept.endswith("\nTrùng thành tích.")
    assert again.status_code == 302
    kept = typed(client.get(address))
    sides = {"kept": ("ok", "Trùng thành tích."), "mine": ("drop", "Trùng thành tích năm 2024.")}
    assert (*kept[opinion], kept[remark]) == sides[choice]


def test_a_fault_beside_a_choice_hides_no_colleague(request, signed_in, today):
    user, address, _one, _two = general_data(request.getfixturevalue)
    client = signed_in(user)
    mine, theirs = (client.get(address) for _person in range(2))
    client.post(address, typed(mine) | {"council_met_on": "03/11/2025", "contact": ONE})

    told = client.post(address, typed(theirs) | {"council_met_on": "99/99/2025", "contact": TWO})
    mended = {"council_met_on": "05/11/2025", "choose-contact": "mine"}
    again = client.post(address, typed(told) | mended)
    last = client.post(address, typed(again) | {"choose-council_met_on": "kept"})

    assert [each.name for each in told.context["form"].conflicts] == ["contact"]
    assert told.context["form"].has_error("council_met_on")
    assert [each.kept for each in again.context["form"].conflicts] == ["03/11/2025"]
    assert last.status_code == 302
    kept = typed(client.get(address))
    assert (kept["council_met_on"], kept["contact"]) == ("03/11/2025", TWO)


def test_who_saved_a_figure_is_named_also_where_others_wrote_since(request, signed_in, today):
    address, (first, _second) = figures_of(request.getfixturevalue)
    ward, staff = request.getfixturevalue("ward"), request.getfixturevalue("staff")
    colleague = factories.member("unit_staff", ward, "Đỗ Thị Sáu", home=ward)
    page = signed_in(staff).get(address)
    signed_in(colleague).post(address, {f"value_{first.pk}": "9"})
    signed_in(staff).post(address.replace("2025-11", "2025-10"), {f"value_{first.pk}": "3"})

    told = signed_in(staff).post(address, typed(page) | {f"value_{first.pk}": "8"})

    assert "Đỗ Thị Sáu đã sửa lúc" in told.content.decode()


def test_what_was_answered_by_sending_is_not_explained_anew(request, signed_in, today):
    have = request.getfixturevalue
    dossier = returned(have)
    address = reverse("dossiers:explain", args=[dossier.defects.get().pk])
    client = signed_in(have("staff"))
    client.post(address, {"answer": "Biên bản đúng mẫu."})
    DOSSIER.perform(dossier, "to_head", actor=have("staff"))
    sent_again = DOSSIER.perform(dossier, "submit", actor=have("unit_leader"))
    flaws = [("paper:BB", "Vẫn thiếu số phiếu.")]
    appraising.return_to_unit(
        dossier=sent_again, note="Vẫn thiếu.", defects=flaws, actor=have("officer")
    )

    answers = [client.get(address), client.post(address, {"answer": "Nói khác đi."})]

    assert [answer.status_code for answer in answers] == [404, 404]
    with pytest.raises(NotNow, match="đã được gửi lại"):
        preparing.explain_flaw(
            defect=dossier.defects.order_by("pk").first(), actor=have("staff"), answer="Nói khác."
        )
    assert dossier.defects.order_by("pk").first().answer == "Biên bản đúng mẫu."


def test_a_tried_number_of_scorers_rests_on_what_was_shown_before(request, signed_in, today):
    """“Try it out” opens the page anew; what a colleague kept meanwhile is not on it."""
    user, address, one, two = who_scores_whom(request.getfixturevalue)
    client = signed_in(user)
    page, theirs = client.get(address), client.get(address)
    client.post(address, typed(theirs) | one)

    tried = client.get(address, {"seen": typed(page)["seen"], **two})
    told = client.post(address, typed(tried))

    assert page.content.decode().count('name="seen"') == 2  # also of the form that tries it out
    assert told.status_code == 422
