"""Bring the database up to date, and load the demo province into an empty one.

Runs inside .venv, as one process, since each `manage.py` costs seconds of start.
"""

import sys

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import transaction

from script.portal import reach


def main(seed):
    django.setup()
    reach.database()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable")
    if seed and settings.DEMO and "seed" in get_commands() and empty():
        with transaction.atomic():  # a seed cut short leaves nothing behind
            call_command("seed")


def empty():
    return not apps.get_model(settings.AUTH_USER_MODEL).objects.exists()


if __name__ == "__main__":
    reach.refusing(lambda: main(seed="--seed" in sys.argv))
