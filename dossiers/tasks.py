"""What a person waits for: the receipt of a sending as a paper."""

from django.utils.translation import gettext_lazy as _

from core.jobs.background import background
from dossiers.models import Submission


@background(_("Receipt"))
def render_receipt(job, submission):
    """The receipt as PDF, once for each sending. Safe to run again."""
    for _sent in job.track(Submission.objects.filter(pk=submission, receipt=None)):
        job.beat()
