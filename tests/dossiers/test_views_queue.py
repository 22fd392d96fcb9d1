"""The queue: what waits for home affairs, filtered, counted, and as a workbook."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from core.clock import clock
from core.jobs import background, lists
from core.jobs.models import Job
from core.ui import once
from criteria.models import Parameter
from dossiers.models import Dossier
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]
State = Dossier.State
QUEUE = "dossiers:queue"


def numbers(response):
    return [row.record.number for row in response.context["table"].paginated_rows]


def test_the_nearest_day_stands_first(due, dossier_in, signed_in, officer):
    later, sooner, unopened = due(9), due(1), dossier_in("submitted")

    page = signed_in(officer).get(reverse(QUEUE))

    assert numbers(page) == [sooner.number, later.number, unopened.number]


def test_the_queue_holds_what_is_with_home_affairs(
    dossier_in, signed_in, officer, ward, stewarded, staff
):
    made = {state: dossier_in(state) for state in State.values}
    waits_for_agency = sent.dossier(
        unit=ward, of_round=factories.award_round(stewarded), by=staff, state="submitted"
    )

    shown = numbers(signed_in(officer).get(reverse(QUEUE)))

    assert set(shown) == {
        made[state].number for state in ("submitted", "aggregated", "appraising", "appraised")
    }
    assert waits_for_agency.number not in shown


def test_what_was_returned_is_not_without_fault(dossier_in, signed_in, officer, today):
    dossier_in("returned", checked_at=clock.now(), appraisal_from=today, officer=officer)

    text = signed_in(officer).get(f"{reverse(QUEUE)}?state=returned").content.decode()

    assert "The unit mends it" in text
    assert "No fault found" not in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("show=mine", ["mine"]),
        ("show=late", ["late"]),
        ("show=soon", ["soon"]),
        ("show=again", ["again"]),
        ("state=returned", ["returned"]),
        ("q=muoi+hai", ["mine"]),
        ("show=late&q=khong+co", []),
        ("state=nonsense", None),
    ],
)
def test_filters_stand_in_the_address(query, shown, due, signed_in, officer, staff, today):
    made = {
        "mine": due(30, officer=officer, search_text="phuong muoi hai"),
        "late": due(-3),
        "soon": due(2),
        "again": due(31),
        "returned": due(32, state="returned"),
    }
    sent.send_again(made["again"], by=staff)

    page = signed_in(officer).get(f"{reverse(QUEUE)}?{query}")

    expected = made if shown is None else shown
    assert sorted(numbers(page)) == sorted(made[name].number for name in expected)
    assert page.context["table"].paginator.count == len(expected)


def test_the_province_says_when_a_deadline_is_soon(due, signed_in, officer, today):
    far = due(5)
    key = {"key": "soon_days.officer", "meaning": "x", "valid_from": today}
    Parameter.objects.create(value=5, **key)

    page = signed_in(officer).get(f"{reverse(QUEUE)}?show=soon")

    assert numbers(page) == [far.number]
    assert 'class="clock soon"' in page.content.decode()


def test_the_pills_count_what_they_show(due, signed_in, officer):
    due(-3)
    due(2, officer=officer)
    due(40)

    pills = signed_in(officer).get(reverse(QUEUE)).context["filter"].pills()

    assert {str(pill["label"]): pill["count"] for pill in pills} == {
        "All": 3,
        "Mine": 1,
        "Soon due": 1,
        "Late": 1,
        "Sent again": 0,
    }


def test_the_queue_asks_as_much_for_one_row_as_for_five(
    due, signed_in, officer, django_assert_max_num_queries
):
    due(1, nominees=2)
    browser, counts = signed_in(officer), []
    browser.get(reverse(QUEUE))
    for _more in range(2):
        with django_assert_max_num_queries(11) as asked:
            browser.get(reverse(QUEUE))
        counts.append(len(asked))
        for number in range(4):
            due(number, nominees=3)

    assert counts[0] == counts[1]


def test_the_queue_as_a_workbook_is_filtered_too(due, signed_in, officer):
    late, _soon = due(-3), due(2)

    answer = signed_in(officer).get(reverse("dossiers:queue_sheet") + "?show=late")

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [late.number]


def test_a_long_queue_becomes_a_workbook_in_the_background(
    due, signed_in, officer, section_head, monkeypatch
):
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    monkeypatch.setattr(lists, "CHUNK", 2)
    late = [due(-3), due(-2), due(-1)]
    due(2)
    client, address = signed_in(officer), reverse("dossiers:queue_sheet") + "?show=late"

    asked = client.get(address)
    assert "The list has 3 rows." in asked.content.decode()
    assert not Job.objects.exists()
    started = client.post(address, {"once": once.new_key()})
    job = Job.objects.get()
    assert started.url == reverse("jobs:job", args=[job.pk])
    background.run(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 3, 3)
    assert "tham-dinh" in client.get(started.url).content.decode()
    result = reverse("jobs:result", args=[job.pk, job.results.get().pk])
    sheet = openpyxl.load_workbook(BytesIO(client.get(result).getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Dossier", *(one.number for one in late)]
    assert signed_in(section_head).get(result).status_code == 404


def test_a_workbook_is_made_with_what_its_asker_may_still_see(due, signed_in, officer, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 0)
    due(2)
    signed_in(officer).post(reverse("dossiers:queue_sheet"))
    job = Job.objects.get()
    officer.memberships.all().delete()

    background.run(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.results.count()) == (Job.State.PARKED, 0)


def test_the_unit_has_no_queue(signed_in, staff):
    assert signed_in(staff).get(reverse(QUEUE)).status_code == 404
