"""Dossiers that left their unit, in any state, without walking there each time.

What the unit has to write before it may send is not the point of these tests; the steps
themselves are taken through the workflow.
"""

import itertools

from awards.models import NomineeKind
from core.clock import clock
from dossiers.models import (
    AchievementReport,
    CouncilResult,
    Dossier,
    Nomination,
    Sitting,
    Submission,
    Verdict,
)
from dossiers.rules import contents

_count = itertools.count(1)
State, Result = Dossier.State, Nomination.Result


def dossier(*, unit, of_round, by, state=State.SUBMITTED, nominees=1, **values):
    """A dossier as it stands after its first sending, with individuals to appraise."""
    number = next(_count)
    made = Dossier.objects.create(
        unit=unit,
        unit_name=unit.name,
        campaign=of_round.campaign,
        round=of_round,
        number=f"KH207-{number:04d}",
        state=state,
        created_by=by,
        submitted_by=by,
        submitted_at=clock.now(),
        **values,
    )
    for order in range(1, nominees + 1):
        nominee(made, order=order)
    send_again(made, by=by)
    return made


def nominee(of_dossier, *, kind=NomineeKind.INDIVIDUAL, **values):
    number = next(_count)
    defaults = {
        "order": number,
        "name": f"Trần Thị Số {number}",
        "sex": "female" if kind == NomineeKind.INDIVIDUAL else "",
        "position": "Công chức",
        "workplace": f"{of_dossier.unit_name}, tổ {number}",
        "position_class": "direct" if kind == NomineeKind.INDIVIDUAL else "",
        "award_type": of_dossier.round.award_type,
        "stands": True,
    }
    made = Nomination.objects.create(
        dossier=of_dossier, round=of_dossier.round, kind=kind, **(defaults | values)
    )
    AchievementReport.objects.create(nomination=made, situation="Sơ lược", results="Kết quả")
    return made


def send_again(of_dossier, *, by):
    """One more sending: what it holds now is kept as sent."""
    held = contents.contents_of(of_dossier)
    ordinal = of_dossier.submissions.count() + 1
    return Submission.objects.create(
        dossier=of_dossier,
        ordinal=ordinal,
        number=f"{of_dossier.number}/{ordinal}",
        by=by,
        contents=held,
        sha256=contents.sha256_of(held),
    )


def judge(of_dossier, *, by, opinion="ok", remark=""):
    """The same verdict on every nominee."""
    for nomination in of_dossier.nominations.all():
        Verdict.objects.update_or_create(
            nomination=nomination, defaults={"opinion": opinion, "remark": remark, "by": by}
        )


def passed(*, unit, of_round, by, nominees=1, votes=15, **values):
    """A dossier to which the council agreed, all fifteen members present."""
    made = dossier(unit=unit, of_round=of_round, by=by, state=State.PASSED, nominees=nominees)
    sitting = Sitting.objects.create(
        unit=of_round.campaign.unit,
        round=of_round,
        held_on=clock.today(),
        members_total=15,
        members_present=15,
        chair="Trần Hoàng Nam",
        recorded_by=by,
    )
    for nomination in made.nominations.all():
        CouncilResult.objects.create(
            sitting=sitting,
            nomination=nomination,
            votes_for=votes,
            share=100 * votes / 15,
            threshold=80,
            passed=True,
        )
    made.nominations.update(result=Result.PASSED, **values)
    return made
