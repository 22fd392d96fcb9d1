"""What the unit's steps change: hand over, send, withdraw."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from accounts.services import notify, people_who
from core.clock import clock
from core.findings import Finding
from core.numbers import counter
from core.workflow import Blocked
from dossiers import tasks
from dossiers.models import Submission
from dossiers.rules import appraisal, contents, duplicates, mending, submission


def missing(dossier, actor):
    return submission.missing_to_submit(dossier)


def never_sent(dossier) -> bool:
    return dossier.submitted_at is None


def was_sent(dossier) -> bool:
    return not never_sent(dossier)


def hand_over(dossier, *, actor):
    """Somebody else holds it from now on; every step of every table says so."""
    dossier.held_since = clock.now()


def send(dossier, *, actor):
    """Nominees take their places, and a first sending takes its number, last of all."""
    hand_over(dossier, actor=actor)
    _let_stand(dossier)
    dossier.submitted_at = dossier.submitted_at or clock.now()
    dossier.submitted_by = dossier.submitted_by or actor
    dossier.mend_by = None
    dossier.restart_clock(clock.today())
    dossier.keep_checks(appraisal.look_again(dossier))
    dossier.number = dossier.number or _next_number(dossier.campaign)


def keep_what_was_sent(dossier, *, actor):
    """The receipt and the contents as sent; flaws are closed."""
    kept = contents.contents_of(dossier)
    ordinal = dossier.submissions.count() + 1
    sent = Submission.objects.create(
        dossier=dossier,
        ordinal=ordinal,
        number=f"{dossier.number}/{ordinal}",
        by=actor,
        contents=kept,
        sha256=contents.sha256_of(kept),
    )
    dossier.defects.filter(closed_at=None).update(closed_at=clock.now())
    dossier.search_text = contents.search_text(dossier, dossier.nominations.all())
    dossier.save(update_fields=["search_text"])
    tasks.render_receipt.start(
        by=actor, about=str(sent), back_to=dossier.get_absolute_url(), submission=sent.pk
    )
    _tell(dossier, _receivers(dossier), _("%(unit)s sent dossier %(dossier)s."))


def withdraw(dossier, *, actor):
    hand_over(dossier, actor=actor)
    dossier.nominations.update(stands=False)


def tell_the_head(dossier, *, actor):
    heads = people_who(perm=Perm.DOSSIER_SUBMIT, obj=dossier)
    _tell(dossier, heads, _("%(dossier)s of %(unit)s waits for you to send it."))


def tell_the_staff(dossier, *, actor):
    text = _("The head of the unit gave %(dossier)s back to you: %(reason)s")
    back = mending.backs_of([dossier.pk])[dossier.pk]
    _tell(dossier, [dossier.created_by], text, reason=back.given)


def tell_of_withdrawal(dossier, *, actor):
    if was_sent(dossier):
        _tell(dossier, _receivers(dossier), _("%(unit)s withdrew dossier %(dossier)s."))


def _let_stand(dossier):
    """The database lets a nominee stand once in a round, whoever sends first (R03)."""
    try:
        with transaction.atomic():
            dossier.nominations.exclude(result="dropped").update(stands=True)
    except IntegrityError:
        nominations = list(dossier.nominations.all())
        taken = list(duplicates.elsewhere(dossier, nominations))
        raise Blocked(taken or [Finding(_("A nominee stands in this round already."))]) from None


def _next_number(campaign):
    prefix = campaign.dossier_prefix or f"HS{campaign.pk}"
    return f"{prefix}-{counter.take(f'dossier:{prefix}'):04d}"


def _receivers(dossier):
    """Who has it next: the officer who returned it, the standing agency, or Home Affairs."""
    if dossier.officer and dossier.appraisal_from:
        return [dossier.officer]
    perm = Perm.DOSSIER_AGGREGATE if dossier.campaign.steward_id else Perm.DOSSIER_APPRAISE
    return people_who(perm=perm, obj=dossier)


def _tell(dossier, people, sentence, **words):
    text = sentence % {"unit": dossier.unit_name, "dossier": dossier, **words}
    notify(users=people, text=text, address=dossier.get_absolute_url())
