"""Where a body's paper is dated (Nghị định 30/2020/NĐ-CP, Phụ lục I, box 4)."""

import pytest

from accounts.models import Unit, UnitKind
from accounts.rules import heads


@pytest.mark.parametrize(
    ("kind", "name", "place"),
    [
        (UnitKind.WARD, "Phường Cao Lãnh", "Cao Lãnh"),
        (UnitKind.PROVINCE, "Tỉnh Đồng Tháp", "Đồng Tháp"),
        (UnitKind.PROVINCE, "Thành phố Huế", "Huế"),
        (UnitKind.PROVINCE, "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        (UnitKind.COMMUNE, "Xã Đốc Binh Kiều", "Xã Đốc Binh Kiều"),
        (UnitKind.COMMUNE, "Xã Tân Phước 1", "Xã Tân Phước 1"),
        (UnitKind.WARD, "Phường 5", "Phường 5"),
    ],
)
def test_a_place_after_a_person_or_with_a_number_stands_in_full_others_bare(kind, name, place):
    assert heads.place(Unit(kind=kind, name=name), name, name) == place


def test_a_body_of_a_city_is_dated_in_the_city():
    agency = Unit(kind=UnitKind.DEPARTMENT, name="Sở Nội vụ")

    assert heads.place(agency, agency.name, "Thành phố Huế") == "Huế"
