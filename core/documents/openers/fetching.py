"""What Word and Excel fetch, or call, when somebody opens a file or brings it up to date.

Words and formulas are given as the programs see them: without the XML round them.
"""

import re
from collections.abc import Callable

from core.documents.openers.verdict import refuse

FORMULAS = {  # the elements of a workbook whose text is a formula
    "f",
    "formula",
    "formula1",
    "formula2",
    "definedName",
    "calculatedColumnFormula",
    "totalsRowFormula",
}
_LONGEST_FIELD = 64 * 1024
_FETCHING_CELL = re.compile(
    r"(?:^|[^\w.]|_xl(?:fn|ws)\.)(?:WEBSERVICE|IMAGE|RTD|STOCKHISTORY)\s*\(", re.IGNORECASE
)
_TEXT = re.compile(r'"[^"]*"')
_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_ELSEWHERE = r"(?:(?:https?|ftps?|file|smb|mhtml):|[\\/]{2})"
_INCLUDED = re.compile(rf"INCLUDE(?:PICTURE|TEXT)(?:\\[a-z*])*[\"“”]*{_ELSEWHERE}", re.IGNORECASE)
_QUERY = re.compile(r"DATABASE", re.IGNORECASE)  # asks another program, by whatever name
_FETCHING_FIELD = re.compile(r"LINK|RD|IMPORT|INCLUDE", re.IGNORECASE)
# An address, or a share of another machine: not a folder between two other ones.
_ADDRESS = re.compile(
    r"(?:https?|ftps?|file|smb|mhtml):|(?:[\s\"“”]|(?<!\\)\\[a-z*])(?:[a-z][a-z\d+.-]+:|[\\/]{2})",
    re.IGNORECASE,
)


def check_formula(said: str) -> None:
    """One formula. A text within it calls nothing; names in quotes or brackets hide no quote."""
    plain = said if re.search(r"['\[]", said) else _TEXT.sub('""', said)
    if _FETCHING_CELL.search(plain):
        refuse("outside")


class Fields:
    """The instructions of one part's fields, in the pieces and the nesting that Word keeps them in.

    A piece outside of any field belongs to those next to it in its paragraph.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.loose: list[str] = []
        self.open: list[tuple[list[str], list[bool]]] = []  # pieces, [whether the result began]

    def paragraph(self) -> None:
        self._judge(self.loose)
        self.loose = []

    def mark(self, kind: str) -> None:
        """Where a field begins, its result begins (“separate”), or it ends."""
        if kind == "begin":
            self.open.append(([], [False]))
        elif self.open and kind == "separate":
            self.open[-1][1][0] = True
        elif self.open and kind == "end":
            self._judge(self.open.pop()[0])

    def instruct(self, said: str) -> None:
        if len(said) > _LONGEST_FIELD:
            refuse("heavy")
        self.pieces.append(said)
        (self.open[-1][0] if self.open else self.loose).append(said)

    def simple(self, said: str) -> None:
        """A field that is one element."""
        self.mark("begin")
        self.instruct(said)
        self.mark("end")

    def result(self) -> Callable[[str], None] | None:
        """What takes a text here: it is part of the innermost field whose own result is not begun."""
        return next((field.append for field, (begun,) in self.open[::-1] if not begun), None)

    def end(self) -> None:
        self.paragraph()
        while self.open:
            self.mark("end")
        whole = "".join(self.pieces)
        if _DDE.search(whole) or _DDE.search(" ".join(self.pieces)):
            refuse("dde")
        if _INCLUDED.search("".join(whole.split())):
            refuse("outside")

    def _judge(self, pieces: list[str]) -> None:
        said = "".join(pieces)
        close = "".join(said.split())  # Word drops spaces at the ends of pieces
        if _QUERY.match(close):
            refuse("outside")
        if _FETCHING_FIELD.match(close) and (_ADDRESS.search(said) or _ADDRESS.search(close)):
            refuse("outside")
