"""What a plan file may say: one declaration for reading, comparing, writing and the guide.

Each class is a group of named values in the order in which they are written; an attribute
says its kind, its label for people, whether it must be there, and its word in the file where
that is another one. Nothing here knows the database. `FORMAT` grows when a file written
before would be read in another way.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, CampaignRole, ReportDuty
from campaigns.models import Phase as PhaseRow
from campaigns.plans.deadlines import Deadline
from campaigns.plans.declaring import Basis, Period, Reach, ReadFrom, Source
from campaigns.plans.giving import (
    AwardForm,
    Awards,
    Component,
    Condition,
    Criterion,
    Dossier,
    Quota,
    Round,
    Standard,
)
from campaigns.plans.measuring import Fact, Index, Printed, Target, Task, TaskGroup, YearTheme
from core.yaml.declaring import said, words
from core.yaml.kinds import COUNT, YEAR, Code, Day, Flag, Many, OneOf, Record, Text, Whole

__all__ = [
    "FORMAT",
    "NOTES_ABOUT",
    "Agency",
    "AgencyRound",
    "Annex",
    "AwardForm",
    "Awards",
    "Basis",
    "Component",
    "Condition",
    "Content",
    "Criterion",
    "Dossier",
    "Dropped",
    "Duty",
    "Fact",
    "Index",
    "Note",
    "Participants",
    "Period",
    "Phase",
    "Plan",
    "Printed",
    "Quota",
    "Reach",
    "ReadFrom",
    "Review",
    "Role",
    "Round",
    "Sector",
    "Source",
    "Standard",
    "Target",
    "Task",
    "TaskGroup",
    "Totals",
    "YearTheme",
    "said",
    "words",
]

FORMAT = 1
NOTES_ABOUT = (
    ("plan", _("The plan")),
    ("bases", _("Legal bases")),
    ("contents", _("Contents")),
    ("targets", _("Targets")),
    ("task_groups", _("Tasks")),
    ("phases", _("Phases")),
    ("standards", _("Standards")),
    ("rounds", _("Award rounds")),
    ("quotas", _("Places")),
    ("duties", _("Reports")),
    ("roles", _("Who does what")),
)


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
    inherits: str = said(Text(10), _("label in the superior plan"))
    sectors: tuple[Sector, ...] = said(Many(Record(Sector), key="code"), _("sectors"))


@dataclass(frozen=True)
class Dropped:
    """A content of the superior plan that this one leaves out."""

    code: str = said(Text(10), _("label in the superior plan"), must=True)
    name: str = said(Text(400), _("name"))
    reason: str = said(Text(400), _("reason"))


@dataclass(frozen=True)
class Review:
    kind: str = said(OneOf(tuple(PhaseRow.Review.choices)), _("kind"), must=True)
    year: int = said(YEAR, _("year"), must=True)


@dataclass(frozen=True)
class Phase:
    """`years` may share one with the next phase: 2025–2027, 2027–2030."""

    code: str = said(Code(30), _("code"), must=True)
    name: str = said(Text(200), _("name"), must=True)
    years: Period = said(Record(Period), _("years"))
    opens: date = said(Day(), _("opens"))
    last_day: date = said(Day(), _("last day"))
    work: str = said(Text(600), _("what is done"))
    review: Review = said(Record(Review), _("review"))
    note: str = said(Text(300), _("note"))
    source: str = said(Code(12), _("code of the source"))


@dataclass(frozen=True)
class Duty:
    code: str = said(Code(30), _("code"), must=True)
    who: str = said(Text(200), _("who reports"), must=True)
    to: str = said(Text(200), _("to whom"))
    what: str = said(Text(300), _("what"))
    frequency: str = said(OneOf(tuple(ReportDuty.Frequency.choices)), _("how often"), must=True)
    due: str = said(Deadline(), _("due"))
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
    expected: str = said(Text(200), _("who adds it, when"))


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
    targets: int = said(COUNT, _("targets"))
    task_groups: int = said(COUNT, _("groups of tasks"))
    tasks: int = said(COUNT, _("tasks"))


@dataclass(frozen=True)
class Plan:
    format: int = said(Whole(1, FORMAT), _("format"), must=True)
    kind: str = said(OneOf(tuple(Campaign.Kind.choices)), _("kind"))
    code: str = said(Code(60), _("code"), must=True)
    parent: str = said(Code(60), _("parent campaign"))
    superior: tuple[Basis, ...] = said(Many(Record(Basis)), _("superior plans outside the portal"))
    measured_by: tuple[str, ...] = said(Many(Code(60)), _("programmes that measure it"))
    read_from: ReadFrom = said(Record(ReadFrom), _("what the file was written from"))
    number: str = said(Text(40), _("number"))
    signed: date = said(Day(), _("signed on"))
    issuer: str = said(Text(150), _("issued by"))
    signer: str = said(Text(150), _("signer"))
    place: str = said(Text(80), _("place"))
    title: str = said(Text(400), _("title of the plan"), must=True)
    name: str = said(Text(300), _("name of the campaign"), must=True)
    short_name: str = said(Text(150), _("short name"))
    theme: str = said(Text(300), _("theme"))
    year_themes: tuple[YearTheme, ...] = said(
        Many(Record(YearTheme), key="year"), _("themes by year")
    )
    scope: str = said(OneOf(tuple(Campaign.Scope.choices)), _("scope"))
    method: str = said(OneOf(tuple(Campaign.Method.choices)), _("method"))
    period: Reach = said(Record(Reach), _("period"))
    bases: tuple[Basis, ...] = said(Many(Record(Basis)), _("legal bases"))
    purposes: tuple[str, ...] = said(Many(Text(600)), _("purposes"))
    requirement: str = said(Text(2000), _("requirement"))
    participants: Participants = said(Record(Participants), _("participants"))
    contents: tuple[Content, ...] = said(Many(Record(Content), key="code"), _("contents"))
    dropped: tuple[Dropped, ...] = said(Many(Record(Dropped), key="code"), _("contents left out"))
    indices: tuple[Index, ...] = said(Many(Record(Index), key="code"), _("indices"))
    facts: tuple[Fact, ...] = said(Many(Record(Fact), key="name"), _("base facts"))
    targets: tuple[Target, ...] = said(Many(Record(Target), key="code"), _("targets"))
    task_groups: tuple[TaskGroup, ...] = said(
        Many(Record(TaskGroup), key="code"), _("groups of tasks")
    )
    solutions: tuple[str, ...] = said(Many(Text(600)), _("solutions"))
    tasks: tuple[str, ...] = said(Many(Text(600)), _("tasks of the members"))
    standards: tuple[Standard, ...] = said(Many(Record(Standard), key="code"), _("standards"))
    annexes: tuple[Annex, ...] = said(Many(Record(Annex), key="name"), _("annexes"))
    phases: tuple[Phase, ...] = said(Many(Record(Phase), key="code"), _("phases"))
    awards: Awards = said(Record(Awards), _("awards"))
    dossier: Dossier = said(Record(Dossier), _("dossier"))
    duties: tuple[Duty, ...] = said(Many(Record(Duty), key="code"), _("reporting duties"))
    roles: tuple[Role, ...] = said(Many(Record(Role), key="body"), _("who does what"))
    feedback: str = said(Text(300), _("whom to tell of difficulties"))
    agency: Agency = said(Record(Agency), _("set by the agency"))
    sources: tuple[Source, ...] = said(Many(Record(Source), key="code"), _("sources"))
    notes: tuple[Note, ...] = said(Many(Record(Note)), _("notes for the officer"))
    printed: Printed = said(Record(Printed), _("numbers as printed"))
    totals: Totals = said(Record(Totals), _("sums"))

    @property
    def rounds(self) -> tuple[Round, ...]:
        return self.awards.rounds if self.awards else ()

    @property
    def components(self) -> tuple[Component, ...]:
        return self.dossier.components if self.dossier else ()
