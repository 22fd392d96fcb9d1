"""What a rule has to say: a sentence, how much it weighs, and on what it rests."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One thing that a person must mend (BLOCK) or may look at again (WARN).

    `text` is a sentence that the reader can act on, `basis` the article it rests on (only
    from the rule table, never typed in a template), `href` the place where it is mended,
    `part` the key of the part of the page that it concerns (for completeness rails).
    """

    text: str
    weight: Weight = Weight.BLOCK
    rule: str = ""
    basis: str = ""
    href: str = ""
    part: str = ""

    def __str__(self) -> str:
        return str(self.text)

    @property
    def blocks(self) -> bool:
        return self.weight is Weight.BLOCK


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that stop a step."""
    return [finding for finding in findings if finding.blocks]
