"""What stands under a decision: its number, days and signer; and under one that changes it later."""

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Succession, UnitKind
from awards.models import Award, Correction, Decision
from awards.rules.granting import may_grant, name_findings
from core.clock import clock
from core.findings import Finding, Weight
from core.text import nfc, official_number

_LETTERS = "A-Za-zĂÂĐÊÔƠƯ"
NUMBER = re.compile(  # 1286/QĐ-UBND, 45/QĐ-TTg, in the form that `official_number` gives them
    rf"(?=.{{,40}}$)(0[1-9]|[1-9][0-9]+)/QĐ-[{_LETTERS}][{_LETTERS}0-9]*([.&-][{_LETTERS}0-9]+)*"
)
LAYOUT = "Nghị định 30/2020/NĐ-CP, Phụ lục I"
# By the same annex no degrees or titles of honour before the signer's name, but
# where armed forces and institutions of education, health and science sign. Ranks are neither.
_SHORT = (
    "PGS GS TSKH TS ThS BSNT BSCK BS DSCK DS KTS KS CN LS PhD MSc MBA "
    "NGND NGƯT NGUT NSND NSƯT NSUT TTND TTƯT TTUT AHLĐ AHLLVTND"
)
_DEGREES = "|".join([*(r"\.?".join(each) for each in _SHORT.split()), "((BS|DS)\\.?)?CK[I12]+"])
_SPELT = (
    "(Phó )?Giáo sư|Tiến s[ĩỹ]|Thạc s[ĩỹ]|Cử nhân|K[ỹĩ] sư|Bác s[ĩỹ]|Dược s[ĩỹ]|Luật sư"
    "|Kiến trúc sư|Nhà giáo|Nghệ s[ĩỹ]|Thầy thuốc|Anh hùng"
)
# Spelt out, they are looked for where no name stands: Tiến Sỹ and Anh Hùng are names, too.
TITLES = re.compile(
    rf"(?<!\w)({_DEGREES})+(?!\w)\.?|(^\W*|([,;:/(]|\s[-–])\s*)(?P<spelt>{_SPELT})(?!\w)",
    re.IGNORECASE,
)
MAY_BEAR_TITLES = (UnitKind.ARMED, UnitKind.SERVICE)


def missing_to_issue(decision: Decision) -> Iterator[Finding]:
    """What stands between a draft decision and its issue."""
    form = reverse("awards:decision_signing", args=[decision.pk])
    if not decision.number:
        yield Finding(_("Enter the number of the decision."), href=form, part="number")
    if not decision.signed_on:
        yield Finding(_("Enter the day of signing."), href=form, part="signed_on")
    if not (decision.signer and decision.signer_role):
        yield Finding(_("Enter the signer and the office."), href=form, part="signer")
    if not decision.place:
        yield Finding(_("Enter the place of signing."), href=form, part="place")
    if not decision.proposal_number:
        text = _("The submission of Home Affairs is not entered: the decision will not cite it.")
        yield Finding(text, Weight.WARN, href=form, part="proposal_number")
    yield from unsound_signing(decision)
    awards = list(decision.awards.select_related("award_type", "collective").in_book_order())
    if not awards:
        yield Finding(_("The decision has no awards yet."), part="awards")
    yield from _authority_findings(decision, awards)
    yield from _dissolved_findings(decision, awards)
    for award in awards:
        yield from name_findings(award.name, kind=award.kind)


def unsound_signing(decision: Decision) -> Iterator[Finding]:
    """What is wrong with what a draft has of number, days and signer, whatever it still lacks."""
    form, today = reverse("awards:decision_signing", args=[decision.pk]), clock.today()
    words = {"today": f"{today:%d/%m/%Y}"}
    if fault := _number_fault(decision.number, decision.unit_id, decision.signed_on, decision):
        yield Finding(fault, href=form, part="number")
    if decision.signed_on and decision.signed_on > today:
        text = _("%(day)s is after today (%(today)s); enter the day on which it was signed.")
        words |= {"day": f"{decision.signed_on:%d/%m/%Y}"}
        yield Finding(text % words, href=form, part="signed_on")
    if decision.proposal_on and decision.proposal_on > (decision.signed_on or today):
        text = _("The submission is of %(proposed)s, after the day of signing (%(day)s).")
        words = {
            "proposed": f"{decision.proposal_on:%d/%m/%Y}",
            "day": f"{decision.signed_on or today:%d/%m/%Y}",
        }
        yield Finding(text % words, href=form, part="proposal_on")
    fault = _title_fault(nfc(decision.signer))
    if fault and decision.unit.kind not in MAY_BEAR_TITLES:
        yield Finding(fault, href=form, part="signer", basis=LAYOUT)


def unsound_later(award: Award, *, by: str, on: date) -> Iterator[Finding]:
    """What is wrong with the decision that revokes or corrects a granted award: number `by`, day `on`.

    Its day is not before the award's own decision and not after today; its number stands in the
    same series as those of decisions that grant, and has one day.
    """
    granted, today = award.decision.signed_on, clock.today()
    words = {"day": f"{on:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"}
    if on > today:
        text = _("%(day)s is after today (%(today)s); enter the day of the decision on paper.")
        yield Finding(text % words, part="on")
    elif granted and on < granted:
        text = _(
            "%(day)s is before the award was granted: decision %(number)s is of %(granted)s. "
            "Enter that day or a later one."
        )
        words |= {"number": award.decision.number, "granted": f"{granted:%d/%m/%Y}"}
        yield Finding(text % words, part="on")
    if fault := _number_fault(by, award.decision.unit_id, on):
        yield Finding(fault, part="by")


def _title_fault(signer: str) -> str:
    """Which degree or title of honour stands with the signer's name, or nothing."""
    said = TITLES.search(signer)
    if said is None:
        return ""
    text = _("Write the signer's name alone, without “%(title)s” after it.")
    if not any(map(str.isalpha, signer[: said.start()])):
        text = _(
            "Write the signer's name without “%(title)s”: degrees and titles of honour do not "
            "stand before it."
        )
    return text % {"title": said["spelt"] or said[0]}


def _number_fault(said: str, unit: int, day: date | None, own: Decision | None = None) -> str:
    """Why this is no number that the unit may give on that day, or nothing."""
    number = official_number(said)
    if number and not NUMBER.fullmatch(number):
        text = _(
            "“%(number)s” is no number of a decision: write the number, a stroke and the symbol, "
            "for example 1286/QĐ-UBND."
        )
        return text % {"number": said}
    return _taken(number, unit, day, own) if number and day else ""


def _taken(number: str, unit: int, day: date, own: Decision | None) -> str:
    """Which decision of the unit has the number already: each is given once in a year.

    One decision may revoke or correct several awards, so one that changes awards meets only those
    of another day; one that grants (`own`) meets them all.
    """
    found = _borne(number, unit, day.year, own)
    days = {signed for signed, subject in found if not subject}
    words = {"number": number, "year": day.year, "day": f"{day:%d/%m/%Y}"}
    for signed, subject in found:
        if subject:
            words |= {"day": f"{signed:%d/%m/%Y}", "subject": subject}
            text = _("Decision %(number)s of %(year)s is there already: of %(day)s, “%(subject)s”.")
            return text % words
    if own and days:
        text = _("Decision %(number)s of %(year)s is one that revokes or corrects an award.")
        return text % words
    if other := min(days - {day}, default=None):
        text = _(
            "Decision %(number)s of %(year)s, by which an award was changed already, is of "
            "%(other)s, not of %(day)s. Enter that day, or the right number."
        )
        return text % (words | {"other": f"{other:%d/%m/%Y}"})
    return ""


def _borne(number: str, unit: int, year: int, own: Decision | None) -> list[tuple[date, str]]:
    """Days and subjects of the unit's decisions of this number, but for `own`; one query.

    The subject is empty where the decision revoked or corrected an award.
    """
    granting = Decision.objects.filter(unit=unit, number=number, signed_on__year=year)
    granting = granting.exclude(state=Decision.State.CANCELLED).exclude(pk=own.pk if own else 0)
    revoked = Award.objects.filter(decision__unit=unit, revoked_by=number, revoked_on__year=year)
    corrected = Correction.objects.filter(
        award__decision__unit=unit, number=number, signed_on__year=year
    )
    changing = [(revoked, "revoked_on"), (corrected, "signed_on")]
    rows = [query.order_by().values_list(name, Value("")) for query, name in changing]
    found = granting.order_by().values_list("signed_on", "subject").union(*rows)
    return [(signed, subject) for signed, subject in found if signed]


def _authority_findings(decision, awards):
    day = decision.signed_on or clock.today()
    for award_type in {award.award_type.code: award.award_type for award in awards}.values():
        yield from may_grant(award_type, decision.granted_by, day)


def _dissolved_findings(decision, awards):
    """R16: no award to a unit that was dissolved and has no successor."""
    day = decision.signed_on or clock.today()
    gone = [a for a in awards if a.collective and _closed(a.collective, day)]
    followed = set(
        Succession.objects.standing()
        .filter(predecessor__in=[a.collective for a in gone])
        .values_list("predecessor", flat=True)
    )
    for award in gone:
        if award.collective_id not in followed:
            text = _("%(unit)s was dissolved before the day of the decision.")
            yield Finding(text % {"unit": award.name}, rule="R16", part="awards")


def _closed(unit, day):
    return unit.closed_on is not None and unit.closed_on <= day
