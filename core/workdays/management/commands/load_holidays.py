from django.core.management.base import BaseCommand

from core.workdays import calendar


class Command(BaseCommand):
    help = "Put the holidays of the shipped file into the table; running it again changes nothing."

    def handle(self, **options):
        self.stdout.write(f"{calendar.load()} holidays")
