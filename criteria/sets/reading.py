"""From the bytes of a file to a set of criteria, with every fault of the file in one pass."""

from dataclasses import dataclass

from core.yaml import reading
from criteria.sets import agreement
from criteria.sets.schema import SetFile


@dataclass
class Reading(reading.Reading):
    """What was read of a set."""

    @property
    def said(self) -> SetFile | None:
        return self.record


def read(content: bytes) -> Reading:
    """Read the file of a set. Needs no database; never raises for what the file says."""
    what = reading.read(content, SetFile, agreement.missing_in)
    return Reading(what.record, what.faults, what.lines)
