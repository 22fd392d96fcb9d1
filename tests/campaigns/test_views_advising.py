"""A criterion goes to the department that knows; what it says counts nowhere and overwrites nothing."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import services as account_services
from accounts.permissions import Role
from campaigns import documents, services
from campaigns.models import EvidenceUse, ScoreEntry, Stage
from campaigns.services import Change
from campaigns.workflow import SHEET
from core.documents import store
from core.ui.merging import mark
from tests.factories.people import member, unit
from tests.factories.sheets import POINTS

pytestmark = pytest.mark.django_db
ASKED = ("1.2", "2.1")


@pytest.fixture
def field(field, agency):
    for code in ASKED:
        row = field.criteria[code]
        row.verifier_unit = agency
        row.save()
    return field


@pytest.fixture
def expert(agency):
    return member(Role.UNIT_STAFF, agency)


@pytest.fixture
def sheet(field):
    return field.bring(field.sheet(), "scored")


def page_of(sheet):
    return reverse("campaigns:advise", args=[sheet.pk])


def advise(client, field, sheet, code, seen=None, **values):
    """What the script of the page sends for one criterion."""
    key = f"c{field.criteria[code].pk}"
    names = ("points", "agree", "explanation")
    posted = {f"{key}-{name}": text for name, text in values.items()}
    posted[f"{key}-seen"] = json.dumps(seen or {name: mark("") for name in names})
    return client.post(reverse("campaigns:advise_save", args=[sheet.pk]), posted)


def say(field, sheet, actor, code="1.2", version=0, words="Bốn văn bản đúng yêu cầu", **given):
    change = Change(field.criteria[code].pk, given, version, words)
    return services.save_entries(sheet=sheet, stage=Stage.ADVISED, changes=[change], actor=actor)


def test_the_department_sees_its_criteria_and_nothing_else(field, sheet, expert, signed_in):
    client = signed_in(expert)

    listed = client.get(reverse("campaigns:advice"))
    page = client.get(page_of(sheet))

    assert [row.criterion.code for row in listed.context["rows"]] == list(ASKED)
    assert [row.sheet for row in listed.context["rows"]] == [sheet, sheet]
    shown = page.content.decode()
    assert "7 : 8 × 10" in shown
    assert "Chất lượng chuyên mục" not in shown
    assert reverse("campaigns:sheet_explain", args=[sheet.pk]) not in shown
    for address in ("sheet", "sheet_judge", "sheet_explain"):
        assert client.get(reverse(f"campaigns:{address}", args=[sheet.pk])).status_code == 404


def test_an_opinion_stands_beside_the_points_and_changes_no_total(field, sheet, expert, signed_in):
    bare = advise(signed_in(expert), field, sheet, "1.2", points="5")
    told = advise(
        signed_in(expert), field, sheet, "1.2", points="5", explanation="Bốn văn bản đúng"
    )

    assert bare.status_code == 422
    assert told.status_code == 200
    assert told.json()["total"] == "15"  # of its own criteria: 5 + 10
    kept = ScoreEntry.objects.get(stage=Stage.ADVISED)
    assert (str(kept.points), kept.scorer.name) == ("5.00", "Sở Khoa học và Công nghệ")
    sheet.refresh_from_db()
    assert sheet.own_points == POINTS
    judge = field.verifier_of(sheet)
    shown = signed_in(judge).get(sheet.judging_url).content.decode()
    assert "Cơ quan chuyên môn (Sở Khoa học và Công nghệ): 5</b> – Bốn văn bản đúng" in shown
    sheet = SHEET.perform(sheet, "verify", actor=judge)
    assert sheet.verified_points in (None, POINTS)
    assert "Bốn văn bản đúng" in signed_in(field.officer).get(sheet.judging_url).content.decode()
    explained = signed_in(field.officer).get(reverse("campaigns:sheet_explain", args=[sheet.pk]))
    totals = explained.context["totals"]
    assert (totals[Stage.VERIFIED], totals[Stage.APPRAISED]) == (POINTS, None)
    assert "cho điểm trực tiếp: 5 – Bốn văn bản đúng" in explained.content.decode()
    rows = documents.scores.annex_context(sheet)["rows"]
    lines = [line for row in rows if row["code"] == "1.2" for line in row["lines"]]
    assert any("(Sở Khoa học và Công nghệ): cho điểm trực tiếp: 5" in line for line in lines)


def test_words_alone_and_agreement_are_opinions_too(field, sheet, expert, signed_in):
    say(field, sheet, expert, words="Chưa đủ căn cứ để chấm")
    say(field, sheet, expert, code="2.1", words="", agree="yes")

    rows = signed_in(expert).get(reverse("campaigns:advice")).context["rows"]
    shown = signed_in(field.verifier_of(sheet)).get(sheet.judging_url).content.decode()

    assert all(row.opinion for row in rows)
    assert "Cơ quan chuyên môn (Sở Khoa học và Công nghệ)</b> – Chưa đủ căn cứ" in shown
    assert "Cơ quan chuyên môn (Sở Khoa học và Công nghệ): Đồng ý</b>" in shown
    waiting = signed_in(expert).get(reverse("campaigns:advice"), {"show": "waiting"})
    assert "Không còn tiêu chí nào chờ ý kiến" in waiting.content.decode()


def test_nobody_speaks_for_another_department_or_on_another_criterion(
    field, sheet, expert, province, signed_in
):
    other = member(Role.UNIT_LEADER, unit("Sở Tài chính", kind="department", superior=province))
    for user in (other, field.staff[field.units[2].pk], field.staff[sheet.unit_id], field.officer):
        assert signed_in(user).get(page_of(sheet)).status_code == 404
        assert advise(signed_in(user), field, sheet, "1.2", agree="yes").status_code == 404
        with pytest.raises(PermissionDenied):
            say(field, sheet, user, agree="yes")
    assert advise(signed_in(expert), field, sheet, "2.2", agree="yes").status_code == 404
    with pytest.raises(PermissionDenied):
        say(field, sheet, expert, code="2.2", agree="yes")
    whole = {f"c{field.criteria['2.2'].pk}-seen": "{}"}
    assert signed_in(expert).post(page_of(sheet), whole).status_code == 404
    empty = signed_in(other).get(reverse("campaigns:advice")).content.decode()
    assert "Chưa có tiêu chí nào hỏi ý kiến đơn vị" in empty


def test_never_on_the_own_sheet_and_only_while_it_is_under_way(
    field, sheet, expert, agency, signed_in
):
    own = field.sheet(1)
    own.unit, own.state = agency, own.State.SCORED
    own.save()

    assert signed_in(expert).get(page_of(own)).status_code == 404
    with pytest.raises(PermissionDenied):
        say(field, own, expert, agree="yes")
    still_open = field.sheet(2)
    assert signed_in(expert).get(page_of(still_open)).status_code == 404
    assert advise(signed_in(expert), field, still_open, "1.2", agree="yes").status_code == 410
    sheet = SHEET.perform(sheet, "verify", actor=field.verifier_of(sheet))
    assert advise(signed_in(expert), field, sheet, "1.2", agree="yes").status_code == 200
    sheet = SHEET.perform(sheet, "appraise", actor=field.officer)
    assert advise(signed_in(expert), field, sheet, "2.1", agree="yes").status_code == 410
    assert not signed_in(expert).get(reverse("campaigns:advice")).context["rows"]


def test_a_stale_opinion_is_refused_and_shown_beside_the_new_one(
    field, sheet, expert, agency, signed_in
):
    say(field, sheet, expert, words="Bốn văn bản", points="5")

    with pytest.raises(services.Stale):
        say(field, sheet, member(Role.UNIT_LEADER, agency), words="Năm văn bản", points="6")
    late = advise(signed_in(expert), field, sheet, "1.2", points="6", explanation="Năm văn bản")

    assert late.status_code == 409
    assert {one["kept"] for one in late.json()["conflicts"]} == {"5", "Bốn văn bản"}
    assert str(ScoreEntry.objects.get(stage=Stage.ADVISED).points) == "5.00"


def test_the_successor_of_a_department_receives_the_criterion(
    field, sheet, agency, expert, province, officer, signed_in
):
    say(field, sheet, expert, agree="yes")
    new = unit("Sở Kinh tế số", kind="department", superior=province)
    heir = member(Role.UNIT_STAFF, new)
    assert signed_in(heir).get(page_of(sheet)).status_code == 404

    account_services.merge_units(
        predecessors=[agency],
        successor=new,
        on=datetime.date(2025, 12, 1),
        document="Nghị quyết 01/NQ-HĐND",
        actor=officer,
    )

    assert signed_in(heir).get(page_of(sheet)).status_code == 200
    say(field, sheet, heir, version=1, words="Năm văn bản", points="6")
    kept = ScoreEntry.objects.get(stage=Stage.ADVISED)
    assert (kept.scorer, str(kept.points)) == (new, "6.00")


def test_an_answer_of_the_unit_afterwards_takes_the_opinion_away(field, sheet, expert):
    say(field, sheet, expert, points="5")
    judge = field.verifier_of(sheet)
    services.return_criterion(
        sheet=sheet, criterion=field.criteria["1.2"], reason="Bổ sung", actor=judge
    )

    field.write(sheet, {"1.2": {"a": "8", "b": "8"}})

    kept = ScoreEntry.objects.get(stage=Stage.ADVISED)
    assert not kept.speaks
    assert kept.changes.last().old_given == {"points": "5"}


def test_the_department_downloads_the_evidence_of_its_criteria_only(
    field, sheet, expert, province, signed_in
):
    writer = field.staff[sheet.unit_id]
    file = store.keep(
        b"%PDF-1.4 minutes", name="bien-ban.pdf", media_type=store.PDF, unit=sheet.unit, by=writer
    )
    kept = services.keep_evidence(unit=sheet.unit, actor=writer, title="Biên bản", file=file)
    mine, others = (
        EvidenceUse.objects.create(sheet=sheet, criterion=field.criteria[code], evidence=kept)
        for code in ("1.2", "1.1")
    )
    client = signed_in(expert)

    assert client.get(reverse("campaigns:use_file", args=[mine.pk])).status_code == 200
    assert client.get(reverse("campaigns:use_file", args=[others.pk])).status_code == 404
    assert client.get(reverse("campaigns:evidence_page", args=[kept.pk])).status_code == 404
    stranger = member(Role.UNIT_STAFF, unit("Sở Y tế", kind="department", superior=province))
    assert signed_in(stranger).get(reverse("campaigns:use_file", args=[mine.pk])).status_code == 404


def test_the_home_page_says_what_waits_and_the_list_takes_few_queries(
    field, sheet, expert, signed_in, django_assert_max_num_queries
):
    field.bring(field.sheet(1), "scored")
    client = signed_in(expert)

    assert "4 tiêu chí chờ ý kiến của đơn vị" in client.get(reverse("home")).content.decode()
    client.get(reverse("campaigns:advice"))
    with django_assert_max_num_queries(12):
        listed = client.get(reverse("campaigns:advice"))
    with django_assert_max_num_queries(15):
        client.get(page_of(sheet))

    assert len(listed.context["rows"]) == 4
    say(field, sheet, expert, agree="yes")
    assert "3 tiêu chí chờ ý kiến" in client.get(reverse("home")).content.decode()
