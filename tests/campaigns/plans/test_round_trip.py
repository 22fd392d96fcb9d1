"""Over generated plans: reading what was written gives the plan, applying is exact and once."""

import dataclasses
import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from campaigns.models import Campaign, Target
from campaigns.plans import apply as plans
from campaigns.plans import export, schema
from campaigns.plans.deadlines import Deadline
from campaigns.plans.difference import compare
from campaigns.plans.reading import read
from campaigns.rules.results import may_be_added
from core.yaml.kinds import Code, Day, Flag, Many, Month, Number, OneOf, Record, Text
from tests import factories

LETTERS = "aăâbcdđeêghikmnoôơpqrstuưvxy ẾỘữ0123456789:#-'\"“”&*!|>%@`{}[],?~/\\."
DAYS = st.dates(datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))


def words(most):
    text = st.text(LETTERS, min_size=1, max_size=min(most, 40))
    return text.map(lambda raw: " ".join(raw.split())).filter(bool)


def codes(most):
    return st.from_regex(rf"\A[A-Za-z0-9][A-Za-z0-9_-]{{0,{min(most, 8) - 1}}}\Z")


def values(kind):
    match kind:
        case Text(most):
            return words(most)
        case Code(most):
            return codes(most)
        case Day():
            return DAYS
        case Month():
            return st.sampled_from(["2023-12", "2025-01"])
        case Deadline():
            return st.sampled_from(["12-10", "02-29", "2025-01-31", "2025-12", "20"])
        case Number(most):
            numbers = st.decimals(0, min(most, 10_000), places=4)
            return numbers.map(lambda value: value.normalize() + Decimal(0))
        case Flag():
            return st.booleans()
        case OneOf(choices):
            return st.sampled_from([word for word, _label in choices])
        case Record(of):
            return st.just(None) if of in (schema.Totals,) else records(of)
        case Many(of, key):
            unique = (lambda member: getattr(member, key)) if key else None
            return st.lists(values(of), max_size=2, unique_by=unique or repr).map(tuple)
    return st.integers(kind.least, min(kind.most, 40) if kind.least < 1945 else 2025)


def records(cls):
    made = {}
    for _word, attribute in schema.words(cls):
        kind, must = attribute.metadata["kind"], attribute.metadata["must"]
        made[attribute.name] = values(kind) if must else st.none() | values(kind)
        if isinstance(kind, Many):
            made[attribute.name] = values(kind)
    return st.builds(cls, **made).map(tidy)


def tidy(record):
    """What no plan can say is left out: empty groups, days out of order."""
    for name in (field.name for field in dataclasses.fields(record)):
        value = getattr(record, name)
        if dataclasses.is_dataclass(value) and not any(
            getattr(value, field.name) not in (None, ()) for field in dataclasses.fields(value)
        ):
            record = dataclasses.replace(record, **{name: None})
    if getattr(record, "opens", None) and record.last_day and record.last_day < record.opens:
        record = dataclasses.replace(record, opens=record.last_day, last_day=record.opens)
    if isinstance(record, schema.Basis) and not (record.number or record.text):
        record = dataclasses.replace(record, text="Luật")
    if isinstance(record, schema.Role) and record.function == "standing_agency":
        record = dataclasses.replace(record, function="press")
    if isinstance(record, schema.Quota):
        record = one_way(dataclasses.replace(record, award=None))
    if isinstance(record, schema.Target):
        record = target(record)
    if isinstance(record, schema.Condition):
        record = dataclasses.replace(record, measure=None, at_least=None, award=None, hard=None)
    if isinstance(record, schema.Source):
        record = dataclasses.replace(record, gives=("theme",))
    if hasattr(record, "source"):
        record = dataclasses.replace(record, source=None)
    if isinstance(record, schema.Phase):
        record = dataclasses.replace(record, years=record.years and schema.Period(2022, 2024))
    if isinstance(record, schema.AwardForm):
        record = dataclasses.replace(record, award=None)
    if isinstance(record, schema.Round):
        record = dataclasses.replace(
            record, award="BKT", total=None, achieved=schema.Period(2022, 2025)
        )
    if isinstance(record, schema.Plan):
        record = whole(record)
    return record


def one_way(quota):
    """A number of places, a share, or so many a block; which one hangs on what was drawn."""
    if quota.percent is not None:
        return dataclasses.replace(quota, of="units", places=None, per_block=None)
    if quota.per_block:
        return dataclasses.replace(quota, of=None, places=None)
    return dataclasses.replace(quota, of=None, places=quota.places or 0)


def target(record):
    numeric = record.compare not in Target.WITHOUT_NUMBER
    value = (record.value or Decimal(0)) if numeric else None
    period = record.period and schema.Period(2022, 2024)
    row = Target(compare=record.compare, unit_of_measure=record.unit or "hồ sơ")
    adds = record.gather == Target.Gather.SUM and not may_be_added(row)
    return dataclasses.replace(
        record,
        value=value,
        gather=Target.Gather.LAST.value if adds else record.gather,
        text=record.text or "Nhất vùng",
        period=period,
        index=None,
        sector=None,
        group=None,
    )


def whole(plan):
    agency = plan.agency and dataclasses.replace(plan.agency, phases=(), rounds=())
    if agency == schema.Agency():
        agency = None
    return export.settled(
        dataclasses.replace(
            plan,
            period=schema.Reach(2021, 2025, plan.period and 2030),
            parent=None,
            agency=agency,
            measured_by=tuple(code for code in plan.measured_by if code != plan.code),
        )
    )


PLANS = records(schema.Plan)


@settings(
    max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(PLANS)
def test_reading_what_was_written_gives_the_plan_and_the_same_bytes(plan):
    written = export.write(plan)
    reading = read(written)

    assert reading.faults == []
    assert reading.plan == plan
    assert export.write(reading.plan) == written


@pytest.mark.both
class AppliedPlans(TestCase):
    """A class, since hypothesis rolls back each example only through Django's own."""

    @classmethod
    def setUpTestData(cls):
        cls.province = factories.unit("Tỉnh Đồng Tháp", kind="province")
        cls.officer = factories.user("Phạm Quốc Khánh")
        factories.award_type()

    @settings(
        max_examples=5,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(PLANS, PLANS)
    def test_applying_one_plan_over_another_is_exact_and_once(self, first, second):
        second = dataclasses.replace(second, code=first.code)
        for plan in (first, second):
            plans.apply(plan, actor=self.officer, owner=self.province)
            kept = export.plan_of(Campaign.objects.get())
            assert kept == plan
            assert compare(kept, plan) == []
            again = plans.apply(plan, actor=self.officer, owner=self.province)
            assert again.changes == []
