"""Two award rounds of plan 207: the one of 2023, long over, and the one that is running."""

import datetime
import random

from accounts.models import Membership, Unit, User
from accounts.permissions import Role
from awards import services as award_services
from awards.models import NomineeKind
from awards.workflow import DECISION
from campaigns import services as campaign_services
from campaigns.models import AwardRound, Campaign
from core.clock import clock
from core.workdays import count
from dashboard.management.demo.story import Teller, team
from dossiers.models import Dossier, Nomination
from dossiers.rules.council import Count, Presence
from dossiers.rules.decision import usual_words
from dossiers.services import appraising, council, deciding
from dossiers.workflow import DOSSIER

DAY = datetime.timedelta(days=1)
STAGES = [
    # (how far, how many dossiers, first day of writing)
    ("confirm", 14, datetime.date(2025, 11, 4)),
    ("appraise", 5, datetime.date(2025, 11, 13)),
    ("open", 9, datetime.date(2025, 11, 14)),
    ("aggregate", 8, datetime.date(2025, 11, 19)),
    ("submit", 10, datetime.date(2025, 11, 20)),
    ("to_head", 5, datetime.date(2025, 11, 24)),
    ("write", 8, datetime.date(2025, 11, 25)),
]
BESIDE = {  # (stage, turn): whom a dossier names beside collectives and individuals
    ("aggregate", 1): NomineeKind.HOUSEHOLD,
    ("aggregate", 2): NomineeKind.ENTERPRISE,
    ("open", 6): NomineeKind.HOUSEHOLD,
}
ALL_PRESENT = "Thông tin chung ghi 9/9 thành viên dự họp, biên bản ghi 8/9; ghi lại cho khớp."
SOME_ABSENT = "Biên bản họp Hội đồng chưa ghi tên, lý do của thành viên vắng mặt; bổ sung cho rõ."
UNSIGNED = "Biên bản họp Hội đồng thiếu chữ ký của thư ký; tải lại bản đã ký."


def register(campaign: Campaign, units: list[Unit]) -> None:
    """Units join the campaign after the reorganisation of July 2025, two on each working day."""
    before = datetime.date(2025, 7, 18)
    hours = (datetime.timedelta(hours=8, minutes=25), datetime.timedelta(hours=14, minutes=40))
    for number, unit in enumerate(units):
        day = count.due(before, 1 + number // 2)
        later = datetime.timedelta(minutes=17 * number % 95)
        with clock.standing_at(clock.as_instant(day) + hours[number % 2] + later):
            campaign_services.join(campaign=campaign, unit=unit, actor=team(unit)[1])


def mid_term(teller: Teller, units: list[Unit], secretary: User, decider: User) -> None:
    """The round of December 2023: ten collectives and twenty individuals, long awarded."""
    start = datetime.date(2023, 11, 20)
    for number, unit in enumerate(units[:10]):
        teller.tell(unit, start + (number % 3) * DAY, upto="confirm", nominees=2)
    vote(teller.round, secretary, datetime.date(2023, 12, 18))
    decide(teller.round, teller.officer, decider, "1286/QĐ-UBND", datetime.date(2023, 12, 22))


def final(teller: Teller, units: list[Unit], secretary: User, decider: User) -> None:
    """The round that is running on 1 December 2025: dossiers in every state."""
    waiting = list(units)
    for upto, number, first in STAGES:
        for turn in range(number):
            unit = waiting.pop(0)
            nominees = 1 + turn % 3 if upto != "write" else turn % 2
            teller.tell(
                unit,
                first + (turn % 4) * DAY,
                upto=upto,
                nominees=nominees,
                beside=BESIDE.get((upto, turn)),
            )
    some = teller.round.dossiers.filter(state="council").order_by("pk")
    early = [dossier.pk for dossier in some[:9]]
    vote(teller.round, secretary, datetime.date(2025, 11, 24), only=early)
    passed = teller.round.dossiers.filter(state="passed").order_by("pk")
    first, second = list(passed[:3]), list(passed[3:5])
    decide(
        teller.round,
        teller.officer,
        decider,
        "1502/QĐ-UBND",
        datetime.date(2025, 11, 27),
        only=[dossier.pk for dossier in first],
    )
    draft(teller.round, teller.officer, [d.pk for d in second], datetime.date(2025, 11, 28))
    send_back(teller, decider)


def send_back(teller: Teller, decider: User) -> None:
    """Four dossiers are returned with what must be mended; one unit withdraws."""
    moment = clock.as_instant(datetime.date(2025, 12, 1)) - datetime.timedelta(hours=8, minutes=40)
    with clock.standing_at(moment):
        for dossier in teller.round.dossiers.filter(state="appraising").order_by("pk")[:4]:
            appraising.return_to_unit(
                dossier=dossier,
                note="Hồ sơ còn thiếu, đề nghị đơn vị bổ sung rồi gửi lại.",
                defects=defects(dossier),
                actor=teller.officer,
            )
        gone = teller.round.dossiers.filter(state="submitted").order_by("pk").first()
        DOSSIER.perform(
            gone, "withdraw", actor=team(gone.unit)[1], note="Đơn vị xem xét lại thành tích."
        )


def defects(dossier: Dossier) -> list[tuple[str, str]]:
    """[(place, what to mend)], true of what this dossier says of its council."""
    present = dossier.council_present == dossier.council_total
    return [("general", ALL_PRESENT if present else SOME_ABSENT), ("paper:BB", UNSIGNED)]


def vote(of_round: AwardRound, secretary: User, day: datetime.date, only=None) -> None:
    """One sitting of the council; of some dossiers, the last one's nominees miss the threshold."""
    with clock.standing_at(clock.as_instant(day) + datetime.timedelta(hours=15)):
        waiting = [
            n for n in council.before_the_council(of_round) if only is None or n.dossier_id in only
        ]
        counts = {n.pk: Count(votes_for=14, against=1) for n in waiting}
        if only is not None and waiting:
            missed = [n.pk for n in waiting if n.dossier_id == max(only)]
            counts |= dict.fromkeys(missed, Count(votes_for=10, against=5))
        council.record_results(
            round=of_round,
            held_on=day,
            presence=Presence(total=15, present=15),
            chair="Trần Hoàng Nam",
            counts=counts,
            actor=secretary,
        )


def draft(of_round: AwardRound, officer: User, dossiers: list[int], day: datetime.date):
    """A decision drawn up from nominees the council agreed to."""
    chosen = Nomination.objects.filter(round=of_round, result="passed", dossier__in=dossiers)
    words = usual_words(of_round)
    with clock.standing_at(clock.as_instant(day) + datetime.timedelta(hours=9)):
        return deciding.decide(
            nominations=list(chosen),
            subject=words["subject"],
            reason=words["reason"],
            place="Đồng Tháp",
            actor=officer,
        )


def decide(of_round, officer, decider, number, day, only=None) -> None:
    """Draw up, sign and issue; the certificates are a job that the worker does."""
    dossiers = only or [d.pk for d in of_round.dossiers.filter(state="passed")]
    decision = draft(of_round, officer, dossiers, day - DAY)
    with clock.standing_at(clock.as_instant(day) + datetime.timedelta(hours=10)):
        award_services.enter_signing(
            decision=decision,
            number=number,
            signed_on=day,
            signer_role="CHỦ TỊCH",
            signer="Trần Hoàng Nam",
            place="Đồng Tháp",
            actor=decider,
        )
        DECISION.perform(decision, "issue", actor=decider)


def teller_of(of_round: AwardRound, sheets, rng: random.Random, agency: Unit) -> Teller:
    """The people who handle a round, found by their roles."""

    def first(role: str, **where) -> User:
        return Membership.objects.filter(role=role, **where).select_related("user")[0].user

    return Teller(
        round=of_round,
        sheets=sheets,
        rng=rng,
        steward=first(Role.CAMPAIGN_AGENCY, unit=agency),
        officer=first(Role.OFFICER),
        head=first(Role.SECTION_HEAD),
    )
