"""Values that cannot be meant: refused with a sentence, or shown to be looked at."""

import datetime

import pytest
from django.urls import reverse

from criteria.models import Parameter
from dossiers.rules import submission
from tests.factories import writing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(today):
    return today


@pytest.fixture
def draft(ward, award_round, staff):
    return writing.draft(unit=ward, of_round=award_round, by=staff)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("proposal_on", "1/1/0001", "Ngày này quá xa"),
        ("council_met_on", "1/1/0202", "Ngày này quá xa"),
        ("council_total", "99999999999", "Không thể có nhiều thành viên như vậy"),
        ("council_present", "32768", "không quá 9999"),
    ],
)
def test_general_data_that_nobody_means_are_refused(signed_in, staff, draft, field, typed, said):
    answer = signed_in(staff).post(reverse("dossiers:general", args=[draft.pk]), {field: typed})

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert len(answer.context["form"].errors[field]) == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("birth_day", "1/1/0001", "Ngày này quá xa"),
        ("birth_day", "2/12/2025", "Ngày sinh chưa đến."),
        ("unit_votes", "99999999999", "Không thể có nhiều thành viên như vậy"),
    ],
)
def test_a_nominee_that_nobody_means_is_refused(signed_in, staff, draft, field, typed, said):
    address = reverse("dossiers:nominate", args=[draft.pk, "individual"])

    answer = signed_in(staff).post(address, {"name": "Lê Minh Tâm", field: typed})

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])


@pytest.fixture
def ages(db):
    for key, years in (("age_least.work", 15), ("age_least.official", 18)):
        Parameter.objects.filter(key=key).delete()
        Parameter.objects.create(
            key=key,
            value=years,
            unit_of_measure="tuổi",
            meaning="Tuổi",
            article="Điều 3",
            valid_from=datetime.date(2010, 1, 1),
        )


@pytest.mark.parametrize(
    ("born", "position_class", "found"),
    [
        (datetime.date(2020, 5, 14), "direct", True),
        (datetime.date(2008, 5, 14), "direct", False),
        (datetime.date(2008, 5, 14), "manager", True),
        (datetime.date(1988, 5, 14), "manager", False),
        (datetime.date(2020, 5, 14), "", False),
    ],
)
def test_a_child_at_work_is_looked_at(draft, staff, ages, born, position_class, found):
    writing.nominee(draft, by=staff, birth_day=born, position_class=position_class)

    said = [
        str(each) for each in submission.missing_to_submit(draft) if "tuổi vào ngày" in str(each)
    ]

    assert bool(said) is found


def test_a_picture_in_a_name_is_looked_at(draft, staff):
    writing.nominee(draft, by=staff, name="Lê Minh 😀 Tâm")
    writing.nominee(draft, by=staff, kind="enterprise", name="Công ty TNHH A&B + C (Đồng Tháp)")

    said = [str(each) for each in submission.missing_to_submit(draft) if "ký hiệu" in str(each)]

    assert said == ["“Lê Minh 😀 Tâm” có ký hiệu không in được trên bằng: 😀."]
