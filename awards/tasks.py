"""What a person waits for: the certificates of a decision, and the decision on paper."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from awards import documents
from awards.models import Award, Decision
from core.documents import stamp, store
from core.jobs.background import Stopped, background

READERS = (Perm.AWARD_READ, Perm.DECISION_DRAFT, Perm.DECISION_ISSUE)
CHUNK = 50  # awards read at once; each certificate is kept by itself


@background(gettext_lazy("Certificates"), needs=lambda job: READERS)
def render_certificates(job: Any, decision_id: int) -> None:
    """One certificate for each valid award of the decision, then all as one PDF and as a ZIP.

    Safe to run again at any point: what has its certificate is left alone, and a file and its
    link are kept in one transaction with the proof that this run still holds the job.
    """
    decision = Decision.objects.get(pk=decision_id)
    due = decision.awards.standing().with_certificate()
    waiting = list(due.filter(certificate=None).in_book_order().values_list("pk", flat=True))
    job.beat(total=due.count(), done=due.count() - len(waiting))
    unfit = []
    for start in range(0, len(waiting), CHUNK):
        chunk = due.filter(pk__in=waiting[start : start + CHUNK]).for_papers().in_book_order()
        for award in chunk:
            try:
                _make(award, job)
            except stamp.Unfit as reason:
                unfit.append(str(reason))
    if unfit:
        words = {"count": len(unfit), "sentences": " ".join(unfit[:10])}
        raise Stopped(_("%(count)d certificates could not be made. %(sentences)s") % words)
    _gather(decision, job)


@background(gettext_lazy("Decision on paper"), needs=lambda job: READERS)
def render_decision(job: Any, decision_id: int) -> None:
    """The decision with its annex as PDF; once."""
    decision = Decision.objects.select_related("unit", "paper").get(pk=decision_id)
    job.beat(total=1, done=0)
    if decision.paper is None:
        name = documents.clean(f"Quyet dinh {decision.number.replace('/', '-')}.pdf")
        content = documents.decision_paper(documents.decision_words(decision))
        with store.staged([content]) as paper, transaction.atomic():
            job.beat(done=1)
            decision.paper = paper.keep(
                name=name, media_type=store.PDF, unit=decision.unit, by=job.requested_by
            )
            Decision.objects.filter(pk=decision.pk, paper=None).update(paper=decision.paper)
    job.results.add(decision.paper)


def _make(award, job):
    """Print one certificate, keep it and link it; nothing if another run has done so."""
    content = documents.certificate(award)
    with store.staged([content]) as paper, transaction.atomic():
        job.beat(done=job.done + 1)
        held = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        if held.certificate_id is None and held.version == award.version:
            held.certificate = paper.keep(
                name=documents.certificate_name(award),
                media_type=store.PDF,
                unit=award.unit,
                by=job.requested_by,
            )
            Award.objects.filter(pk=held.pk).update(certificate=held.certificate)


def _gather(decision, job):
    """All certificates as one PDF and as a ZIP, kept with the decision."""
    awards = decision.awards.standing().exclude(certificate=None)
    made = _certificates(awards)
    if decision.booklet_id is None and made:
        words = {"unit": decision.unit, "by": job.requested_by}
        name = documents.clean(f"Bang khen {decision.number.replace('/', '-')}")
        book = documents.booklet(_alive(awards, job), title=str(decision))
        with (
            store.staged([book]) as pdf,
            store.staged(documents.bundle(_alive(awards, job))) as packed,
            transaction.atomic(),
        ):
            job.beat()
            held = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
            if held.booklet_id is None and _certificates(awards) == made:
                decision.booklet = pdf.keep(name=f"{name}.pdf", media_type=store.PDF, **words)
                decision.bundle = packed.keep(name=f"{name}.zip", media_type=store.ZIP, **words)
                Decision.objects.filter(pk=held.pk).update(
                    booklet=decision.booklet, bundle=decision.bundle
                )
    if decision.booklet:
        job.results.add(decision.booklet, decision.bundle)


def _certificates(awards):
    return list(awards.in_book_order().values_list("certificate", flat=True))


def _alive(awards, job):
    """The awards in order, with beats: a long merge must not look like a dead worker."""
    rows = awards.select_related("certificate", "decision").in_book_order()
    for count, award in enumerate(rows.iterator(chunk_size=CHUNK)):
        if count % CHUNK == 0:
            job.beat()
        yield award
