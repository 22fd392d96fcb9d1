"""What a plan file may say: one declaration for reading, comparing, writing and the guide.

Each class is a group of named values in the order in which they are written; an attribute
says its kind, its label for people, whether it must be there, and its word in the file where
that is another one. Nothing here knows the database. `FORMAT` grows when a file written
before would be read in another way.
"""

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.models import NomineeKind
from campaigns.models import AwardRound, CampaignRole, ReportDuty
from campaigns.plans.kinds import (
    COUNT,
    YEAR,
    Code,
    Day,
    DayOfYear,
    Flag,
    Many,
    Month,
    OneOf,
    Record,
    Text,
    Whole,
)

FORMAT = 1
NOTES_ABOUT = (
    ("plan", _("The plan")),
    ("bases", _("Legal bases")),
    ("contents", _("Contents")),
    ("standards", _("Standards")),
    ("rounds", _("Award rounds")),
    ("quotas", _("Places")),
    ("roles", _("Who does what")),
)


def said(kind: Any, label: Any, *, must: bool = False, word: str = "") -> Any:
    """An attribute of the file. `must`: a plan without it is refused."""
    about = {"kind": kind, "label": label, "must": must, "word": word}
    return field(default=() if isinstance(kind, Many) else None, metadata=about)


def words(cls: type) -> Iterator[tuple[str, Field]]:
    """(word in the file, attribute) in canonical order."""
    for attribute in fields(cls):
        if attribute.metadata:
            yield attribute.metadata["word"] or attribute.name, attribute


@dataclass(frozen=True)
class Period:
    first: int = said(YEAR, _("from"), must=True, word="from")
    last: int = said(YEAR, _("to"), must=True, word="to")

    def __str__(self):
        return f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Basis:
    number: str = said(Text(80), _("number"))
    signed: date = said(Day(), _("day"))
    issuer: str = said(Text(200), _("issued by"))
    text: str = said(Text(400), _("words"))


@dataclass(frozen=True)
class Participants:
    collective: tuple[str, ...] = said(Many(Text(400)), _("collectives"))
    individual: tuple[str, ...] = said(Many(Text(400)), _("individuals and households"))


@dataclass(frozen=True)
class Sector:
    code: str = said(Code(20), _("code"), must=True)
    name: str = said(Text(200), _("name"), must=True)
    points: tuple[str, ...] = said(Many(Text(400)), _("points"))


@dataclass(frozen=True)
class Content:
    code: str = said(Text(10), _("label"), must=True)
    name: str = said(Text(400), _("name"), must=True)
    detail: str = said(Text(4000), _("details"))
    sectors: tuple[Sector, ...] = said(Many(Record(Sector), key="code"), _("sectors"))


@dataclass(frozen=True)
class Phase:
    code: str = said(Code(30), _("code"), must=True)
    name: str = said(Text(200), _("name"), must=True)
    opens: date = said(Day(), _("opens"))
    last_day: date = said(Day(), _("last day"))
    note: str = said(Text(300), _("note"))


@dataclass(frozen=True)
class Quota:
    kind: str = said(OneOf(tuple(NomineeKind.choices)), _("nominee"), must=True, word="for")
    award: str = said(Code(12), _("award"))
    places: int = said(Whole(0, 100_000), _("places"), must=True)

    @property
    def name(self) -> str:
        return " ".join(filter(None, [NomineeKind(self.kind).label.lower(), self.award]))


@dataclass(frozen=True)
class Round:
    code: str = said(Code(30), _("code"), must=True)
    kind: str = said(OneOf(tuple(AwardRound.Kind.choices)), _("kind"), must=True)
    name: str = said(Text(200), _("name"), must=True)
    printed_period: str = said(Text(120), _("period as printed"))
    achieved: Period = said(Record(Period), _("period of the achievements"), must=True)
    review: str = said(Month(), _("month of the review"))
    award: str = said(Code(12), _("award"), must=True)
    opens: date = said(Day(), _("opens"))
    last_day: date = said(Day(), _("last day"))
    appraisal_days: int = said(Whole(1, 365), _("working days for the appraisal"))
    quotas: tuple[Quota, ...] = said(Many(Record(Quota), key="name"), _("places"))
    total: int = said(Whole(0, 1_000_000), _("places in all"))
    quote: str = said(Text(300), _("quotation"))


@dataclass(frozen=True)
class AwardForm:
    award: str = said(Code(12), _("award"))
    name: str = said(Text(250), _("name"), must=True)
    rule: str = said(Text(400), _("rule"))


@dataclass(frozen=True)
class Awards:
    subjects: str = said(Text(300), _("who is commended"))
    forms: tuple[AwardForm, ...] = said(Many(Record(AwardForm), key="name"), _("forms"))
    rounds: tuple[Round, ...] = said(Many(Record(Round), key="code"), _("award rounds"))
    note: str = said(Text(300), _("note"))


@dataclass(frozen=True)
class Component:
    code: str = said(Code(12), _("code"), must=True)
    name: str = said(Text(250), _("name"), must=True)
    optional: bool = said(Flag(), _("may be left out"))


@dataclass(frozen=True)
class Dossier:
    copies: int = said(Whole(1, 20), _("copies"))
    original: bool = said(Flag(), _("originals"))
    components: tuple[Component, ...] = said(Many(Record(Component), key="code"), _("components"))
    route: tuple[str, ...] = said(Many(Text(200)), _("route"))
    quote: str = said(Text(400), _("quotation"))


@dataclass(frozen=True)
class Duty:
    code: str = said(Code(30), _("code"), must=True)
    who: str = said(Text(200), _("who reports"), must=True)
    to: str = said(Text(200), _("to whom"), must=True)
    what: str = said(Text(300), _("what"))
    frequency: str = said(OneOf(tuple(ReportDuty.Frequency.choices)), _("how often"), must=True)
    due: str = said(DayOfYear(), _("due"))
    quote: str = said(Text(300), _("quotation"))


@dataclass(frozen=True)
class Role:
    function: str = said(OneOf(tuple(CampaignRole.Function.choices)), _("function"), must=True)
    body: str = said(Text(200), _("body"), must=True)
    duties: tuple[str, ...] = said(Many(Text(400)), _("duties"))


@dataclass(frozen=True)
class Annex:
    name: str = said(Text(200), _("name"), must=True)
    attached: bool = said(Flag(), _("attached"), must=True)


@dataclass(frozen=True)
class AgencyRound:
    """What the plan leaves open about one of its rounds."""

    round: str = said(Code(30), _("round"), must=True)
    opens: date = said(Day(), _("opens"))
    last_day: date = said(Day(), _("last day"))
    appraisal_days: int = said(Whole(1, 365), _("working days for the appraisal"))
    note: str = said(Text(300), _("note"))


@dataclass(frozen=True)
class Agency:
    """What the plan does not say and the agency has settled."""

    note: str = said(Text(400), _("note"))
    dossier_prefix: str = said(Code(20), _("start of dossier numbers"))
    phases: tuple[Phase, ...] = said(Many(Record(Phase), key="code"), _("phases"))
    rounds: tuple[AgencyRound, ...] = said(Many(Record(AgencyRound), key="round"), _("rounds"))


@dataclass(frozen=True)
class Note:
    about: str = said(OneOf(NOTES_ABOUT), _("about"), must=True)
    text: str = said(Text(600), _("words"), must=True)


@dataclass(frozen=True)
class Totals:
    """Sums that the writer states, so that a lost line is found."""

    contents: int = said(COUNT, _("contents"))
    sectors: int = said(COUNT, _("sectors"))
    rounds: int = said(COUNT, _("award rounds"))
    components: int = said(COUNT, _("components"))


@dataclass(frozen=True)
class Plan:
    format: int = said(Whole(1, FORMAT), _("format"), must=True)
    code: str = said(Code(60), _("code"), must=True)
    parent: str = said(Code(60), _("parent campaign"))
    number: str = said(Text(40), _("number"))
    signed: date = said(Day(), _("signed on"))
    issuer: str = said(Text(150), _("issued by"))
    signer: str = said(Text(150), _("signer"))
    place: str = said(Text(80), _("place"))
    title: str = said(Text(400), _("title of the plan"), must=True)
    name: str = said(Text(300), _("name of the campaign"), must=True)
    short_name: str = said(Text(150), _("short name"))
    theme: str = said(Text(300), _("theme"))
    period: Period = said(Record(Period), _("period"))
    bases: tuple[Basis, ...] = said(Many(Record(Basis)), _("legal bases"))
    purposes: tuple[str, ...] = said(Many(Text(600)), _("purposes"))
    requirement: str = said(Text(2000), _("requirement"))
    participants: Participants = said(Record(Participants), _("participants"))
    contents: tuple[Content, ...] = said(Many(Record(Content), key="code"), _("contents"))
    tasks: tuple[str, ...] = said(Many(Text(600)), _("tasks of the members"))
    annexes: tuple[Annex, ...] = said(Many(Record(Annex), key="name"), _("annexes"))
    phases: tuple[Phase, ...] = said(Many(Record(Phase), key="code"), _("phases"))
    awards: Awards = said(Record(Awards), _("awards"))
    dossier: Dossier = said(Record(Dossier), _("dossier"))
    duties: tuple[Duty, ...] = said(Many(Record(Duty), key="code"), _("reporting duties"))
    roles: tuple[Role, ...] = said(Many(Record(Role), key="body"), _("who does what"))
    feedback: str = said(Text(300), _("whom to tell of difficulties"))
    agency: Agency = said(Record(Agency), _("set by the agency"))
    notes: tuple[Note, ...] = said(Many(Record(Note)), _("notes for the officer"))
    totals: Totals = said(Record(Totals), _("sums"))

    @property
    def rounds(self) -> tuple[Round, ...]:
        return self.awards.rounds if self.awards else ()

    @property
    def components(self) -> tuple[Component, ...]:
        return self.dossier.components if self.dossier else ()
