from django.core.management.base import BaseCommand, CommandError

from core.documents import parts, sweep


class Command(BaseCommand):
    help = "Remove files without rows and forgotten uploads; fail when a row's file is not right."

    def handle(self, **options):
        self.stdout.write(f"{sweep.forgotten()} forgotten uploads removed")
        self.stdout.write(f"{len(sweep.files_without_rows())} files without rows removed")
        self.stdout.write(f"{parts.sweep(sweep.TWO_DAYS)} uploads in parts given up")
        faults = list(sweep.faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} documents are not right")
