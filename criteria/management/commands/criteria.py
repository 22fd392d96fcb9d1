"""Check, compare, apply and write out sets of criteria: `criteria apply FILE`,
`criteria export CODE --year 2025`."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Unit, User
from core.workflow import Blocked
from criteria.models import CriteriaSet
from criteria.sets import export
from criteria.sets.apply import apply, difference, faults_here
from criteria.sets.reading import read
from criteria.workflow import CRITERIA_SET

SYMBOLS = {"added": "+", "changed": "~", "removed": "-"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        for act, meaning in (
            ("check", "say what is wrong in the file of a set"),
            ("diff", "say what applying the file would change"),
            ("apply", "make the database follow the file"),
        ):
            sub = acts.add_parser(act, help=meaning)
            sub.add_argument("file", type=Path)
            sub.add_argument("--unit", help="name of the unit that draws it up (the topmost one)")
            if act == "apply":
                sub.add_argument("--by", required=True, help="user name of who answers for it")
                sub.add_argument("--lock", action="store_true", help="and take it into use")
        sub = acts.add_parser("export", help="write the file of a set, its last edition")
        sub.add_argument("code")
        sub.add_argument("--year", type=int, required=True)
        sub.add_argument("--unit", help="name of the unit that drew it up (the topmost one)")

    def handle(self, act, **options):
        owner = self._owner(options["unit"])
        if act == "export":
            return self._export(owner, options)
        said = self._read(options["file"])
        if act == "check":
            return self.stdout.write(f"{options['file'].name}: nothing to mend")
        if act == "diff":
            return self._tell(difference(said, owner=owner))
        return self._apply(said, owner, options)

    def _owner(self, name):
        units = Unit.objects.filter(name=name) if name else Unit.objects.filter(depth=1)
        owner = units.first()
        if owner is None:
            raise CommandError(f"No unit is called “{name}”." if name else "There is no unit yet.")
        return owner

    def _read(self, path):
        try:
            reading = read(path.read_bytes())
        except OSError as unreadable:
            raise CommandError(f"{path}: {unreadable.strerror}") from unreadable
        faults = reading.faults or faults_here(reading)
        if faults:
            lines = "\n".join(f"{path.name}:{fault.line}: {fault.text}" for fault in faults)
            raise CommandError(f"Nothing was changed.\n{lines}")
        return reading.said

    @transaction.atomic
    def _apply(self, said, owner, options):
        actor = User.objects.filter(username=options["by"], is_active=True).first()
        if actor is None:
            raise CommandError(f"No user is called “{options['by']}”.")
        try:
            applied = apply(said, owner=owner, actor=actor)
            if options["lock"] and applied.criteria_set.state == CriteriaSet.State.DRAFT:
                CRITERIA_SET.perform(applied.criteria_set, "lock", actor=actor)
        except Blocked as refused:
            raise CommandError(f"Nothing was changed.\n{refused}") from None
        self._tell(applied.changes)

    def _tell(self, changes):
        for change in changes:
            self.stdout.write(f"{SYMBOLS[change.kind]} {change}")
        if not changes:
            self.stdout.write("Nothing differs.")

    def _export(self, owner, options):
        held = CriteriaSet.objects.filter(unit=owner, code=options["code"], year=options["year"])
        last = held.order_by("-edition").first()
        if last is None:
            raise CommandError(f"There is no set “{options['code']}” of {options['year']}.")
        sys.stdout.buffer.write(export.write(export.set_of(last)))
