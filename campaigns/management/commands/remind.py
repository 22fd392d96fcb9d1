"""Proposes today's reminder mails into the outbox; sends nothing, unless a number says so.

The dispatcher does the same once a day by itself; this is for cron, or to do it now.
"""

from django.core.management.base import BaseCommand

from campaigns.services import reminders


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        made = reminders.propose()
        without = sum(1 for mail in made if not mail.email)
        self.stdout.write(f"{len(made)} mails proposed, {without} of them without an address.")
