"""Writing: forms by kind, colleagues at the same time, returned parts, files."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit.models import Entry
from core.ui.models import Draft
from dossiers.models import Defect, Dossier, Nomination
from dossiers.services import preparing
from tests import factories
from tests.core.files import making
from tests.factories import writing

pytestmark = pytest.mark.django_db
PAPER = making.pdf()


@pytest.fixture(autouse=True)
def _day(today):
    return today


@pytest.fixture
def draft(ward, award_round, staff):
    return writing.draft(unit=ward, of_round=award_round, by=staff)


@pytest.fixture
def nominee_of(draft, staff):
    return writing.nominee(draft, by=staff)


def address(name, *args):
    return reverse(f"dossiers:{name}", args=args)


def shown_values(client, url):
    """What the form at an address would send if nothing were typed."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else value
        for name, value in values.items()
        if value not in (None, False)
    }


# --- general data --------------------------------------------------------------------------


def test_general_data_are_kept(signed_in, staff, draft):
    client, url = signed_in(staff), address("general", draft.pk)

    answer = client.post(
        url,
        shown_values(client, url)
        | {"proposal_number": "45/TTr-UBND", "proposal_on": "28/11/2025", "council_total": "9"},
    )

    assert answer.url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.proposal_number, draft.proposal_on, draft.council_total) == (
        "45/TTr-UBND",
        datetime.date(2025, 11, 28),
        9,
    )


def test_a_wrong_day_keeps_everything_else_typed(signed_in, staff, draft):
    client = signed_in(staff)

    answer = client.post(
        address("general", draft.pk), {"proposal_on": "31/02/2025", "contact": "Ông A, 0277"}
    )

    assert answer.status_code == 422
    assert "Ông A, 0277" in answer.content.decode()


def test_two_colleagues_who_write_other_fields_both_keep_theirs(signed_in, staff, draft):
    client, url = signed_in(staff), address("general", draft.pk)
    mine = shown_values(client, url)
    preparing.save_general(dossier=draft, actor=staff, proposal_number="45/TTr-UBND")

    answer = client.post(url, mine | {"contact": "Ông A, 0277"})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.proposal_number, draft.contact) == ("45/TTr-UBND", "Ông A, 0277")


def test_two_colleagues_who_write_one_field_see_both_texts(signed_in, staff, draft):
    client, url = signed_in(staff), address("general", draft.pk)
    mine = shown_values(client, url)
    preparing.save_general(dossier=draft, actor=staff, contact="Bà B, 0909")

    answer = client.post(url, mine | {"contact": "Ông A, 0277"})

    assert answer.status_code == 422
    (conflict,) = answer.context["form"].conflicts
    assert (conflict.name, conflict.kept, conflict.mine) == (
        "contact",
        "Bà B, 0909",
        "Ông A, 0277",
    )
    draft.refresh_from_db()
    assert draft.contact == "Bà B, 0909"


@pytest.mark.parametrize(("choice", "kept"), [("kept", "Bà B, 0909"), ("mine", "Ông A, 0277")])
def test_the_person_chooses_between_both_texts(signed_in, staff, draft, choice, kept):
    client, url = signed_in(staff), address("general", draft.pk)
    mine = shown_values(client, url) | {"contact": "Ông A, 0277"}
    preparing.save_general(dossier=draft, actor=staff, contact="Bà B, 0909")
    form = client.post(url, mine).context["form"]
    again = mine | {"seen": form.data["seen"], "version": form.data["version"]}

    answer = client.post(url, again | {"choose-contact": choice})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.contact == kept


def test_a_second_tab_undoes_nothing_that_was_not_touched_in_it(signed_in, staff, draft):
    client, url = signed_in(staff), address("general", draft.pk)
    preparing.save_general(dossier=draft, actor=staff, council_total=9, contact="Người Cũ")
    second = shown_values(client, url) | {"proposal_number": "46/TTr-UBND"}
    first = shown_values(client, url)
    client.post(
        url,
        first | {"proposal_number": "45/TTr-UBND", "council_total": "11", "contact": "Người Mới"},
    )

    page = client.post(url, second)
    text = " ".join(page.content.decode().split())
    client.post(url, dict(page.context["form"].data.items()) | {"choose-proposal_number": "mine"})

    assert "Tổng số thành viên, Người liên hệ" in text
    assert "Hai người" not in text
    draft.refresh_from_db()
    assert (draft.proposal_number, draft.council_total, draft.contact) == (
        "46/TTr-UBND",
        11,
        "Người Mới",
    )


# --- nominees ------------------------------------------------------------------------------


def test_a_person_of_the_unit_is_found_and_put_on_the_list(signed_in, staff, ward, draft):
    person = factories.person("Nguyễn Thị Kim Ngân", unit=ward)
    client, url = signed_in(staff), address("nominate", draft.pk, "individual")

    ((found, query),) = client.get(url, {"q": "kim ngan"}).context["found"]
    answer = client.post(url, shown_values(client, url + query) | {"unit_votes": "8"})

    assert found == person
    nominee = draft.nominations.get()
    assert answer.url == address("report", nominee.pk)
    assert (nominee.person, nominee.name, nominee.sex, nominee.unit_votes) == (
        person,
        "Nguyễn Thị Kim Ngân",
        "female",
        8,
    )


def test_a_typed_person_is_known_from_then_on(signed_in, staff, draft):
    signed_in(staff).post(
        address("nominate", draft.pk, "individual"),
        {"name": "Lê Minh Tâm", "sex": "male", "birth_day": "12/05/1988", "position": "Công chức"},
    )

    nominee = draft.nominations.get()
    assert nominee.person.full_name == "Lê Minh Tâm"
    assert nominee.person.unit == draft.unit


def test_a_person_known_by_name_and_birth_day_is_not_made_twice(signed_in, staff, ward, draft):
    known = factories.person(
        "Lê Minh Tâm", unit=ward, sex="male", birth_day=datetime.date(1988, 5, 12)
    )

    signed_in(staff).post(
        address("nominate", draft.pk, "individual"),
        {"name": "LÊ MINH TÂM", "sex": "male", "birth_day": "12/05/1988"},
    )

    assert draft.nominations.get().person == known


def test_people_of_other_units_are_not_found(signed_in, staff, agency, draft):
    stranger = factories.person("Nguyễn Thị Kim Ngân", unit=agency)
    client, url = signed_in(staff), address("nominate", draft.pk, "individual")

    assert client.get(url, {"q": "ngan"}).context["found"] == []
    assert client.get(url, {"person": stranger.pk}).status_code == 404
    assert client.post(url, {"name": "A", "person": stranger.pk}).status_code == 422


def test_a_collective_is_picked_among_own_units(signed_in, staff, ward, draft):
    centre = factories.unit("Trung tâm Phục vụ hành chính công", kind="service", superior=ward)
    client, url = signed_in(staff), address("nominate", draft.pk, "collective")

    client.post(url, shown_values(client, f"{url}?unit={centre.pk}") | {"headcount": "14"})

    nominee = draft.nominations.get()
    assert (nominee.collective, nominee.identity) == (centre, f"unit:{centre.pk}")


@pytest.mark.parametrize("kind", ["collective", "individual", "household", "enterprise"])
def test_each_kind_has_its_form(signed_in, staff, draft, kind):
    assert signed_in(staff).get(address("nominate", draft.pk, kind)).status_code == 200


@pytest.mark.parametrize(
    "asked", ["person=²", "unit=²", "person=" + "9" * 30, "unit=" + "9" * 5000]
)
def test_a_key_that_is_none_chooses_nobody(signed_in, staff, draft, asked):
    page = signed_in(staff).get(f"{address('nominate', draft.pk, 'individual')}?{asked}")

    assert page.status_code == 200


def test_there_is_no_other_kind(signed_in, staff, draft):
    assert signed_in(staff).get(address("nominate", draft.pk, "stone")).status_code == 404


def test_a_nominee_without_a_name_is_not_kept(signed_in, staff, draft):
    answer = signed_in(staff).post(address("nominate", draft.pk, "household"), {"name": ""})

    assert (answer.status_code, draft.nominations.count()) == (422, 0)


def test_a_nominee_is_moved(signed_in, staff, draft, nominee_of):
    second = writing.nominee(draft, by=staff, name="Trần Văn Bình")

    signed_in(staff).post(address("nomination_move", second.pk, "len"))

    assert list(draft.nominations.all()) == [second, nominee_of]


def test_a_nominee_taken_off_by_mistake_comes_back_whole(signed_in, staff, draft, nominee_of):
    writing.attach_all(draft, by=staff)
    draft.papers.update(nomination=nominee_of)
    before = preparing.contents.contents_of(draft)
    client = signed_in(staff)

    answer = client.post(address("nomination_remove", nominee_of.pk))
    page = client.get(answer.url)
    gone = draft.nominations.count()
    client.post(address("restore", draft.pk, page.context["removed"].pk))

    assert gone == 0
    assert "Đã bỏ Lê Minh Tâm khỏi danh sách." in page.content.decode()
    after = preparing.contents.contents_of(draft)
    assert after == before


def test_nobody_else_puts_back_what_i_took_off(signed_in, staff, unit_leader, draft, nominee_of):
    signed_in(staff).post(address("nomination_remove", nominee_of.pk))

    answer = signed_in(unit_leader).post(address("restore", draft.pk, Draft.objects.get().pk))

    assert answer.status_code == 404


# --- reports -------------------------------------------------------------------------------


def test_a_report_is_kept_content_by_content(signed_in, staff, draft):
    nominee = writing.nominee(draft, by=staff, report=False)
    first, second = draft.campaign.contents.all()
    client, url = signed_in(staff), address("report", nominee.pk)

    client.post(
        url,
        shown_values(client, url)
        | {"situation": "Sinh năm 1988", f"content_{second.pk}": "Mở 9 lớp kỹ năng số."},
    )

    nominee.refresh_from_db()
    assert nominee.report.situation == "Sinh năm 1988"
    assert {s.content_id: s.text for s in nominee.report.sections.all()} == {
        first.pk: "",
        second.pk: "Mở 9 lớp kỹ năng số.",
    }


def test_what_is_written_on_a_content_is_in_the_history(staff, nominee_of):
    writing.write_report(nominee_of, by=staff)
    lines = Entry.objects.of(nominee_of.report).count()

    for _again in range(2):
        writing.write_report(nominee_of, by=staff, text="Đưa 95 % hồ sơ lên trực tuyến.")

    assert Entry.objects.of(nominee_of.report).count() == lines + 1
    [before, after] = Entry.objects.of(nominee_of.report)[0].words.changes["contents"]
    assert ("92,4 %" in before, "95 %" in after) == (True, True)


def test_two_colleagues_write_two_contents_of_one_report(signed_in, staff, draft, nominee_of):
    first, second = draft.campaign.contents.all()
    client, url = signed_in(staff), address("report", nominee_of.pk)
    mine = shown_values(client, url)
    writing.write_report(nominee_of, by=staff, text="Của đồng nghiệp.")

    answer = client.post(url, mine | {f"content_{second.pk}": "Của tôi."})

    assert answer.status_code == 302
    texts = {s.content_id: s.text for s in nominee_of.report.sections.all()}
    assert texts == {first.pk: "Của đồng nghiệp.", second.pk: "Của tôi."}


def test_a_stale_text_is_shown_beside_the_kept_one(signed_in, staff, draft, nominee_of):
    first = draft.campaign.contents.first()
    client, url = signed_in(staff), address("report", nominee_of.pk)
    mine = shown_values(client, url)
    writing.write_report(nominee_of, by=staff, text="Của đồng nghiệp.")

    answer = client.post(url, mine | {f"content_{first.pk}": "Của tôi."})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Của đồng nghiệp." in text
    assert "Của tôi." in text


# --- a return ------------------------------------------------------------------------------


@pytest.fixture
def returned(complete_dossier, officer, staff):
    """Back to be mended: the minutes and the report of its only nominee."""
    nominee = complete_dossier.nominations.get()
    Dossier.objects.filter(pk=complete_dossier.pk).update(
        state="returned",
        number="KH207-0001",
        submitted_at=complete_dossier.created_at,
        submitted_by=staff,
        mend_by=datetime.date(2025, 12, 5),
    )
    for part in ("paper:BB", f"report:{nominee.pk}"):
        Defect.objects.create(
            dossier=complete_dossier,
            submission=complete_dossier.submissions.create(
                ordinal=complete_dossier.submissions.count() + 1,
                number=part,
                by=officer,
                contents={},
                sha256="0" * 64,
            ),
            part=part,
            text=f"Sửa {part}.",
            by=officer,
        )
    complete_dossier.refresh_from_db()
    return complete_dossier


@pytest.fixture
def complete_dossier(ward, award_round, staff):
    return writing.complete(unit=ward, of_round=award_round, by=staff)


def test_only_flagged_parts_of_a_return_show_a_form(signed_in, staff, returned):
    client = signed_in(staff)
    nominee = returned.nominations.get()
    ttr, bb = returned.campaign.components.all()
    pages = {
        address("general", returned.pk): False,
        address("nomination", nominee.pk): False,
        address("report", nominee.pk): True,
        address("papers", returned.pk, ttr.pk): False,
        address("papers", returned.pk, bb.pk): True,
        address("nominate", returned.pk, "individual"): False,
    }

    assert {url: client.get(url).context["writable"] for url in pages} == pages
    text = client.get(address("report", nominee.pk)).content.decode()
    assert f"Sửa report:{nominee.pk}." in text


def test_the_server_refuses_parts_that_were_not_flagged(signed_in, staff, returned):
    client = signed_in(staff)
    nominee = returned.nominations.get()
    paper = returned.papers.get(component__code="TTR")

    answers = [
        client.post(address("general", returned.pk), {"contact": "x"}),
        client.post(address("nomination", nominee.pk), {"name": "Người Khác"}),
        client.post(address("nominate", returned.pk, "household"), {"name": "Hộ ông B"}),
    ]
    for name, args in {
        "nomination_remove": [nominee.pk],
        "paper_remove": [paper.pk],
    }.items():
        client.post(address(name, *args))

    assert {answer.status_code for answer in answers} == {409}
    assert "không thuộc diện đó" in answers[0].content.decode()
    assert Nomination.objects.get().name == "Lê Minh Tâm"
    assert returned.papers.filter(pk=paper.pk).exists()


def test_a_flagged_report_is_mended(signed_in, staff, returned):
    nominee = returned.nominations.get()
    client, url = signed_in(staff), address("report", nominee.pk)

    answer = client.post(url, shown_values(client, url) | {"situation": "Sinh năm 1989"})

    assert answer.status_code == 302
    assert Nomination.objects.get().report.situation == "Sinh năm 1989"


def test_a_text_that_comes_after_sending_is_refused(
    signed_in, staff, unit_leader, ward, award_round
):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)

    answer = signed_in(staff).post(address("general", dossier.pk), {"contact": "Muộn"})

    assert answer.status_code == 409
    assert Dossier.objects.get().contact != "Muộn"


# --- files ---------------------------------------------------------------------------------


def test_a_file_goes_in_and_comes_out(signed_in, staff, draft):
    component = draft.campaign.components.first()
    client, url = signed_in(staff), address("papers", draft.pk, component.pk)

    answer = client.post(
        url,
        {
            "file": SimpleUploadedFile("to-trinh.pdf", PAPER),
            "number": "45/TTr-UBND",
            "signed_on": "28/11/2025",
            "signer": "Võ Thành Trung",
        },
    )

    paper = draft.papers.get()
    assert answer.url == url
    assert (paper.number, paper.signer, paper.document.waiting) == (
        "45/TTr-UBND",
        "Võ Thành Trung",
        False,
    )
    out = client.get(address("paper", paper.pk))
    assert b"".join(out.streaming_content) == PAPER
    assert "attachment" in out["Content-Disposition"]


def test_a_refused_file_leaves_everything_else_typed(signed_in, staff, draft):
    component = draft.campaign.components.first()

    answer = signed_in(staff).post(
        address("papers", draft.pk, component.pk),
        {"file": SimpleUploadedFile("to-trinh.pdf", b"MZ not a paper"), "number": "45/TTr-UBND"},
    )

    text = answer.content.decode()
    assert (answer.status_code, draft.papers.count()) == (422, 0)
    assert "to-trinh.pdf" in text
    assert 'value="45/TTr-UBND"' in text


def test_a_file_is_taken_away(signed_in, staff, draft):
    writing.attach_all(draft, by=staff)
    paper = draft.papers.first()

    signed_in(staff).post(address("paper_remove", paper.pk))

    assert not draft.papers.filter(pk=paper.pk).exists()


@pytest.mark.parametrize("count", [1, 5])
def test_writing_pages_cost_at_most_fifteen_queries(
    count, signed_in, staff, draft, django_assert_max_num_queries
):
    for number in range(count):
        nominee = writing.nominee(draft, by=staff, name=f"Trần Văn {'ABCDE'[number]}")
        writing.attach_all(draft, by=staff)
    component = draft.campaign.components.first()
    client = signed_in(staff)
    client.get(reverse("ping"))  # the session is stretched once a minute

    for url in (
        address("general", draft.pk),
        address("nomination", nominee.pk),
        address("report", nominee.pk),
        address("papers", draft.pk, component.pk),
        address("nominate", draft.pk, "individual"),
        address("preview", draft.pk),
    ):
        with django_assert_max_num_queries(15):
            client.get(url)
