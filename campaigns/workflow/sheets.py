"""The life of a score sheet; the order is the order of events.

Steps that concern a whole block (opening the scoring by its members, publishing) have no
button here: `campaigns.services` takes them for all its sheets.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from accounts.services import notify, people_who
from campaigns.models import ScoreSheet, SheetRemark, Stage
from campaigns.rules import marks, sheets
from core.clock import clock
from core.workflow import Transition, Workflow

State = ScoreSheet.State


def missing_to_send(sheet, actor):
    return sheets.missing_to_send(sheet)


def missing_to_judge(sheet, actor):
    yield from sheets.own_sheet(sheet, actor)
    yield from sheets.waiting_for_unit(sheet)


def missing_to_verify(sheet, actor):
    yield from missing_to_judge(sheet, actor)
    yield from sheets.silent(sheet, Stage.VERIFIED)


def missing_to_appraise(sheet, actor):
    yield from missing_to_judge(sheet, actor)
    yield from sheets.silent(sheet, Stage.APPRAISED)


def missing_to_object(sheet, actor):
    return sheets.missing_to_object(sheet)


def missing_to_publish(sheet, actor):
    return sheets.missing_to_publish(sheet)


def has_peers(sheet) -> bool:
    return sheet.block.has_peers and sheet.verifier_id is not None


def ready_to_verify(sheet) -> bool:
    return sheet.state == State.PEERS or not sheet.block.has_peers


def ready_to_appraise(sheet) -> bool:
    return sheet.state == State.VERIFIED or (sheet.verifier_id is None and ready_to_verify(sheet))


def hand_over(sheet, *, actor):
    """Somebody else holds it from now on; totals are counted once more from the entries."""
    sheet.held_since = clock.now()
    groups = sheets.groups_of(sheet)
    held = marks.standings(groups, sheet.entries.all())
    sheet.own_points = marks.total_at(groups, held, Stage.OWN).points
    for stage, field in ((Stage.VERIFIED, "verified"), (Stage.APPRAISED, "appraised")):
        if getattr(sheet, f"{field}_points") is not None:
            points = marks.total_at(groups, held, stage).points
            setattr(sheet, f"{field}_points", points)


def send(sheet, *, actor):
    sheet.sent_at = sheet.sent_at or clock.now()
    hand_over(sheet, actor=actor)


def close_returns(sheet, *, actor):
    """The whole sheet is open again, so nothing in it is sent back alone."""
    sheet.held_since = clock.now()
    returned = sheet.remarks.filter(closed_at=None, kind=SheetRemark.Kind.RETURNED)
    returned.update(closed_at=clock.now())


def verify(sheet, *, actor):
    sheet.verified_points = 0
    hand_over(sheet, actor=actor)


def appraise(sheet, *, actor):
    sheet.appraised_points = 0
    sheet.appraised_at = clock.now()
    hand_over(sheet, actor=actor)


def answer(sheet, *, actor):
    hand_over(sheet, actor=actor)
    objected = sheet.remarks.filter(closed_at=None, kind=SheetRemark.Kind.OBJECTED)
    objected.update(closed_at=clock.now())


def object_to(sheet, *, actor, text=""):
    sheet.held_since = sheet.objected_at = clock.now()
    sheet.objection = text


def publish(sheet, *, actor, place=None):
    hand_over(sheet, actor=actor)
    sheet.place = place


def tell_the_verifier(sheet, *, actor):
    perm = Perm.SHEET_VERIFY if sheet.verifier_id else Perm.SHEET_APPRAISE
    _tell(sheet, people_who(perm=perm, obj=sheet), _("%(unit)s sent its score sheet."))


def tell_the_appraiser(sheet, *, actor):
    people = people_who(perm=Perm.SHEET_APPRAISE, obj=sheet)
    _tell(sheet, people, _("The score sheet of %(unit)s is checked by the block."))


def tell_of_return(sheet, *, actor):
    _tell_unit(sheet, _("The score sheet of %(unit)s came back. Read the reason."))


def tell_of_appraisal(sheet, *, actor):
    _tell_unit(sheet, _("The score sheet of %(unit)s is appraised."))


def tell_of_objection(sheet, *, actor):
    people = people_who(perm=Perm.SHEET_APPRAISE, obj=sheet)
    _tell(sheet, people, _("%(unit)s objects to points of its score sheet."))


def tell_of_publication(sheet, *, actor):
    _tell_unit(sheet, _("The points of %(unit)s are published."))


def _tell_unit(sheet, sentence):
    _tell(sheet, people_who(perm=Perm.SHEET_WRITE, obj=sheet), sentence)


def _tell(sheet, people, sentence):
    text = sentence % {"unit": sheet.unit_name}
    notify(users=people, text=text, address=sheet.get_absolute_url())


SHEET = Workflow(
    Transition(
        name="send",
        label=gettext_lazy("Send the score sheet"),
        sources=frozenset({State.OPEN}),
        target=State.SCORED,
        perm=Perm.SHEET_SEND,
        blockers=missing_to_send,
        effect=send,
        after=tell_the_verifier,
    ),
    Transition(
        name="open_peers",
        label=gettext_lazy("Open the scoring by the members"),
        sources=frozenset({State.SCORED}),
        target=State.PEERS,
        perm=Perm.SHEET_VERIFY,
        button=False,  # for the whole block at once
        applies=has_peers,
        effect=hand_over,
    ),
    Transition(
        name="verify",
        label=gettext_lazy("Conclude the check by the block"),
        sources=frozenset({State.SCORED, State.PEERS}),
        target=State.VERIFIED,
        perm=Perm.SHEET_VERIFY,
        applies=ready_to_verify,
        blockers=missing_to_verify,
        effect=verify,
        after=tell_the_appraiser,
    ),
    Transition(
        name="return",
        label=gettext_lazy("Send the sheet back to the unit"),
        sources=frozenset({State.SCORED, State.PEERS}),
        target=State.OPEN,
        perm=Perm.SHEET_VERIFY,
        needs_note=True,
        tone="second",
        effect=close_returns,
        after=tell_of_return,
    ),
    Transition(
        name="return_by_officer",
        label=gettext_lazy("Send the sheet back to the unit"),
        sources=frozenset({State.SCORED, State.PEERS, State.VERIFIED}),
        target=State.OPEN,
        perm=Perm.SHEET_APPRAISE,
        needs_note=True,
        tone="second",
        applies=ready_to_appraise,
        effect=close_returns,
        after=tell_of_return,
    ),
    Transition(
        name="appraise",
        label=gettext_lazy("Conclude the appraisal"),
        sources=frozenset({State.SCORED, State.PEERS, State.VERIFIED}),
        target=State.APPRAISED,
        perm=Perm.SHEET_APPRAISE,
        applies=ready_to_appraise,
        blockers=missing_to_appraise,
        effect=appraise,
        after=tell_of_appraisal,
    ),
    Transition(
        name="object",
        label=gettext_lazy("Object to points"),
        sources=frozenset({State.APPRAISED}),
        target=State.OBJECTED,
        perm=Perm.SHEET_SEND,
        button=False,  # it has a page of its own: the criteria
        blockers=missing_to_object,
        effect=object_to,
        after=tell_of_objection,
    ),
    Transition(
        name="answer",
        label=gettext_lazy("Answer the objection"),
        sources=frozenset({State.OBJECTED}),
        target=State.APPRAISED,
        perm=Perm.SHEET_APPRAISE,
        needs_note=True,
        blockers=missing_to_judge,
        effect=answer,
        after=tell_of_appraisal,
    ),
    Transition(
        name="publish",
        label=gettext_lazy("Publish the points"),
        sources=frozenset({State.APPRAISED}),
        target=State.PUBLISHED,
        perm=Perm.SHEET_PUBLISH,
        button=False,  # for the whole block at once, with the places
        blockers=missing_to_publish,
        effect=publish,
        after=tell_of_publication,
    ),
)
