"""Reports that a person waits for."""

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.documents import store
from core.jobs.background import Stopped, background, deliver
from dashboard import documents, figures


@background(gettext_lazy("Summary report"), needs=lambda job: [Perm.FIGURES_READ])
def summary_report(job, round_id, signing, remarks):
    """Print the report of a round as the person who asked for it may see it."""
    user = job.requested_by
    of_round = figures.rounds(user).filter(pk=round_id).first()
    if of_round is None:
        raise Stopped("Đợt xét khen thưởng này không còn trong phạm vi của bạn.")
    job.beat(done=0, total=1)
    name, content = documents.summary(of_round, user=user, signing=signing, remarks=remarks)
    unit = of_round.campaign.unit
    deliver(job, content, name=name, media_type=store.PDF, unit=unit)
