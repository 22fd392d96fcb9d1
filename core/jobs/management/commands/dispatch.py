"""Sends waiting jobs to Celery and takes back those of dead workers, every second, for ever."""

import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from kombu.exceptions import OperationalError as BrokerDown

from core.clock import clock
from core.jobs import background, tasks
from core.jobs.models import Job

logger = logging.getLogger("portal.dispatch")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--every", type=float, default=1.0, help="seconds between rounds")

    def handle(self, *args, once=False, every=1.0, **options):
        self.going = True
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, self.stop)
        while self.going:
            try:
                self.round()
            except OperationalError as error:
                logger.warning("waiting for the database: %s", error)
                close_old_connections()
            except (BrokerDown, OSError) as error:
                logger.warning("waiting for the broker: %s", error)
            if once:
                return
            time.sleep(every)

    def stop(self, *args):
        self.going = False

    def round(self):
        Job.objects.sweep()
        tasks.ask_for_today()
        for job in Job.objects.to_send().order_by("created_at")[:100]:
            background.send(job)
            Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(sent_at=clock.real_now())
