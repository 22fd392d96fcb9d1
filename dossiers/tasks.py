"""What a person waits for: the receipt of a sending as a paper."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.documents import store
from core.jobs.background import background, deliver
from dossiers import documents
from dossiers.models import Submission


@background(_("Receipt"), needs=lambda job: [Perm.DOSSIER_READ, Perm.DOSSIER_WRITE])
def render_receipt(job, submission):
    """The receipt as PDF, once for each sending. Safe to run again."""
    sent = Submission.objects.select_related(
        "dossier__unit", "dossier__round", "dossier__campaign__unit", "dossier__campaign__steward"
    ).get(pk=submission)
    if sent.receipt:
        job.results.add(sent.receipt)
        return
    job.beat(done=0, total=1)
    name, content = documents.receipt(sent)
    with transaction.atomic():
        sent.receipt = deliver(
            job, content, name=name, media_type=store.PDF, unit=sent.dossier.unit
        )
        sent.save(update_fields=["receipt"])
