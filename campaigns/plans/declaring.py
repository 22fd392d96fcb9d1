"""Groups of values that many parts of a plan share."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.yaml.declaring import said
from core.yaml.kinds import YEAR, Code, Day, Many, OneOf, Text


@dataclass(frozen=True)
class Period:
    first: int = said(YEAR, _("from"), must=True, word="from")
    last: int = said(YEAR, _("to"), must=True, word="to")

    def __str__(self):
        return f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Reach:
    """The years of a plan: some name only the last one, some look beyond it."""

    first: int = said(YEAR, _("from"), word="from")
    last: int = said(YEAR, _("to"), must=True, word="to")
    outlook: int = said(YEAR, _("with an outlook to"))

    def __str__(self):
        return "–".join(str(year) for year in (self.first, self.last) if year)


@dataclass(frozen=True)
class Basis:
    """A document that the plan cites. `source`: the plan does not cite it, somebody else says so."""

    number: str = said(Text(80), _("number"))
    signed: date = said(Day(), _("day"))
    issuer: str = said(Text(200), _("issued by"))
    text: str = said(Text(400), _("words"))
    source: str = said(Code(12), _("code of the source"))


READ_FROM = (
    ("document", _("The document itself")),
    ("excerpt", _("An excerpt of the document")),
    ("article", _("An article about the document")),
    ("notice", _("A notice about the document")),
)


@dataclass(frozen=True)
class ReadFrom:
    """What the writer of the file had before them."""

    kind: str = said(OneOf(READ_FROM), _("kind"), must=True)
    title: str = said(Text(300), _("heading"))
    author: str = said(Text(150), _("author"))
    note: str = said(Text(400), _("note"))


@dataclass(frozen=True)
class Source:
    """Where a fact comes from that the document does not say; `gives` are words of the plan."""

    code: str = said(Code(12), _("code"), must=True)
    name: str = said(Text(300), _("name"), must=True)
    address: str = said(Text(300), _("address"))
    gives: tuple[str, ...] = said(Many(Code(30)), _("what it gives"))
