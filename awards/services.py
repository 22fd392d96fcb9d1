"""Acts on decisions and awards that are more than one step or one form."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Person, Unit
from accounts.permissions import Perm
from awards import rules, tasks
from awards.models import Award, AwardType, Decision
from awards.workflow import AWARD
from core.audit import log
from core.clock import clock
from core.findings import blocking
from core.jobs.models import Job
from core.text import nfc, official_number
from core.workflow import Blocked, NotNow, act

CHAIRMAN = "Chủ tịch Ủy ban nhân dân"


@act
def draw_up_decision(
    *,
    unit: Unit,
    subject: str,
    reason: str,
    place: str,
    actor: Any,
    granted_by: str = "",
) -> Decision:
    """A draft without awards. `unit` is the province (or unit) whose head grants; `reason` the
    achievement as certificates print it. Without `granted_by`: its chairman."""
    if not actor.can(Perm.DECISION_DRAFT, unit):
        raise PermissionDenied
    decision = Decision(
        unit=unit,
        subject=nfc(subject),
        reason=nfc(reason),
        place=nfc(place),
        granted_by=nfc(granted_by) or chairman_of(unit),
        created_by=actor,
    )
    with log.editing(decision, actor=actor, label=_("Draw up the decision")):
        decision.save()
    return decision


def chairman_of(unit: Unit) -> str:
    """Paper words: “Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp” for “Tỉnh Đồng Tháp”."""
    return f"{CHAIRMAN} {unit.name[:1].lower()}{unit.name[1:]}"


@act
def enter_award(
    *,
    decision: Decision,
    award_type: AwardType,
    unit: Unit,
    kind: str,
    name: str,
    reason: str,
    actor: Any,
    position: str = "",
    position_class: str = "",
    person: Person | None = None,
    collective: Unit | None = None,
    achieved_from: int | None = None,
    achieved_to: int | None = None,
) -> Award:
    """Put an award into a draft, with its words copied as they will be printed (D5).

    `unit` is the one that proposed it, whose people read it; `name` stands as on the
    certificate (“Bà Trần Thị Bích Liên”). The draft is locked, so nothing enters while it is
    being issued. `achieved_to` alone states the one year of a title. Raises NotNow for a decision that is no draft, Blocked by R01.
    """
    draft = _locked_draft(decision, actor)
    if refused := blocking(rules.missing_for(award_type=award_type, kind=kind)):
        raise Blocked(refused)
    return Award.objects.create(
        decision=draft,
        award_type=award_type,
        unit=unit,
        kind=kind,
        position_class=position_class,
        person=person,
        collective=collective,
        name=name,
        position=position,
        reason=reason,
        year=clock.today().year,  # until it is issued: that of its decision
        achieved_from=achieved_from,
        achieved_to=achieved_to,
    )


@act
def enter_signing(
    *,
    decision: Decision,
    number: str,
    signed_on: date,
    signer_role: str,
    signer: str,
    place: str,
    actor: Any,
    proposal_number: str = "",
    proposal_on: date | None = None,
    version: int | None = None,
) -> Decision:
    """Number, day, signer and place of a draft, and the submission that it cites.

    `version` is what the page showed.
    """
    draft = _locked_draft(decision, actor)
    if version is not None and version != draft.version:
        raise NotNow(log.changed_meanwhile(draft))
    with log.editing(draft, actor=actor, label=_("Enter number and day")):
        draft.number, draft.signed_on, draft.place = number, signed_on, nfc(place)
        draft.signer_role = "\n".join(line.strip() for line in nfc(signer_role).splitlines())
        draft.signer = nfc(signer)
        draft.proposal_number, draft.proposal_on = proposal_number, proposal_on
        draft.save()
    return draft


@act
def take_out(*, award: Award, actor: Any) -> None:
    """Remove an award from a draft; the caller has let go of it before."""
    draft = _locked_draft(award.decision, actor)
    draft.awards.filter(pk=award.pk, state=Award.State.PENDING).delete()


@act
def revoke_award(*, award: Award, by: str, on: date, cause: str, actor: Any) -> Award:
    """Article 93: `by` is the number of the revoking decision, `on` its day, `cause` a letter.

    The golden number stays taken; the public page says from now on that the award is revoked, and
    its certificate leaves the files that hold all of its decision. Raises Blocked by number or day.
    """
    _refuse_unsound(award, by, on)
    number = official_number(by)
    words = {"day": f"{on:%d/%m/%Y}", "number": number, "why": Award.Cause(cause).label}
    note = _("Revoked on %(day)s by decision %(number)s: %(why)s (article 93).") % words
    revoked = AWARD.perform(award, "revoke", actor=actor, note=note, by=number, on=on, cause=cause)
    _gather_again(revoked, actor)
    return revoked


@act
def correct_award(
    *, award: Award, name: str, position: str, by: str, on: date, actor: Any
) -> Award:
    """Other words for a granted award, by a correcting decision: `by` its number, `on` its day.

    The certificate is made again; the former one is kept. Raises Blocked by number or day.
    """
    award = _locked_granted(award, actor)
    _refuse_unsound(award, by, on)
    number = official_number(by)
    label = _("Correct the words by decision %(number)s") % {"number": number}
    with log.editing(award, actor=actor, label=label):
        award.name, award.position = nfc(name), nfc(position)
        award.corrected_by, award.corrected_on = number, on
        award.save()
        award.corrections.create(number=number, signed_on=on)
    return _make_again(award, actor)


@act
def reissue_certificate(*, award: Award, actor: Any) -> Award:
    """Make the certificate again from the words in the register; the former one is kept."""
    return _make_again(_locked_granted(award, actor), actor)


def certificates_job(decision: Decision) -> Job | None:
    """The newest job that makes this decision's certificates."""
    jobs = Job.objects.filter(task=tasks.render_certificates.name)
    return jobs.filter(params__decision_id=decision.pk).select_related("requested_by").first()


def _make_again(award: Award, actor: Any) -> Award:
    with log.editing(award, actor=actor, label=_("Make the certificate again")):
        if award.certificate:
            award.former_certificates.add(award.certificate)
        award.certificate = None
        award.save()
    _gather_again(award, actor)
    return award


def _gather_again(award: Award, actor: Any) -> None:
    """The files with all certificates of its decision hold what is valid now."""
    Decision.objects.filter(pk=award.decision_id).update(booklet=None, bundle=None)
    tasks.render_certificates.start(
        by=actor,
        about=str(award),
        back_to=award.get_absolute_url(),
        decision_id=award.decision_id,
    )


def _refuse_unsound(award: Award, by: str, on: date) -> None:
    if refused := blocking(rules.unsound_later(award, by=by, on=on)):
        raise Blocked(refused)


def _locked_draft(decision: Decision, actor: Any) -> Decision:
    draft = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not any(actor.can(perm, draft) for perm in (Perm.DECISION_DRAFT, Perm.DECISION_ISSUE)):
        raise PermissionDenied
    if draft.state != Decision.State.DRAFT:
        raise NotNow(_("%(decision)s is no draft any more.") % {"decision": draft})
    return draft


def _locked_granted(award: Award, actor: Any) -> Award:
    held = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if not actor.can(Perm.DECISION_DRAFT, held):
        raise PermissionDenied
    if held.state != Award.State.VALID:
        raise NotNow(_("%(award)s is not valid.") % {"award": held})
    return held
