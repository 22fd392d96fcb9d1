"""Count score sheets anew from their entries: `scores check`, `scores mend`."""

from django.core.management.base import BaseCommand, CommandError

from campaigns.models import Block
from campaigns.services import recount


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        for act, meaning in (
            ("check", "say which sheets keep another total than their entries come to"),
            ("mend", "and put the counted totals into sheets that are not published"),
        ):
            sub = acts.add_parser(act, help=meaning)
            sub.add_argument("--year", type=int, help="only blocks of this year")

    def handle(self, act, **options):
        blocks = Block.objects.all()
        if options["year"]:
            blocks = blocks.filter(year=options["year"])
        told = recount(blocks=blocks, mend=act == "mend")
        for sheet, differing in told.wrong:
            said = ", ".join(f"{name} {old} → {new}" for name, (old, new) in differing.items())
            self.stdout.write(f"{sheet}: {said}")
        self.stdout.write(f"{told.sheets} sheets counted, {len(told.wrong)} kept another total.")
        if told.wrong and act == "check":
            raise CommandError("Not all sheets keep what their entries come to.")
