import datetime

import pytest
from django.db import IntegrityError

from awards.models import Award, Decision
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def awards(province, decider):
    return list(factory.issued(unit=province, decider=decider, awards=2).awards.all())


def refused(rows, **values):
    with pytest.raises(IntegrityError) as error:
        rows.update(**values)
    return str(error.value)


def test_a_golden_number_is_given_once(awards):
    first, second = awards
    rows = Award.objects.filter(pk=second.pk)

    assert "golden" in refused(rows, golden_number=first.golden_number)


def test_a_granted_award_has_a_golden_number(awards):
    rows = Award.objects.filter(pk=awards[0].pk)

    assert "award_granted_has_golden_number" in refused(rows, golden_number=None)


@pytest.mark.parametrize("missing", ["revoked_by", "revoked_on", "revoked_cause"])
def test_a_revoked_award_has_decision_day_and_cause(awards, decider, missing):
    revoked = factory.revoke(awards[0], actor=decider)
    rows = Award.objects.filter(pk=revoked.pk)

    nothing = None if missing == "revoked_on" else ""
    assert "award_revoked_by_decision_day_and_cause" in refused(rows, **{missing: nothing})


def test_a_valid_award_has_no_day_of_revocation(awards):
    rows = Award.objects.filter(pk=awards[0].pk)

    assert "award_revoked" in refused(rows, revoked_on="2025-12-01")


@pytest.mark.parametrize(
    "values", [{"number": ""}, {"signed_on": None}, {"signer": ""}], ids=lambda v: next(iter(v))
)
def test_an_issued_decision_has_number_day_and_signer(awards, values):
    rows = Decision.objects.filter(pk=awards[0].decision_id)

    assert "decision_issued_has_number_day_signer" in refused(rows, **values)


@pytest.mark.parametrize("said", ["1/QĐ-UBND", "01/QĐ-UBND", " 1 / QĐ-UBND", "001/qđ-ubnd."])
def test_a_number_is_given_once_in_a_year(province, officer, said):
    first = factory.decision(unit=province, actor=officer)
    factory.sign(first, actor=officer, number="1/QĐ-UBND", signed_on=datetime.date(2025, 11, 27))
    second = factory.decision(unit=province, actor=officer)

    with pytest.raises(IntegrityError):
        factory.sign(second, actor=officer, number=said)


def test_numbers_begin_anew_each_year_and_a_draft_given_up_uses_none(province, officer, decider):
    put = {"actor": officer, "number": "1/QĐ-UBND"}
    former = factory.decision(unit=province, actor=officer)
    factory.sign(former, signed_on=datetime.date(2024, 12, 2), **put)
    given_up = factory.sign(factory.decision(unit=province, actor=officer), **put)
    factory.DECISION.perform(given_up, "cancel", actor=officer, note="Soạn lại.")

    again = factory.sign(factory.decision(unit=province, actor=officer), **put)

    assert again.number == "01/QĐ-UBND"


def test_the_line_of_the_golden_book_names_number_and_series(awards):
    assert sorted(award.golden_entry for award in awards) == ["01/BKT-2025", "02/BKT-2025"]
