"""What a plan gives and asks for it: standards, places, conditions, the dossier."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models import NomineeKind
from campaigns.models import AwardRound
from campaigns.plans.declaring import Period
from core.yaml.declaring import said
from core.yaml.kinds import (
    Code,
    Day,
    Flag,
    Many,
    Month,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)

KINDS = OneOf(tuple(NomineeKind.choices))
UNITS = "units"


@dataclass(frozen=True)
class Criterion:
    name: str = said(Text(400), _("name"), must=True)
    points: Decimal = said(Number(), _("most points"))
    text: str = said(Text(600), _("words"))


@dataclass(frozen=True)
class Standard:
    """What is asked of one group of participants."""

    code: str = said(Code(20), _("code"), must=True)
    name: str = said(Text(200), _("for whom"), must=True)
    criteria: tuple[Criterion, ...] = said(Many(Record(Criterion)), _("criteria"))


@dataclass(frozen=True)
class Quota:
    """Places for one kind of nominee: a number, a share, or so many a block."""

    kind: str = said(KINDS, _("nominee"), must=True, word="for")
    award: str = said(Code(12), _("award"))
    places: int = said(Whole(0, 100_000), _("places"))
    percent: Decimal = said(Number(most=100), _("per cent"))
    of: str = said(Code(12), _("of what"))
    per_block: int = said(Whole(1, 1_000), _("for each block"))

    @property
    def name(self) -> str:
        return " ".join(filter(None, [NomineeKind(self.kind).label.lower(), self.award]))

    @property
    def in_words(self) -> str:
        """How many: “10”, “10 % of the holders of CSTDCS”, “1 in each block”."""
        if self.percent is not None:
            share = {"percent": Number().write(self.percent), "award": self.of}
            if self.of == UNITS:
                return gettext("%(percent)s %% of the units") % share
            return gettext("%(percent)s %% of those with %(award)s") % share
        if self.per_block is not None:
            return gettext("%(n)s in each block") % {"n": self.per_block}
        return str(self.places)


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


def place_of(quota: Quota) -> tuple[str, str]:
    """Where a quota stands in the canonical file, whatever the language in use."""
    return quota.kind, quota.award or ""


MEASURES = (
    ("score", _("points")),
    ("titles", _("titles held")),
    ("consecutive_years", _("years in a row with the title")),
    ("initiatives", _("recognised initiatives")),
    ("member_percent", _("per cent of the members with the title")),
)


@dataclass(frozen=True)
class Condition:
    """What somebody must have, in words; as a rule too where it can be reckoned. A `hard` one
    stops a nominee who does not meet it, another only warns."""

    text: str = said(Text(400), _("words"), must=True)
    kind: str = said(KINDS, _("nominee"), word="for")
    measure: str = said(OneOf(MEASURES), _("what is reckoned"))
    at_least: Decimal = said(Number(), _("at least"))
    award: str = said(Code(12), _("title"))
    hard: bool = said(Flag(), _("must be met"))

    @property
    def as_rule(self) -> str:
        """What the portal reckons: “years in a row with the title CSTDCS: at least 2”."""
        label = " ".join(filter(None, [str(dict(MEASURES)[self.measure]), self.award]))
        said = {"what": label, "number": Number().write(self.at_least)}
        if self.hard:
            return gettext("must be met; the portal reckons %(what)s: at least %(number)s") % said
        return gettext("the portal reckons %(what)s: at least %(number)s") % said


@dataclass(frozen=True)
class AwardForm:
    award: str = said(Code(12), _("award"))
    name: str = said(Text(250), _("name"), must=True)
    rule: str = said(Text(400), _("rule"))
    conditions: tuple[Condition, ...] = said(Many(Record(Condition)), _("conditions"))


@dataclass(frozen=True)
class Awards:
    subjects: str = said(Text(300), _("who is commended"))
    forms: tuple[AwardForm, ...] = said(Many(Record(AwardForm), key="name"), _("forms"))
    rounds: tuple[Round, ...] = said(Many(Record(Round), key="code"), _("award rounds"))
    quote: str = said(Text(400), _("quotation"))
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
