"""Dossiers by the thousand, written to the tables without walking through the workflow."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from accounts.permissions import Role
from awards.models import Award, Decision
from campaigns.models import Campaign
from core.clock import clock
from core.text import fold
from dossiers.models import Dossier, Nomination
from tests.bench.paging import around, prose
from tests.bench.paging.province import holders, proposing_units

State = Dossier.State
BATCH = 250
# how many of a hundred dossiers stand in each state, in a year in full swing
SHARES = {
    State.DRAFT: 9,
    State.UNIT_REVIEW: 4,
    State.SUBMITTED: 6,
    State.AGGREGATED: 6,
    State.APPRAISING: 9,
    State.APPRAISED: 5,
    State.RETURNED: 5,
    State.COUNCIL: 6,
    State.PASSED: 5,
    State.PROPOSED: 3,
    State.AWARDED: 34,
    State.NOT_APPROVED: 5,
    State.WITHDRAWN: 3,
}
STATES = [state for state, share in SHARES.items() for _n in range(share)]
RESULTS = {
    State.APPRAISED: "ok",
    State.COUNCIL: "ok",
    State.PASSED: "passed",
    State.PROPOSED: "entered",
    State.AWARDED: "awarded",
    State.NOT_APPROVED: "failed",
}


def fill(total: int) -> None:
    """Make this many dossiers with everything that hangs on them."""
    world = read_world()
    for begin in range(0, total, BATCH):
        Rows(world, range(begin, min(begin + BATCH, total))).keep()


def read_world() -> Any:
    """What every dossier points to."""
    campaign = Campaign.objects.get()
    of_unit: dict[int, list[Any]] = {}
    for role in (Role.UNIT_STAFF, Role.UNIT_LEADER):
        for user in holders(role):
            of_unit.setdefault(user.home_unit_id, []).append(user)
    return SimpleNamespace(
        campaign=campaign,
        rounds=list(campaign.rounds.select_related("award_type")),
        contents=list(campaign.contents.all()),
        components=list(campaign.components.all()),
        units=proposing_units(),
        of_unit=of_unit,
        officers=holders(Role.OFFICER),
        head=holders(Role.SECTION_HEAD)[0],
        now=clock.now(),
        today=clock.today(),
    )


class Rows:
    """One batch: dossiers first, then what hangs on them, a table at a time."""

    def __init__(self, world: Any, numbers: range):
        self.world, self.numbers = world, numbers
        self.rng = Random(numbers.start)

    def keep(self) -> None:
        made = Dossier.objects.bulk_create(map(self.dossier, self.numbers))
        self.decisions = {result: self.draw_up(result) for result in ("entered", "awarded")}
        rows = [row for dossier in made for row in self.nominations(dossier)]
        Award.objects.bulk_create(row.award for row in rows if row.award)
        nominations = Nomination.objects.bulk_create(rows)
        for dossier in made:
            names = " ".join(row.name for row in nominations if row.dossier_id == dossier.pk)
            dossier.search_text = fold(f"{dossier.number} {dossier.unit_name} {names}")
        Dossier.objects.bulk_update(made, ["search_text"])
        around.keep(self.world, self.rng, made, nominations)

    def dossier(self, number: int) -> Dossier:
        world, rng = self.world, self.rng
        unit = world.units[number % len(world.units)]
        staff, leader = world.of_unit[unit.pk]
        state = STATES[(number * 37) % len(STATES)]
        begun = world.now - timedelta(hours=rng.randint(30, 2400))
        sent = state not in {State.DRAFT, State.UNIT_REVIEW}
        row = Dossier(
            unit=unit,
            unit_name=unit.name,
            campaign=world.campaign,
            round=world.rounds[-1 if number % 3 else 0],
            state=state,
            created_at=begun,
            created_by=staff,
            held_since=begun + timedelta(hours=rng.randint(1, 29)),
            contact=f"{staff.full_name}, 0277 3851 {number % 1000:03d}",
        )
        if number % 5:
            self.write_general(row, number)
        if sent:
            row.number = f"KH207-{number + 1:05d}"
            row.submitted_at, row.submitted_by = begun + timedelta(hours=20), leader
            row.checked_at, row.check_warns = row.submitted_at, number % 3
        if sent and state not in {State.SUBMITTED, State.AGGREGATED, State.WITHDRAWN}:
            row.officer = world.officers[number % len(world.officers)]
            row.appraisal_from = row.submitted_at.date()
            row.due_on = world.today + timedelta(days=rng.randint(-6, 35))
        if state == State.RETURNED:
            row.mend_by = world.today + timedelta(days=7)
        return row

    def write_general(self, row: Dossier, number: int) -> None:
        day = row.created_at.date()
        row.proposal_number, row.proposal_on = f"{number % 90 + 1}/TTr-UBND", day
        row.council_met_on, row.council_total, row.council_present = day, 9, 8

    def nominations(self, dossier: Dossier) -> Iterator[Nomination]:
        rng, world = self.rng, self.world
        for order in range(1, rng.choice([1, 1, 2, 2, 3, 3, 4, 5]) + 1):
            kind = rng.choice(["individual", "individual", "collective", "household"])
            name, sex = prose.name(rng)
            office = rng.choice(prose.OFFICES)
            row = Nomination(
                dossier=dossier,
                round=dossier.round,
                order=order,
                kind=kind,
                award_type=dossier.round.award_type,
                name={"collective": office, "household": f"Hộ ông {name}"}.get(kind, name),
                workplace=f"{office}, {dossier.unit_name}",
                result=RESULTS.get(State(dossier.state), "pending"),
                stands=bool(dossier.number) and dossier.state != State.WITHDRAWN,
            )
            if kind == "individual":
                row.sex, row.position = sex, rng.choice(prose.POSITIONS)
                row.position_class = rng.choice(["direct", "direct", "manager"])
                row.birth_day = date(rng.randint(1966, 2000), rng.randint(1, 12), 8)
            else:
                row.headcount = rng.randint(4, 60)
            row.identity = f"{kind}:{fold(row.name)}:{dossier.pk}:{order}"
            row.search_text = fold(f"{row.name} {row.workplace}")
            if row.result in {"entered", "awarded"}:
                row.award = self.award(row, world)
            yield row

    def draw_up(self, result: str) -> Decision:
        """The decision of this batch that is being drawn up, or the one that is issued."""
        row = Decision(
            unit=self.world.campaign.unit,
            subject="Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân Tỉnh",
            reason=f"Đã có thành tích xuất sắc trong phong trào “{self.world.campaign.name}”",
            granted_by="Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp",
            created_by=self.world.officers[0],
        )
        if result == Nomination.Result.AWARDED:
            row.state = Decision.State.ISSUED
            row.number, row.signed_on = f"{self.numbers.start + 1}/QĐ-UBND", self.world.today
            row.signer, row.issued_at = prose.name(self.rng)[0], self.world.now
        row.save()
        return row

    def award(self, row: Nomination, world: Any) -> Award:
        granted = row.result == "awarded"
        made = Award(
            decision=self.decisions[row.result],
            award_type=row.award_type,
            unit=row.dossier.unit,
            kind=row.kind,
            position_class=row.position_class,
            name=row.name,
            position=row.workplace,
            reason=f"Đã có thành tích xuất sắc trong phong trào “{world.campaign.name}”",
            year=world.today.year,
            state="valid" if granted else "pending",
            search_text=row.search_text,
        )
        if granted:
            made.golden_series, made.golden_number = "BKT", row.dossier.pk * 10 + row.order
        return made
