"""Words about “the province” in a portal of a city that is run centrally."""

import pytest
from django.template import Context, Template
from django.utils import translation

from accounts.permissions import Role
from core.province import here, is_city


@pytest.fixture
def _hue(settings):
    settings.PROVINCE = "Thành phố Huế"


@pytest.mark.usefixtures("_hue")
@pytest.mark.parametrize(
    ("language", "of_a_province", "of_a_city"),
    [
        ("vi", "Toàn tỉnh", "Toàn thành phố"),
        ("vi", "Tỉnh đã có các xã, phường.", "Thành phố đã có các xã, phường."),
        ("vi", "Thường trực Tỉnh ủy (để báo cáo)", "Thường trực Thành ủy (để báo cáo)"),
        ("en", "The province's figures", "The city's figures"),
        ("en", "Chair of the provincial council", "Chair of the city council"),
    ],
)
def test_a_city_is_called_a_city(language, of_a_province, of_a_city):
    with translation.override(language):
        assert here(of_a_province) == of_a_city


def test_a_province_is_called_a_province(settings):
    settings.PROVINCE = "Tỉnh An Giang"

    assert (is_city(), here("Toàn tỉnh")) == (False, "Toàn tỉnh")


@pytest.mark.usefixtures("_hue")
def test_roles_speak_of_the_city_but_migrations_do_not():
    chair = "Chủ tịch Hội đồng Thi đua - Khen thưởng thành phố"
    with translation.override("vi"):
        assert Role.COUNCIL_CHAIR.label == chair
        assert Role.DECIDER.label == "Chủ tịch Ủy ban nhân dân thành phố"
    with translation.override(None):
        assert Role.COUNCIL_CHAIR.label == "Chair of the provincial council"


@pytest.mark.usefixtures("_hue")
def test_the_foot_of_each_page_names_the_council_of_the_city():
    with translation.override("vi"):
        foot = Template('{% include "components/footer.html" %}').render(
            Context({"province": "Thành phố Huế"})
        )

    said = "Sở Nội vụ thành phố Huế – cơ quan thường trực Hội đồng Thi đua - Khen thưởng thành phố"
    assert said in foot
