"""A dossier that its unit writes, through the services, so that it may be sent."""

import datetime

from awards.models import NomineeKind
from campaigns.models import AwardRound
from core.documents import store
from dossiers.models import Dossier
from dossiers.services import papers, preparing
from dossiers.workflow import DOSSIER

DAY = datetime.date(2020, 1, 10)


def draft(*, unit, of_round: AwardRound, by) -> Dossier:
    return preparing.open_dossier(round=of_round, unit=unit, actor=by)


def nominee(dossier, *, by, kind=NomineeKind.INDIVIDUAL, report=True, **values):
    """A nominee of whom nothing is missing."""
    defaults = {"name": "Lê Minh Tâm", "workplace": dossier.unit_name, "unit_votes": 8}
    if kind == NomineeKind.INDIVIDUAL:
        defaults |= {
            "sex": "male",
            "birth_day": datetime.date(1988, 5, 12),
            "position": "Công chức",
            "position_class": "direct",
        }
    if kind in {NomineeKind.COLLECTIVE, NomineeKind.ENTERPRISE}:
        defaults |= {"headcount": 14}
    made = preparing.add_nominee(dossier=dossier, kind=kind, actor=by, **(defaults | values))
    if report:
        write_report(made, by=by)
    return made


def write_report(of_nominee, *, by, text="Đưa 92,4 % hồ sơ lên trực tuyến."):
    first = of_nominee.round.campaign.contents.first()
    return preparing.save_report(
        nominee=of_nominee,
        actor=by,
        sections={first.pk: text},
        situation="Sinh năm 1988",
        results="Hoàn thành xuất sắc nhiệm vụ",
        earlier_awards="Không",
    )


def document(unit, by, name="to-trinh.pdf", content=b"%PDF-1.4 of a test"):
    return store.keep(content, name=name, media_type=store.PDF, unit=unit, by=by)


def attach_all(dossier, *, by):
    for component in dossier.campaign.components.all():
        papers.attach_paper(
            dossier=dossier,
            component=component,
            document=document(dossier.unit, by, name=f"{component.code}.pdf"),
            actor=by,
        )


def complete(*, unit, of_round, by) -> Dossier:
    """A draft of which nothing is missing."""
    made = draft(unit=unit, of_round=of_round, by=by)
    preparing.save_general(
        dossier=made,
        actor=by,
        proposal_number="45/TTr-UBND",
        proposal_on=DAY,
        council_met_on=DAY,
        council_total=9,
        council_present=9,
        contact="Nguyễn Thị Thanh Trúc",
    )
    nominee(made, by=by)
    attach_all(made, by=by)
    made.refresh_from_db()
    return made


def with_head(*, unit, of_round, by) -> Dossier:
    """A complete dossier that waits for the head of its unit."""
    return DOSSIER.perform(complete(unit=unit, of_round=of_round, by=by), "to_head", actor=by)
