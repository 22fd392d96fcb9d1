"""The life of a periodic report: written, sent, returned with a note or taken in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from accounts.services import notify
from campaigns import tasks
from campaigns.models import PeriodicReport
from campaigns.rules import reports as rules
from core.clock import clock
from core.workflow import Transition, Workflow

State = PeriodicReport.State


def missing_to_send(report: PeriodicReport, actor: Any) -> Any:
    return rules.missing_to_send(report, clock.now())


def stamp(report: PeriodicReport, *, actor: Any) -> None:
    report.sent_at, report.sent_by = clock.now(), actor
    report.first_sent_at = report.first_sent_at or report.sent_at


def tell_unit(report: PeriodicReport, *, actor: Any) -> None:
    """Those who write for the unit learn that the report came back."""
    text = _("The report “%(report)s” was returned to be mended.") % {"report": report}
    address = reverse("campaigns:report", args=[report.pk])
    notify(users=writers_of([report.unit_id]), text=text, address=address)


def writers_of(units: Any) -> list[User]:
    """Who writes reports in these units today, each once."""
    people = [user for users in tasks.writers_in(list(units)).values() for user in users]
    return list(dict.fromkeys(people))


REPORT = Workflow(
    Transition(
        name="send",
        label=gettext_lazy("Send the report"),
        sources=frozenset({State.OPEN, State.RETURNED}),
        target=State.SENT,
        perm=Perm.REPORT_SEND,
        blockers=missing_to_send,
        effect=stamp,
    ),
    Transition(
        name="accept",
        label=gettext_lazy("Take the report in"),
        sources=frozenset({State.SENT}),
        target=State.ACCEPTED,
        perm=Perm.REPORT_COLLECT,
    ),
    Transition(
        name="return",
        label=gettext_lazy("Return the report"),
        sources=frozenset({State.SENT, State.ACCEPTED}),
        target=State.RETURNED,
        perm=Perm.REPORT_COLLECT,
        needs_note=True,
        tone="second",
        after=tell_unit,
    ),
)
