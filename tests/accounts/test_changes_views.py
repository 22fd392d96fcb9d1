"""Reorganisations that were entered: found again, reached from their units, taken back."""

import datetime

import pytest

from accounts import services
from accounts.models import Membership, Unit, UnitChange
from tests.accounts.entering import DAY, enter

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("today")
def test_a_wrong_entry_is_taken_back(signed_in, admin, ward, agency, staff, province):
    browser = signed_in(admin)
    enter(browser, f"/don-vi/{ward.pk}/sap-nhap/", other=agency.pk, extent="whole", people="on")
    change = UnitChange.objects.get()

    answer = browser.post(f"/sap-xep/{change.pk}/rut-lai/", {"because": "Nhập nhầm phường"})

    assert answer.url == f"/sap-xep/{change.pk}/"
    back = Unit.objects.get(pk=ward.pk)
    assert (back.closed_on, Unit.objects.get_parent(back)) == (None, province)
    assert Membership.objects.get(user=staff).until_day is None
    assert "Nhập nhầm phường" in browser.get(answer.url).content.decode()


@pytest.mark.usefixtures("today")
def test_what_something_rests_on_is_not_taken_back(signed_in, admin, ward, agency, staff):
    browser = signed_in(admin)
    enter(browser, f"/don-vi/{ward.pk}/sap-nhap/", other=agency.pk, extent="whole", people="on")
    change = UnitChange.objects.get()
    services.end_membership(membership=Membership.objects.get(unit=agency), actor=admin)

    answer = browser.post(f"/sap-xep/{change.pk}/rut-lai/", {"because": "Nhập nhầm phường"})

    assert answer.status_code == 409
    assert "Đã có thao tác sau đó" in answer.content.decode()
    assert Unit.objects.get(pk=ward.pk).closed_on == DAY


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_of_reorganisations_asks_the_same_for_any_number(
    signed_in, admin, ward, rows, django_assert_max_num_queries
):
    for month in range(rows):
        services.rename_unit(
            unit=ward,
            name=f"Phường {month}",
            since=datetime.date(2025, 1 + month, 1),
            document=f"Nghị quyết {month}",
            actor=admin,
        )
    browser = signed_in(admin)

    with django_assert_max_num_queries(12):
        page = browser.get("/sap-xep/")

    assert page.context["table"].paginator.count == rows


# --- finding one -------------------------------------------------------------------------------


@pytest.fixture
def merged(today, ward, agency, admin):
    return services.merge_units(
        predecessors=[ward], successor=agency, on=DAY, document="Nghị quyết số 5", actor=admin
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [("cao lanh", 1), ("khoa hoc nghi quyet", 1), ("Nghị quyết số 5", 1), ("sa dec", 0)],
)
def test_a_reorganisation_is_found_by_unit_and_document(signed_in, admin, merged, typed, found):
    page = signed_in(admin).get("/sap-xep/", {"q": typed})

    assert page.context["table"].paginator.count == found


def test_units_lead_to_their_reorganisations_and_those_of_what_went_into_them(
    signed_in, admin, merged, ward, agency
):
    first = services.rename_unit(
        unit=agency,
        name="Sở Khoa học",
        since=DAY + datetime.timedelta(days=1),
        document="Nghị quyết 6",
        actor=admin,
    )
    browser = signed_in(admin)

    there = browser.get(f"/don-vi/{agency.pk}/").content.decode()
    assert {merged, first} == set(UnitChange.objects.all())
    assert merged.get_absolute_url() in there
    assert first.get_absolute_url() in there
    assert merged.get_absolute_url() in browser.get(f"/don-vi/{ward.pk}/").content.decode()


@pytest.mark.parametrize("way", ["doi-ten", "chia"])
def test_every_form_leads_back(signed_in, admin, merged, agency, way):
    browser = signed_in(admin)

    page = browser.get(f"/don-vi/{agency.pk}/{way}/").content.decode()
    assert "Quay lại" in page
    assert "Số, ký hiệu và tên văn bản" in page
    for address in (f"{merged.get_absolute_url()}rut-lai/", "/nguoi-dung/moi/"):
        assert "Quay lại" in browser.get(address).content.decode()
