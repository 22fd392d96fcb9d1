"""The plans that ship with the portal: each alone on an empty province, whole, there and back."""

from decimal import Decimal

import pytest

from campaigns.models import Campaign, Target, Task
from campaigns.plans import apply as plans
from campaigns.plans import export
from campaigns.plans.reading import read
from campaigns.workflow import CAMPAIGN
from core.audit.models import Entry
from tests.campaigns.conftest import FILE

FOLDER = FILE.parent
NAMES = [
    "dong-thap-207",
    "ha-noi-y-te-2025",
    "hai-duong-2025",
    "hai-duong-726",
    "hai-duong-nq06",
]


def plan_called(name):
    reading = read((FOLDER / f"{name}.yaml").read_bytes())
    assert reading.faults == []
    return reading


@pytest.fixture
def applied(catalogue, communications, officer, province):
    def apply(name):
        reading = plan_called(name)
        assert plans.faults_here(reading, owner=province) == []
        return plans.apply(reading.plan, actor=officer, owner=province).campaign

    return apply


def test_every_file_is_tested_here():
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == NAMES


@pytest.mark.both
@pytest.mark.parametrize("name", NAMES)
def test_a_plan_goes_in_and_comes_out_the_same(name, applied, officer, province):
    campaign = applied(name)
    written = export.write(export.plan_of(campaign))
    entries = Entry.objects.count()

    assert read(written).plan == export.settled(plan_called(name).plan)
    again = plans.apply(read(written).plan, actor=officer, owner=province)

    assert again.changes == []
    assert Entry.objects.count() == entries
    assert export.write(export.plan_of(Campaign.objects.get())) == written


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_only_its_own_code(name):
    assert plan_called(name).plan.code == name


@pytest.mark.django_db
def test_the_programme_of_726_has_21_targets_and_tells_how_many_tasks_it_leaves_out(applied):
    campaign = applied("hai-duong-726")

    assert campaign.kind == Campaign.Kind.PROGRAMME
    assert list(campaign.targets.values_list("code", flat=True)) == [
        f"T{number:02d}" for number in range(1, 22)
    ]
    assert set(campaign.targets.values_list("year", flat=True)) == {2030, 2035, 2045, None}
    assert Target.objects.get(code="T08").value == Decimal("0.8")
    assert Target.objects.get(code="T07").compare == Target.Compare.MORE_THAN
    assert Target.objects.filter(compare=Target.Compare.RANK).count() == 3
    assert campaign.task_groups.count() == 10
    assert Task.objects.count() == 41
    assert campaign.particulars["printed"] == {"task_groups": 10, "tasks": 78}
    assert campaign.duties.get().frequency == "monthly"


@pytest.mark.django_db
def test_what_a_programme_does_not_say_is_absent(applied):
    campaign = applied("hai-duong-726")

    assert campaign.starts_year is None
    assert (campaign.ends_year, campaign.outlook_year) == (2030, 2045)
    assert campaign.duties.get().to == ""
    assert not Task.objects.exclude(who="", responsibility="", due="", result="").exists()
    assert not campaign.rounds.exists()


@pytest.mark.django_db
def test_a_programme_comes_into_force_with_targets_and_without_award_rounds(applied, officer):
    campaign = CAMPAIGN.perform(applied("hai-duong-726"), "launch", actor=officer)

    assert campaign.state == Campaign.State.OPEN


@pytest.mark.django_db
def test_two_phases_share_the_year_2027(applied):
    phases = applied("ha-noi-y-te-2025").phases.all()

    assert [(p.from_year, p.to_year, p.review_year) for p in phases] == [
        (2025, 2027, 2027),
        (2027, 2030, 2030),
    ]
    assert [p.opens_at for p in phases] == [None, None]


@pytest.mark.django_db
def test_a_call_names_the_programme_that_measures_it_before_that_one_is_here(applied):
    campaign = applied("hai-duong-2025")

    assert campaign.particulars["measured_by"] == ["hai-duong-726"]
    assert campaign.particulars["superior"][0]["number"] == "923/QĐ-TTg"
    assert campaign.contents.get(code="8").sectors.count() == 8
    assert campaign.targets.count() == 2


@pytest.mark.django_db
def test_base_facts_and_indices_stand_as_printed(applied):
    said = export.plan_of(applied("hai-duong-nq06"))

    assert [index.code for index in said.indices] == ["PCI", "DTI", "PAR", "PAPI"]
    assert [(fact.value, fact.percent) for fact in said.facts[:4]] == [
        (1900, None),
        (98, None),
        (1427, 75),
        (375, 20),
    ]
    assert [(t.year, t.value) for t in said.targets] == [(2025, 20), (2030, 15)]
