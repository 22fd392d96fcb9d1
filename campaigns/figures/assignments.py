"""Tasks as a board shows them: by state, late ones first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from campaigns.models import Assignment

State = Assignment.State
MOST = 60  # cards of one state on a page; more are counted


@dataclass(frozen=True)
class Column:
    """The tasks of one state: the first ones, and how many there are and are late."""

    state: str
    label: Any
    tone: str
    icon: str
    count: int
    late: int
    cards: list[Assignment]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def board(rows: QuerySet, today: date) -> list[Column]:
    """Five queries, however many tasks there are; the nearest day first, late ones on top."""
    late = Q(due_on__lt=today) & ~Q(state=State.DONE)
    counts = {
        row["state"]: row
        for row in rows.order_by()
        .values("state")
        .annotate(count=Count("pk"), late=Count("pk", filter=late))
    }
    found = []
    for state in (State.STUCK, State.TODO, State.DOING, State.DONE):
        said = counts.get(state, {"count": 0, "late": 0})
        tone, icon = Assignment.TONES[state]
        cards = list(_ordered(rows.filter(state=state))[:MOST]) if said["count"] else []
        for card in cards:
            card.late = card.due_on is not None and card.due_on < today and state != State.DONE
        found.append(
            Column(state, State(state).label, tone, icon, said["count"], said["late"], cards)
        )
    return found


def _ordered(rows):
    return rows.order_by(
        F("due_on").asc(nulls_last=True), "task__group__order", "task__order", "unit__path"
    )
