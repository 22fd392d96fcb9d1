"""Who may grant what, for whom, and what somebody holds already."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from unicodedata import category

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Person, Unit
from awards.models import Authority, Award, AwardType, NomineeKind
from core.findings import Finding, Weight
from core.province import is_city
from core.text import fold, nfc

_STRANGE = {"So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf"}  # classes of Unicode, not part of a name
PROVINCES = re.compile(r"(.*\b)tinh(?: thanh pho truc thuoc trung uong)?")  # folded
LEVELS = {  # folded; what offices of a level are called
    "xa": ("xa", "phuong", "dac khu", "thi tran"),
    "huyen": ("huyen", "quan", "thi xa", "thanh pho"),
}


@dataclass(frozen=True)
class PastAwards:
    """What somebody holds, newest first; what predecessors of a unit held stands apart (D7)."""

    own: list[Award]
    of_predecessors: list[tuple[Unit, list[Award]]]


def past_awards(*, person: Person | None = None, collective: Unit | None = None) -> PastAwards:
    """Standing and revoked awards of a person or collective over all years."""
    found = past_awards_of([person] if person else [], [collective] if collective else [])
    return next(iter(found.values()), PastAwards([], []))


def past_awards_of(
    people: Iterable[Person], collectives: Iterable[Unit]
) -> dict[Person | Unit, PastAwards]:
    """The same for many holders, whose awards are read in one query."""
    before = unit_rules.predecessors_of_each(collectives)
    persons = list(people)
    units = {unit for own, earlier in before.items() for unit in (own, *earlier)}
    holders = Q(person__in=persons) | Q(collective__in=units)
    granted = Award.objects.for_lists().exclude(state=Award.State.PENDING).filter(holders)
    newest = Coalesce("achieved_to", "year").desc()
    rows = list(granted.order_by(newest, "-year", "-pk")) if persons or units else []

    def of_unit(unit: Unit) -> list[Award]:
        return [row for row in rows if row.collective_id == unit.pk]

    found: dict[Person | Unit, PastAwards] = {
        person: PastAwards([row for row in rows if row.person_id == person.pk], [])
        for person in persons
    }
    for unit, earlier in before.items():
        apart = [(each, of_unit(each)) for each in earlier]
        found[unit] = PastAwards(of_unit(unit), [(each, held) for each, held in apart if held])
    return found


def already_awarded(
    *, reason: str, achieved_from: int | None, achieved_to: int | None, past: PastAwards
) -> Iterator[Finding]:
    """R04: one achievement is rewarded once. Warns of awards for the same words, or the same years.

    The same round of the same campaign is for `dossiers.rules` to refuse.
    """
    for award in past.own:
        if award.state != Award.State.VALID:
            continue
        if fold(award.reason) == fold(reason):
            text = _("Already awarded for the same achievement: %(award)s, decision %(decision)s.")
        elif _overlap(award, achieved_from, achieved_to):
            text = _("Holds an award for years that overlap: %(award)s, decision %(decision)s.")
        else:
            continue
        words = {"award": award.award_type.short_name, "decision": award.decision}
        yield Finding(text % words, Weight.WARN, rule="R04", href=award.get_absolute_url())


def missing_for(*, award_type: AwardType, kind: str) -> Iterator[Finding]:
    """R01: the kind of nominee fits the title or form."""
    if not award_type.is_for(kind):
        yield Finding(
            _("%(award)s is not given to this kind of nominee: %(kind)s.")
            % {"award": award_type.name, "kind": NomineeKind(kind).label},
            rule="R01",
            basis=award_type.article,
        )


def may_grant(award_type: AwardType, signer_role: str, day: date) -> Iterator[Finding]:
    """R02: whether this office may grant the type on this day, by the table of authorities.

    `signer_role` is the office in full (“Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp”); the table
    names it without the place. Of cities only the portal's own is one that is run centrally.
    """
    in_force = Authority.objects.filter(award_type=award_type, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gte=day)
    )
    office = _plain(signer_role)
    found = [row for row in in_force if office.startswith(_said(row.signer_role))]
    words = {"office": signer_role, "award": award_type.name}
    if not found:
        text = _("By the table of authorities, %(office)s may not grant this: %(award)s.")
        yield Finding(text % words, rule="R02", part=award_type.code)
    elif not any(row.confirmed for row in found):
        text = _(
            "That %(office)s may grant this is not confirmed yet by the law's text: %(award)s."
        )
        yield Finding(text % words, Weight.WARN, rule="R02", basis=found[0].article)


def name_findings(name: str, *, kind: str) -> Iterator[Finding]:
    """R23: certificates are printed again because of names; look at them before."""
    if name != " ".join(name.split()):
        yield _about(name, _("“%(name)s” has blanks too many."))
    if name != nfc(name):
        yield _about(name, _("“%(name)s” is written with loose marks."))
    if strange := _strange(name):
        text = _("“%(name)s” has signs that no certificate prints: %(signs)s.")
        yield _about(name, text, signs=strange)
    if kind == NomineeKind.INDIVIDUAL and not all(_starts_big(word) for word in name.split()):
        yield _about(name, _("“%(name)s”: each word of a person's name begins with a capital."))


def _overlap(award, start, end):
    first = award.achieved_from or award.achieved_to
    known = award.achieved_to and start and end
    return bool(known and first <= end and start <= award.achieved_to)


def _strange(name):
    """Pictures and signs without a shape of their own, which no font of a certificate has."""
    return " ".join(dict.fromkeys(s for s in name if category(s) in _STRANGE))


def _about(name, text, **words):
    return Finding(text % {"name": name, **words}, Weight.WARN, rule="R23", part="awards")


def _plain(office):
    return fold(office).replace("ubnd", "uy ban nhan dan")


def _said(signer_role):
    """How the offices that a row of the table means begin: “cấp xã” are communes, wards and so on."""
    plain = _plain(signer_role)
    if provincial := PROVINCES.fullmatch(plain):
        return provincial[1] + "tinh", *[provincial[1] + fold(settings.PROVINCE)] * is_city()
    start, level = plain.rpartition("cap ")[::2]
    return tuple(start + word for word in LEVELS[level]) + (plain,) if level in LEVELS else plain


def _starts_big(word):
    return not word[0].isalpha() or word[0].isupper()
