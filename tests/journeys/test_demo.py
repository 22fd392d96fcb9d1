"""What the demonstration holds as it is loaded: the same every time, and on every database."""

import copy
import datetime
import hashlib
import json
import os
import re

import pytest

from accounts.models import UnitKind
from awards.models import NomineeKind
from core.text import official_number
from dossiers.models import Dossier
from script.portal import postgres

pytestmark = pytest.mark.both

# Of what the demonstration says about itself below. Whoever changes the demonstration on purpose
# puts the new one here; both databases, each loaded on its own, must come to it.
DIGEST = "f885ee1fa4cc4f4aea58a8be8975ca9a0c3592e9a3cf158a3748f0c10a65af63"
ASKED = """
import datetime, json
from django.db.models import F
from accounts.models import Employment, Membership, Person, Unit
from awards.models import Award
from campaigns.models import BlockMember, Participation
from dossiers.models import AchievementReport, Dossier, Paper, Submission
first_day = datetime.date(2025, 12, 1)
people = Person.objects.order_by("pk")[:300]
joined = Participation.objects.order_by("pk")[:112]
sent = Submission.objects.order_by("pk").filter(at__lt="2025-12-01T00:00:00+07:00")
held = {
    "people": [(p.full_name, p.sex, p.birth_day, p.position, p.unit.name) for p in people],
    "joined": [(j.unit_name, j.registered_at.isoformat()) for j in joined],
    "sent": [
        (s.number, s.at.isoformat(), s.contents["general"]["unit_name"],
         [(n["kind"], n["name"]) for n in s.contents["nominees"]])
        for s in sent
    ],
    "awards": list(Award.objects.order_by("pk").values_list("name", "golden_number")[:43]),
}
units = Unit.objects.standing(first_day).filter(depth=2)
claims = [
    (r.nomination.kind, r.situation, r.earlier_awards, r.nomination.dossier.unit.opened_on,
     Employment.objects.filter(person=r.nomination.person).values_list("from_day", flat=True).first(),
     r.nomination.dossier.created_at.date())
    for r in AchievementReport.objects.select_related("nomination__dossier__unit")
    .filter(nomination__dossier__created_at__lt="2025-12-01T00:00:00+07:00").order_by("pk")
]
too_early = [
    str(row) for model in (Employment, Membership)
    for row in model.objects.filter(from_day__lt=F("unit__opened_on"))
]
too_early += [
    f"{award.name}, {award.decision.signed_on}"
    for award in Award.objects.filter(decision__signed_on__lt=F("collective__opened_on"))
]
too_early += [
    f"{row.unit_name}, {row.block}"
    for row in BlockMember.objects.filter(unit__opened_on__year__gt=F("block__year"))
]
held = {
    "claims": claims,
    "too_early": too_early,
    "numbers": list(
        Paper.objects.filter(dossier__created_at__lt="2025-12-01T00:00:00+07:00")
        .exclude(number="").values_list("number", flat=True)
    ),
    "held": held,
    "units": list(units.values_list("kind", flat=True)),
    "states": list(Dossier.objects.values_list("state", flat=True)),
}
"""


@pytest.fixture(scope="module")
def loaded(stack):
    """Of the demonstration as it was loaded; where no copy of it is kept, as it stands now."""
    asked = copy.copy(stack)
    if name := os.environ.get("COPY_OF"):
        beside = stack.environment["DATABASE_URL"].rpartition("/")[0]
        own = f"{beside}/as_loaded_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        postgres.create(own, copy_of=name)
        asked.environment = {**stack.environment, "DATABASE_URL": own}
    said = asked.ask("json.dumps(held, default=str)", imports=ASKED)
    return json.loads(said)


def test_it_is_a_province_of_some_hundred_and_twenty_units_and_three_hundred_people(loaded):
    """12 departments, 14 other bodies and the 102 communes and wards, all below the province."""
    kinds = loaded["units"]

    assert len(kinds) == 128
    local = [kind for kind in kinds if kind in {UnitKind.COMMUNE, UnitKind.WARD}]
    assert (len(local), kinds.count(UnitKind.DEPARTMENT)) == (102, 12)
    assert len(loaded["held"]["people"]) == 300


def test_there_are_dossiers_in_every_state_and_nominees_of_every_kind(loaded):
    assert set(loaded["states"]) == set(Dossier.State)
    nominees = [one for *_sent, named in loaded["held"]["sent"] for one in named]
    assert {kind for kind, _name in nominees} == set(NomineeKind)


def test_two_loads_are_alike(loaded):
    said = json.dumps(loaded["held"], sort_keys=True).encode()

    assert hashlib.sha256(said).hexdigest() == DIGEST


def test_nobody_is_at_a_unit_and_nothing_is_of_it_before_it_was_founded(loaded):
    """Neither people nor sign-ins nor decisions nor the blocks of a year."""
    assert loaded["too_early"] == []


def test_papers_bear_numbers_as_offices_write_them(loaded):
    assert loaded["numbers"] == [*map(official_number, loaded["numbers"])]
    assert any(number.endswith("/TTr") for number in loaded["numbers"])


def test_reports_claim_no_more_years_at_a_unit_than_it_has(loaded):
    """What is said of earlier years at a unit of this year is said of the units before it."""
    spoken = set()
    for kind, situation, earlier, opened, employed, written in loaded["claims"]:
        founded, day = (datetime.date.fromisoformat(each) for each in (opened, written))
        for years in re.findall(r"tại đơn vị (\d+) năm", situation):
            assert founded.replace(year=founded.year + int(years)) <= day, situation
        if kind == NomineeKind.INDIVIDUAL:
            [said] = re.findall(r"tại đơn vị từ ngày (\d+/\d+/\d{4})", situation)
            year_first = [int(part) for part in reversed(said.split("/"))]
            assert datetime.date(*year_first).isoformat() == employed
        if founded.year == day.year and kind in {NomineeKind.INDIVIDUAL, NomineeKind.COLLECTIVE}:
            assert earlier.startswith(("Tại đơn vị cũ, ", "Thành lập ngày ")), earlier
            spoken.add(kind)
    assert spoken == {NomineeKind.INDIVIDUAL, NomineeKind.COLLECTIVE}
