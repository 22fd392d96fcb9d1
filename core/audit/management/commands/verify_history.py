"""Walks the history and names the first row that is not as it was written."""

from django.core.management.base import BaseCommand, CommandError

from core.audit import chain
from core.audit.models import Entry


class Command(BaseCommand):
    help = "Verify the hash chain of the history."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="a head hash kept elsewhere; finds a cut-off tail")

    def handle(self, *args, head=None, **options):
        fault = chain.first_fault()
        if fault:
            entry, what = fault
            raise CommandError(f"Entry {entry.pk} of {entry.at:%d/%m/%Y %H:%M:%S}: {what}.")
        if head and not Entry.objects.filter(hash=head).exists():
            raise CommandError("The head kept elsewhere is missing: the end was cut off.")
        last = Entry.objects.order_by("-pk").values_list("hash", flat=True).first()
        self.stdout.write(f"{Entry.objects.count()} entries are whole. Head: {last or '-'}")
