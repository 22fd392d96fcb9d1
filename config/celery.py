"""The Celery application. Only `core.jobs` sends to it; see docs/decisions/0003-jobs.md."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["accounts", "awards", "campaigns", "dossiers", "dashboard", "core.jobs"], force=False
)
