"""What a person waits for: the receipt of a sending as a paper."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.jobs.background import background
from dossiers import documents
from dossiers.models import Submission


@background(_("Receipt"), needs=lambda job: [Perm.DOSSIER_READ, Perm.DOSSIER_WRITE])
def render_receipt(job, submission):
    """The receipt as PDF, once for each sending. Safe to run again."""
    waiting = Submission.objects.filter(pk=submission, receipt=None).select_related(
        "dossier__unit", "dossier__round", "dossier__campaign__unit", "dossier__campaign__steward"
    )
    for sent in job.track(waiting):
        sent.receipt = documents.receipt(sent, by=job.requested_by)
        sent.save(update_fields=["receipt"])
        job.results.add(sent.receipt)
