"""Walks the history and names the first row that is not as it was written."""

from django.core.management.base import BaseCommand, CommandError

from core.audit import chain
from core.audit.models import Entry


class Command(BaseCommand):
    help = "Verify the hash chain of the history."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="a head hash kept elsewhere; finds a cut-off tail")

        parser.add_argument(
            "--erased",
            nargs="+",
            type=int,
            default=[],
            metavar="ENTRY",
            help="entries whose words were erased because the law asked for it; no others may be",
        )

    def handle(self, *args, head=None, erased=(), **options):
        fault = chain.first_fault()
        if fault:
            entry, what = fault
            raise CommandError(f"Entry {entry.pk} of {entry.at:%d/%m/%Y %H:%M:%S}: {what}.")
        if head and not Entry.objects.filter(hash=head).exists():
            raise CommandError("The head kept elsewhere is missing: the end was cut off.")
        bare = chain.without_words()
        if unexplained := [str(pk) for pk in bare if pk not in erased]:
            raise CommandError(
                f"The chain holds, but {len(unexplained)} entries have lost their words: "
                f"{', '.join(unexplained)}. Name with --erased those that the law had erased."
            )
        last = Entry.objects.order_by("-pk").values_list("hash", flat=True).first()
        said = f"{Entry.objects.count()} entries are whole"
        if bare:
            said += f", {len(bare)} of them without words, as named"
        self.stdout.write(f"{said}. Head: {last or '-'}")
