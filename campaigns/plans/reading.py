"""From the bytes of a plan file to a `Plan`, with every fault of the file in one pass."""

from dataclasses import dataclass

from campaigns.plans import agreement
from campaigns.plans.schema import Plan
from core.yaml import reading


@dataclass
class Reading(reading.Reading):
    """What was read of a plan. `in_lines`: its faults have lines, not cells."""

    in_lines: bool = True

    @property
    def plan(self) -> Plan | None:
        return self.record


def read(content: bytes) -> Reading:
    """Read a plan file. Needs no database; never raises for what the file says."""
    what = reading.read(content, Plan, agreement.missing_in)
    return Reading(what.record, what.faults, what.lines, what.partial)
