"""The life of the demonstration's dossiers, walked through the same services as in earnest."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from accounts.models import Membership, Person, Sex, Unit, User
from accounts.permissions import Role
from awards.models import NomineeKind
from campaigns.models import AwardRound
from core.clock import clock
from core.documents import store
from core.text import official_number
from core.ui.components.marks import lower_first
from dashboard.management.demo import writing
from dashboard.management.demo.people import class_of, names, since
from dashboard.management.demo.writing import Voice
from dossiers.models import Dossier
from dossiers.rules.appraisal import Opinion
from dossiers.services import appraising, papers, preparing
from dossiers.workflow import DOSSIER

SIZES = {Voice.LOCAL: (38, 72), Voice.OFFICE: (45, 160)}  # people of a collective
FIRM = "Công ty Trách nhiệm hữu hạn Nông sản Hoa Súng"
STEPS = ["write", "to_head", "submit", "aggregate", "open", "appraise", "confirm"]


@dataclass
class Teller:
    """Walks dossiers of one round, day by day; every act is done by a person in their role."""

    round: AwardRound
    sheets: dict[str, bytes]
    rng: random.Random
    steward: User
    officer: User
    head: User
    people: dict[int, list[Person]] = field(default_factory=dict)

    def __post_init__(self):
        self.contents = list(self.round.campaign.contents.all())
        self.components = list(self.round.campaign.components.all())
        for person in Person.objects.order_by("pk"):
            self.people.setdefault(person.unit_id, []).append(person)

    def tell(
        self,
        unit: Unit,
        start: datetime.date,
        *,
        upto: str,
        nominees: int = 2,
        beside: NomineeKind | None = None,
    ) -> Dossier:
        """Bring a dossier of a unit as far as `upto`, a step every day or two from `start`;
        `beside` its collective and people it names a household or an enterprise."""
        writer, head = team(unit)
        days = self.days(start)
        dossier = None
        for step in STEPS[: STEPS.index(upto) + 1]:
            with clock.standing_at(next(days)):
                if step == "write":
                    dossier = self.write(unit, writer, nominees, beside)
                else:
                    dossier = self.step(dossier, step, writer, head)
        return dossier

    def days(self, start: datetime.date) -> Iterator[datetime.datetime]:
        """Working hours of one day after another, weekends left out."""
        day = start
        while True:
            if day.weekday() < 5:
                hour, minute = self.rng.randint(8, 16), self.rng.randint(0, 59)
                yield clock.as_instant(day) + datetime.timedelta(hours=hour, minutes=minute)
            day += datetime.timedelta(days=1)

    def step(self, dossier: Dossier, name: str, writer: User, head: User) -> Dossier:
        if name == "to_head":
            return DOSSIER.perform(dossier, "to_head", actor=writer)
        if name == "submit":
            return DOSSIER.perform(dossier, "submit", actor=head)
        if name == "aggregate":
            return DOSSIER.perform(dossier, "aggregate", actor=self.steward)
        if name == "open":
            return DOSSIER.perform(dossier, "open_appraisal", actor=self.officer)
        if name == "appraise":
            opinions = {n.pk: self.opinion() for n in dossier.nominations.order_by("order")}
            return appraising.save_verdicts(
                dossier=dossier, opinions=opinions, actor=self.officer, conclude=True
            )
        return DOSSIER.perform(dossier, "confirm", actor=self.head)

    def opinion(self) -> Opinion:
        return Opinion("ok", "Đủ điều kiện, thành tích rõ.")

    def write(self, unit: Unit, writer: User, nominees: int, beside: NomineeKind | None) -> Dossier:
        """A complete dossier: general data, a collective and people, reports and papers."""
        dossier = preparing.open_dossier(round=self.round, unit=unit, actor=writer)
        today = clock.today()
        preparing.save_general(
            dossier=dossier,
            actor=writer,
            proposal_number=f"{self.rng.randint(12, 240)}/TTr",
            proposal_on=today,
            council_met_on=today - datetime.timedelta(days=self.rng.randint(1, 6)),
            council_total=9,
            council_present=self.rng.choice([8, 9]),
            contact=f"{writer}, {writer.position}",
        )
        self.name_collective(dossier, writer)
        for person in self.some_people(unit, nominees):
            self.name_person(dossier, writer, person)
        if beside:
            self.name_other(dossier, writer, beside)
        for component in self.components:
            self.attach(dossier, component, writer)
        dossier.refresh_from_db()
        return dossier

    def some_people(self, unit: Unit, count: int) -> list[Person]:
        waiting = self.people.get(unit.pk, [])
        chosen, self.people[unit.pk] = waiting[:count], waiting[count:]
        return chosen

    def name_collective(self, dossier: Dossier, writer: User) -> None:
        nominee = preparing.add_nominee(
            dossier=dossier,
            kind=NomineeKind.COLLECTIVE,
            actor=writer,
            name=collective_name(dossier.unit),
            collective=dossier.unit,
            headcount=self.rng.randint(*SIZES[writing.voice_of(dossier.unit)]),
            unit_votes=9,
        )
        self.report(nominee, writer, writing.voice_of(dossier.unit))

    def name_person(self, dossier: Dossier, writer: User, person: Person) -> None:
        nominee = preparing.add_nominee(
            dossier=dossier,
            kind=NomineeKind.INDIVIDUAL,
            actor=writer,
            person=person,
            name=person.full_name,
            sex=person.sex,
            birth_day=person.birth_day,
            position=person.position,
            position_class=class_of(person.position),
            workplace=collective_name(dossier.unit),
            unit_votes=self.rng.choice([8, 9]),
        )
        self.report(nominee, writer, Voice.PERSON)

    def name_other(self, dossier: Dossier, writer: User, kind: NomineeKind) -> None:
        """A household or an enterprise of the place; what it writes is drawn apart, so that all
        others write the same with and without it."""
        rng = random.Random(f"{kind} {dossier.unit.name}")
        whole = kind == NomineeKind.HOUSEHOLD
        called = f"Hộ ông {next(name for name, sex in names(rng) if sex == Sex.MALE)}"
        nominee = preparing.add_nominee(
            dossier=dossier,
            kind=kind,
            actor=writer,
            name=called if whole else FIRM,
            workplace=f"{dossier.unit.name}, {lower_first(dossier.campaign.unit.name)}",
            headcount=None if whole else rng.randint(18, 60),
            unit_votes=9,
        )
        voice = Voice.HOUSEHOLD if whole else Voice.ENTERPRISE
        preparing.save_report(
            nominee=nominee,
            actor=writer,
            sections=writing.sections(self.contents, rng, voice),
            **writing.report(
                rng, voice, nominee.headcount, unit=dossier.unit, since=since(dossier.unit)
            ),
        )

    def report(self, nominee, writer: User, voice: Voice) -> None:
        unit = nominee.dossier.unit
        preparing.save_report(
            nominee=nominee,
            actor=writer,
            sections=writing.sections(self.contents, self.rng, voice),
            **writing.report(self.rng, voice, nominee.headcount, unit=unit, since=since(unit)),
        )

    def attach(self, dossier: Dossier, component, writer: User) -> None:
        document = store.keep(
            self.sheets[component.code],
            name=f"{component.code.lower()}-{dossier.unit.pk}.pdf",
            media_type=store.PDF,
            unit=dossier.unit,
            by=writer,
        )
        papers.attach_paper(
            dossier=dossier,
            component=component,
            document=document,
            actor=writer,
            number=official_number(f"{self.rng.randint(10, 300)}/{component.code}"),
            signed_on=clock.today(),
            signer=str(team(dossier.unit)[1]),
        )


def collective_name(unit: Unit) -> str:
    """How a unit is named on a certificate: a commune by its People's Committee."""
    if unit.kind in {"ward", "commune"}:
        return f"Ủy ban nhân dân {unit.name[0].lower()}{unit.name[1:]}"
    return unit.name


def team(unit: Unit) -> tuple[User, User]:
    """Who writes and who sends in a unit."""
    held = Membership.objects.filter(unit=unit).select_related("user")
    by_role = {membership.role: membership.user for membership in held}
    return by_role[Role.UNIT_STAFF], by_role[Role.UNIT_LEADER]
