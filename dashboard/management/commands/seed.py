"""Loads the demonstration: a province with its units, people and one campaign in full life.

The same every time: names and figures come from a generator with a fixed start, days from the
story. Refuses a database that holds a province already.
"""

import datetime
import random
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction

from accounts.models import Membership, Unit, User
from accounts.permissions import Role
from campaigns.models import AwardRound, Campaign
from campaigns.services import reminders
from core.clock import clock
from core.workdays import calendar
from dashboard.management.demo import aims, blocks, papers, people, places, running, season

FIRST_DAY = datetime.date(2025, 12, 1)
SETS = ("dti-cap-huyen-2022", "bac-kan-tap-the-nho-2023")
PLAN = settings.BASE_DIR / "campaigns/plans/files/dong-thap-207.yaml"
START = 207


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Set DEMO=1: the demonstration is loaded into a demo only.")
        if Unit.objects.exists():
            raise CommandError("There is a province already; the demonstration needs an empty one.")
        with transaction.atomic():
            self.load(random.Random(START))
        self.write_sign_ins(settings.VAR_DIR / "demo-sign-ins.txt")
        self.stdout.write("The demonstration province is loaded.")

    def load(self, rng):
        clock.move(FIRST_DAY, actor=None)
        self.load_law()
        root = places.found()
        people.accounts(root)
        units = self.proposing_units()
        people.staff_of(units, rng)
        people.nominable(units, rng)
        old_agency = self.agency_of_2023()
        self.say("Units and people are there.")
        self.apply_sets()
        campaign = self.apply_plan()
        sheets = papers.sheets(list(campaign.components.all()))
        self.play_2023(campaign, sheets, rng, old_agency)
        places.merge_departments(actor=User.objects.get(username="quantri"))
        self.play_2025(campaign, sheets, rng, units)
        running.send_reports(campaign, rng)
        local = self.local(units)
        aims.register_titles(campaign, [units[0], *local[: aims.SENT]])
        running.follow_programme(rng)
        self.play_blocks(units)
        self.propose_reminders(units)

    def load_law(self):
        calendar.load()
        call_command("load_law", verbosity=0)
        call_command("load_award_types", verbosity=0)

    def proposing_units(self):
        """Units below the province that register: communes first to last, then the rest."""
        below = Unit.objects.filter(depth=2).exclude(short_name__in=["SNV", "VP", "STTTT"])
        return sorted(below, key=lambda u: (u.name != "Phường Cao Lãnh", u.pk))

    def agency_of_2023(self):
        """Somebody at the agency that the plan of 2022 names, until it was merged."""
        unit = Unit.objects.get(short_name="STTTT")
        user = User.objects.create(
            username="tttt-2023",
            email="tttt-2023@dongthap.example",
            full_name="Lâm Quốc Thái",
            home_unit=unit,
            password="!",
        )
        Membership.objects.create(
            user=user, unit=unit, role=Role.CAMPAIGN_AGENCY, from_day=people.SINCE
        )
        return unit

    def apply_plan(self):
        with clock.standing_at(clock.as_instant(datetime.date(2022, 6, 8))):
            call_command("plan", "apply", str(PLAN), by="thamdinh", launch=True, verbosity=0)
        self.say("Plan 207 is applied.")
        return Campaign.objects.get()

    def local(self, units):
        """Registered communes and wards but the first; those where the plan held before 2025 lead."""
        old = places.of_old_dong_thap()
        here = [unit for unit in units[1:112] if unit.kind in {"ward", "commune"}]
        return sorted(here, key=lambda unit: unit.name not in old)

    def apply_sets(self):
        for name in SETS:
            file = settings.BASE_DIR / f"criteria/sets/files/{name}.yaml"
            call_command(
                "criteria", "apply", str(file), by="thamdinh", lock=True, stdout=StringIO()
            )
        self.say("Two published sets of criteria are in use.")

    def play_2023(self, campaign, sheets, rng, agency):
        of_round = campaign.rounds.get(kind=AwardRound.Kind.MID)
        teller = season.teller_of(of_round, sheets, rng, agency)
        departments = list(Unit.objects.filter(depth=2, kind__in=["department", "service"]))
        able = [u for u in departments if u.short_name not in {"SNV", "VP", "STTTT"}]
        able = [unit for unit in able if unit.opened_on.year < 2023]
        season.mid_term(teller, able, *self.deciders())
        self.say("The round of 2023 is awarded.")

    def play_2025(self, campaign, sheets, rng, units):
        agency = Unit.objects.get(short_name="SKHCN")
        teller = season.teller_of(
            campaign.rounds.get(kind=AwardRound.Kind.FINAL), sheets, rng, agency
        )
        season.register(campaign, units[:112])
        mine, rest = units[0], self.local(units)
        order = [*rest[:19], mine, *rest[19:]]
        season.final(teller, order, *self.deciders())
        self.say("The running round stands where it stands on 1 December 2025.")

    def play_blocks(self, units):
        wards = [unit for unit in units if unit.kind == "ward"][:5]
        root = Unit.objects.get(depth=1)
        officer, head = (User.objects.get(username=name) for name in ("thamdinh", "truongphong"))
        blocks.play(wards, root, officer)
        blocks.play_peers([u for u in units if u.kind == "commune"][:6], root, officer)
        departments = [
            u for u in units if u.kind == "department" and u.opened_on == places.LONG_AGO
        ]
        blocks.play_departments(departments[:5], root, officer, head)
        self.say("A cluster of wards is scoring itself; one of communes scores each other.")

    def propose_reminders(self, units):
        """The mails of the first day wait for an officer; one person has no address."""
        User.objects.filter(home_unit=units[60]).update(email="")
        made = reminders.propose()
        self.say(f"{len(made)} reminders wait in the outbox.")

    def deciders(self):
        secretary = Membership.objects.filter(role=Role.COUNCIL_SECRETARY).first().user
        return secretary, Membership.objects.filter(role=Role.DECIDER).first().user

    def write_sign_ins(self, path: Path):
        """What `script/server` prints: who can sign in, as what."""
        lines = [
            f"  {name:<14} {Role(role).name:<20} {who}"
            for name, who, _p, role, *_r in people.SIGN_INS
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*lines, f"  password: {people.PASSWORD}", ""]))

    def say(self, line):
        if self.verbosity_wanted:
            self.stdout.write(line)

    def execute(self, *args, **options):
        self.verbosity_wanted = options.get("verbosity", 1) > 0
        return super().execute(*args, **options)
