"""Who takes lists and reports in on a day: never a unit that is closed by then."""

from datetime import date

from accounts.models import Unit
from accounts.rules import answering_for


def receiver_on(day: date, unit: Unit, collector: Unit, owner: Unit) -> Unit:
    """Who answers for the collector on a day; for its own, who answers for the owner.

    What a closed unit left is its heir's own, so that nobody takes in what is theirs. Only an
    owner that takes part in what is its own takes its own in.
    """
    own = answering_for(unit, day)
    found = answering_for(collector, day)
    return answering_for(owner, day) if found == own else found
