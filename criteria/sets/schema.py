"""What a file of a set of criteria may say: one declaration for reading, comparing, writing.

Rows stand in the order of the sheet. A row is in the group whose number its own begins with
(“1.2” is in “1”), unless it says `in` or `top`. `FORMAT` grows when a file written before
would be read in another way.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.yaml.declaring import said
from core.yaml.kinds import YEAR, Code, Flag, Lines, Many, Number, OneOf, Record, Text, Whole
from criteria.models import Criterion
from criteria.rules.scoring import KINDS

FORMAT = 1
MOST_ROWS = 400
MOST_POINTS = 99_999
TIE_BREAKS = (
    ("base", _("Points without bonus")),
    ("main", _("Points of the main group")),
)


@dataclass(frozen=True)
class Row:
    """A group or, with a `kind`, a criterion."""

    code: str = said(Text(20), _("number as printed"), must=True)
    group: str = said(Text(20), _("inside the group"), word="in")
    top: bool = said(Flag(), _("at the top"))
    name: str = said(Text(500), _("name"), must=True)
    role: str = said(OneOf(tuple(Criterion.Role.choices)), _("counts as"))
    most: Decimal = said(Number(MOST_POINTS), _("most points"))
    kind: str = said(OneOf(tuple((k, v.title) for k, v in KINDS.items())), _("way of scoring"))
    rule: str = said(Lines(5000), _("how points are counted"))
    guidance: str = said(Lines(5000), _("guidance"))
    evidence: str = said(Lines(5000), _("evidence asked for"))
    responsible: str = said(Text(200), _("responsible"))
    verifier: str = said(Text(200), _("verified by"))
    verifier_unit: str = said(Text(200), _("unit that verifies"))
    data_source: str = said(Text(300), _("source of the data"))


@dataclass(frozen=True)
class SetFile:
    format: int = said(Whole(1, FORMAT), _("format"), must=True)
    code: str = said(Code(60), _("code"), must=True)
    year: int = said(YEAR, _("year"), must=True)
    title: str = said(Text(300), _("name"), must=True)
    total: Decimal = said(Number(MOST_POINTS), _("points in all"))
    source: str = said(Text(300), _("where it is written"))
    note: str = said(Lines(5000), _("note"))
    tie_breaks: tuple[str, ...] = said(
        Many(OneOf(TIE_BREAKS), most=len(TIE_BREAKS)), _("what parts equal totals")
    )
    criteria: tuple[Row, ...] = said(
        Many(Record(Row), key="code", most=MOST_ROWS), _("groups and criteria"), must=True
    )
