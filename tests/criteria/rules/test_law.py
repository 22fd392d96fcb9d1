import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command

from awards.models import AwardType
from criteria import rules, services
from criteria.models import LegalBasis, Parameter

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2025, 12, 1)


@pytest.fixture
def law():
    services.load_law()


def test_a_number_is_that_of_the_day(law):
    assert rules.value("vote_share.BKT", TODAY) == Decimal(80)
    assert rules.value("appraisal_days.BKT", TODAY) == Decimal(25)
    assert rules.parameter("vote_share.CSTDT", TODAY).confirmed is False


@pytest.mark.parametrize("key", ["vote_share.NOTHING", "base_salary"])
def test_a_number_that_is_not_set_says_which_one_and_for_when(law, key):
    with pytest.raises(rules.NotSet) as missing:
        rules.value(key, datetime.date(2024, 6, 30))

    assert key in str(missing.value)
    assert "30/06/2024" in str(missing.value)


def test_loading_again_adds_nothing_and_overwrites_nothing(law):
    Parameter.objects.filter(key="vote_share.BKT").update(value=75)

    assert services.load_law() == 0
    assert rules.value("vote_share.BKT", TODAY) == Decimal(75)


def test_decrees_follow_one_another(law):
    on = LegalBasis.objects.in_force
    numbers = {"98/2023/NĐ-CP", "152/2025/NĐ-CP"}

    assert numbers & set(on(datetime.date(2025, 6, 30)).values_list("number", flat=True)) == {
        "98/2023/NĐ-CP"
    }
    assert numbers & set(on(datetime.date(2025, 7, 1)).values_list("number", flat=True)) == {
        "152/2025/NĐ-CP"
    }
    assert LegalBasis.objects.get(number="98/2023/NĐ-CP").replaced_by.number == "152/2025/NĐ-CP"


def test_a_new_value_ends_the_one_before(law, officer, province):
    newest = Parameter.objects.get(key="mend_days")

    services.set_value(
        newest=newest,
        value=Decimal(7),
        valid_from=datetime.date(2026, 1, 1),
        basis=None,
        article="Điều 9",
        confirmed=True,
        unit=province,
        actor=officer,
    )

    assert rules.value("mend_days", datetime.date(2025, 12, 31)) == 10
    assert rules.value("mend_days", datetime.date(2026, 1, 1)) == 7


def test_award_types_are_loaded_once(law, capsys):
    call_command("load_award_types")
    first = AwardType.objects.count()
    call_command("load_award_types")

    assert first == AwardType.objects.count() == 16
    assert AwardType.objects.get(code="BKT").basis.number == "06/2022/QH15"
    assert AwardType.objects.get(code="LDTT").certificate_title == ""
    assert not AwardType.objects.get(code="TTLDXS").is_for("individual")
    capsys.readouterr()
