"""Reports that a person waits for."""

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.jobs.background import Stopped, background
from dashboard import documents, figures


@background(gettext_lazy("Summary report"), needs=lambda job: [Perm.FIGURES_READ])
def summary_report(job, round_id, signing, remarks):
    """Print the report of a round as the person who asked for it may see it."""
    user = job.requested_by
    of_round = figures.rounds(user).filter(pk=round_id).first()
    if of_round is None:
        raise Stopped("Đợt xét khen thưởng này không còn trong phạm vi của bạn.")
    for round_ in job.track([of_round]):
        paper = documents.summary(round_, user=user, signing=signing, remarks=remarks)
        job.results.add(paper)
