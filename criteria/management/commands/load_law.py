"""Load the documents and numbers of the law that ship with the portal."""

from django.core.management.base import BaseCommand

from criteria import services


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{services.load_law()} rows of law added")
