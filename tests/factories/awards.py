"""Decisions with awards; issued ones went through the workflow."""

import datetime
import itertools

from accounts.permissions import Role
from awards import services
from awards.models import Authority, NomineeKind
from awards.workflow import DECISION
from tests.factories.campaigns import award_type
from tests.factories.people import LONG_AGO, member

REASON = (
    "Đã có thành tích xuất sắc trong phong trào thi đua “Đồng Tháp đẩy mạnh chương trình "
    "chuyển đổi số”, giai đoạn 2022–2025"
)
_count = itertools.count(1001)


def authority(of_type=None, *, office="Chủ tịch Ủy ban nhân dân tỉnh", confirmed=True, **values):
    defaults = {"signer_role": office, "valid_from": LONG_AGO, "confirmed": confirmed}
    of_type = of_type or award_type()
    return Authority.objects.create(award_type=of_type, **(defaults | values))


def decision(*, unit, actor=None, awards=0, signed=False, granted_by=""):
    """A draft by an officer of `unit`, with so many awards, signed if asked."""
    actor = actor or member(Role.OFFICER, unit)
    draft = services.draw_up_decision(
        unit=unit,
        subject="Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân Tỉnh",
        reason=REASON,
        place="Đồng Tháp",
        granted_by=granted_by,
        actor=actor,
    )
    for number in range(1, awards + 1):
        award(draft, name=f"Bà Trần Thị Số {number}", unit=unit, actor=actor)
    return sign(draft, actor=actor) if signed else draft


def award(
    in_decision,
    *,
    name,
    unit,
    actor,
    of_type=None,
    kind=NomineeKind.INDIVIDUAL,
    year=None,
    **values,
):
    """One award; `year` is that of its decision, which only the issue gives otherwise."""
    defaults = {"reason": REASON, "achieved_from": 2022, "achieved_to": 2025}
    entered = services.enter_award(
        decision=in_decision,
        award_type=of_type or award_type(),
        unit=unit,
        kind=kind,
        name=name,
        actor=actor,
        **(defaults | values),
    )
    if year:
        entered.year = year
        entered.save(update_fields=["year"])
    return entered


def sign(draft, *, actor, number="", signed_on=datetime.date(2025, 12, 1)):
    return services.enter_signing(
        decision=draft,
        number=number or f"{next(_count)}/QĐ-UBND",
        signed_on=signed_on,
        signer_role="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        signer="Huỳnh Minh Tuấn",
        place="Đồng Tháp",
        proposal_number="412/TTr-SNV",
        proposal_on=signed_on,
        actor=actor,
    )


def issued(*, unit, decider=None, awards=1):
    """An issued decision with so many valid awards."""
    decider = decider or member(Role.DECIDER, unit)
    draft = decision(unit=unit, awards=awards, signed=True)
    if not award_type().authorities.exists():
        authority()
    return DECISION.perform(draft, "issue", actor=decider)


def revoke(of_award, *, actor, on=datetime.date(2025, 12, 1)):
    return services.revoke_award(award=of_award, by="902/QĐ-UBND", on=on, cause="a", actor=actor)
