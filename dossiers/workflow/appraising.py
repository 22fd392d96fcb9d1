"""What the agency's and Home Affairs' steps change: list, open, return, appraise, confirm."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from accounts.services import notify, people_who
from core.clock import clock
from core.findings import Finding
from core.workflow import Blocked
from dossiers.models import Nomination
from dossiers.rules import appraisal
from dossiers.workflow.sending import hand_over

Result = Nomination.Result


def open_appraisal(dossier, *, actor):
    """The officer takes it; the clock of working days starts, or has been running since then."""
    hand_over(dossier, actor=actor)
    dossier.officer = actor
    days = appraisal.days_to_appraise(dossier, clock.today())
    if days:
        dossier.start_clock(clock.today(), days)
    dossier.keep_checks(appraisal.look_again(dossier))


def send_back(dossier, *, actor, defects: Iterable[tuple[str, str]] = ()):
    """All defects at once, in writing (domain 1.7); only their parts can be edited (D1)."""
    rows = [(part, text.strip()) for part, text in defects if text.strip()]
    if not rows:
        raise Blocked([Finding(_("Say what must be mended, part by part."), part="defects")])
    hand_over(dossier, actor=actor)
    sent = dossier.submissions.first()
    for part, text in rows:
        dossier.defects.create(submission=sent, part=part, text=text, by=actor)
    dossier.stop_clock(clock.today())
    dossier.mend_by = appraisal.mend_by(clock.today())


def conclude(dossier, *, actor):
    hand_over(dossier, actor=actor)
    dossier.appraised_by = actor


def reopen(dossier, *, actor):
    hand_over(dossier, actor=actor)
    dossier.appraised_by = None


def confirm(dossier, *, actor):
    """The officer's verdicts become results; who is dropped makes place for another proposal."""
    hand_over(dossier, actor=actor)
    dossier.confirmed_by = actor
    for nomination in dossier.nominations.select_related("verdict"):
        dropped = nomination.verdict.opinion == "drop"
        nomination.result = Result.DROPPED if dropped else Result.OK
        nomination.result_reason = nomination.verdict.remark[:400] if dropped else ""
        nomination.stands = nomination.stands and not dropped
        nomination.version += 1
        nomination.save()


# --- who hears of it ----------------------------------------------------------------------


def tell_the_officers(dossier, *, actor):
    text = _("%(dossier)s of %(unit)s is on the list of the standing agency.")
    _tell(dossier, people_who(perm=Perm.DOSSIER_APPRAISE, obj=dossier), text)


def tell_the_unit_it_came_back(dossier, *, actor):
    count = dossier.defects.filter(closed_at=None).count()
    text = _("%(dossier)s is returned for supplement: %(count)d things to mend.")
    _tell(dossier, unit_people(dossier), text, count=count)


def tell_the_heads(dossier, *, actor):
    heads = [
        user for user in people_who(perm=Perm.DOSSIER_CONFIRM, obj=dossier) if user.pk != actor.pk
    ]
    _tell(dossier, heads, _("%(dossier)s of %(unit)s is appraised and waits for you."))


def tell_the_officer(dossier, *, actor):
    _tell(dossier, [dossier.officer], _("%(who)s gave %(dossier)s back to you."), who=actor)


def tell_the_secretaries(dossier, *, actor):
    people = people_who(perm=Perm.COUNCIL_RECORD, obj=dossier)
    _tell(dossier, people, _("%(dossier)s of %(unit)s comes before the council."))


def tell_the_unit_no(dossier, *, actor):
    """Those who are not approved are told, with the reasons (domain 1.7)."""
    _tell(dossier, unit_people(dossier), _("%(dossier)s is not approved; the reasons are in it."))


def unit_people(dossier):
    """Those of the unit who prepared and sent it."""
    return list(dict.fromkeys(filter(None, [dossier.created_by, dossier.submitted_by])))


def _tell(dossier, people, sentence, **words):
    text = sentence % {"unit": dossier.unit_name, "dossier": dossier, **words}
    notify(users=[user for user in people if user], text=text, address=dossier.get_absolute_url())
