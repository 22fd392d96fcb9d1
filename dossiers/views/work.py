"""What waits for a person: for the unit, for each office, for the administrator."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from awards.models import Decision
from campaigns import figures as campaign_figures
from campaigns.models import Stage
from core.jobs.models import Job
from dossiers.models import Defect, Dossier
from dossiers.rules import mending
from dossiers.views.unit import last_day

State = Dossier.State


@dataclass
class Task:
    """One thing to do; the component `task` shows it."""

    title: str
    url: str
    verb: str
    icon: str = "pencil-square"
    tone: str = "info"
    due: date | None = None
    note: str = ""
    back: mending.Back = mending.NOT_BACK
    reasons: list[str] = field(default_factory=list)
    reasons_by: str = ""


def unit_tasks(user: Any, own: list[Dossier], rounds: list[Any]) -> Iterator[Task]:
    """What the unit has to do: mend, send, go on, begin."""
    flaws = _flaws(own)
    backs = mending.backs_of(dossier.pk for dossier in own if dossier.is_with_unit)
    for dossier in own:
        about, back = str(dossier.round), backs.get(dossier.pk, mending.NOT_BACK)
        if dossier.state == State.RETURNED:
            yield _mending(dossier, flaws.get(dossier.pk), back)
        elif dossier.state == State.UNIT_REVIEW and user.can(Perm.DOSSIER_SUBMIT, dossier):
            yield Task(
                _("%(dossier)s waits for you to send it") % {"dossier": dossier},
                reverse("dossiers:preview", args=[dossier.pk]),
                _("Look and send"),
                icon="send",
                due=_day(dossier),
                note=f"{about}, {dossier.unit_name}",
            )
        elif dossier.state == State.DRAFT:
            yield Task(
                _("%(dossier)s is being prepared") % {"dossier": dossier},
                dossier.get_absolute_url(),
                _("Go on"),
                due=_day(dossier),
                note=f"{about}, {dossier.unit_name}",
                back=back,
            )
    begun = {dossier.round_id for dossier in own if dossier.state != State.WITHDRAWN}
    for each in rounds:
        if each.pk not in begun:
            yield Task(
                _("No dossier yet for %(round)s") % {"round": each},
                reverse("dossiers:open", args=[each.pk]),
                _("Open a dossier"),
                icon="folder-plus",
                due=last_day(each),
                note=str(each.campaign),
            )


def report_tasks(user: Any) -> Iterator[Task]:
    """Reports that the unit still owes, as far as they are late, due soon or came back."""
    for report in campaign_figures.waiting_for(user):
        returned = report.state == report.State.RETURNED
        yield Task(
            _("%(report)s came back to be mended") % {"report": _named(report)}
            if returned
            else _("%(report)s is not sent yet") % {"report": _named(report)},
            report.get_absolute_url(),
            _("Mend the report") if returned else _("Write the report"),
            icon="arrow-return-left" if returned else "journal-text",
            tone="err" if returned else "info",
            due=report.last_day,
            note=f"{report.duty.campaign}, {report.unit_name}",
        )


def _named(report):
    return _("Report of %(period)s") % {"period": report.period_words}


def due_tasks(user: Any) -> Iterator[Task]:
    """Lists of titles that are with the unit, and tasks of plans, late or due within a month."""
    for due in campaign_figures.soon_due(user):
        titles = due.kind == "aim"
        yield Task(
            (_("Titles not registered yet: %(call)s") if titles else _("Task %(call)s"))
            % {"call": due.about},
            due.address,
            _("Register the titles of the unit") if titles else _("Look at the task"),
            icon="award" if titles else "kanban",
            due=due.day,
        )


def sheet_tasks(user: Any) -> Iterator[Task]:
    """Score sheets that the unit still has to send, and what waits to be judged or advised on."""
    for sheet in campaign_figures.to_send(user):
        back, unit = sheet.state != sheet.State.OPEN, {"unit": sheet.unit_name}
        unsent = _("The score sheet of %(unit)s is not sent yet") % unit
        yield Task(
            _("A criterion of the score sheet of %(unit)s came back") % unit if back else unsent,
            sheet.get_absolute_url(),
            _("Mend") if back else _("Score the criteria"),
            icon="arrow-return-left" if back else "list-check",
            tone="err" if back else "info",
            due=sheet.block.score_by,
            note=str(sheet.block),
        )
    for stage, count in campaign_figures.to_judge(user).items():
        if count and stage == Stage.ADVISED:
            yield _advice_task(count)
        elif count:
            yield Task(
                ngettext("%d score sheet to check", "%d score sheets to check", count) % count
                if stage == Stage.VERIFIED
                else ngettext("%d score sheet to appraise", "%d score sheets to appraise", count)
                % count,
                reverse("campaigns:blocks"),
                _("To the blocks"),
                icon="check2-square",
            )


def _advice_task(count: int) -> Task:
    """Criteria of others on which the department is asked what it knows."""
    return Task(
        ngettext(
            "%d criterion waits for the opinion of your unit",
            "%d criteria wait for the opinion of your unit",
            count,
        )
        % count,
        f"{reverse('campaigns:advice')}?show=waiting",
        _("Say what you know"),
        icon="chat-square-text",
    )


def running_tasks(user: Any) -> Iterator[Task]:
    """Mails that somebody has to look at before they go, and lists of titles to approve."""
    mails, lists = campaign_figures.count_reminders(user), campaign_figures.count_lists(user)
    if mails:
        text = ngettext(
            "%d reminder waits to be looked at", "%d reminders wait to be looked at", mails
        )
        address = f"{reverse('campaigns:reminders')}?show=proposed"
        yield Task(text % mails, address, _("Look and send"), icon="envelope")
    if lists:
        text = ngettext(
            "%d list of titles waits for approval", "%d lists of titles wait for approval", lists
        )
        yield Task(text % lists, reverse("campaigns:aims"), _("Look at the lists"), icon="award")


def queue_tasks(user: Any) -> Iterator[Task]:
    """What waits for each office that this person holds: how many, the earliest day."""
    for perm, waiting, title, verb, icon, page in _queues():
        if not user.holds(perm):
            continue
        rows = waiting(Dossier.objects.visible_to(user, perm))
        found = rows.aggregate(count=Count("pk"), due=Min("due_on"))
        if found["count"]:
            yield Task(
                title(found["count"]) % found["count"],
                reverse(page),
                verb,
                icon=icon,
                due=found["due"],
            )
    if user.holds(Perm.DECISION_ISSUE):
        yield from _decisions(user)


def admin_tasks(user: Any) -> Iterator[Task]:
    """Work that stopped and needs a person."""
    if not user.holds(Perm.JOB_WATCH):
        return
    parked = Job.objects.filter(state=Job.State.PARKED).count()
    if parked:
        yield Task(
            ngettext("%d job stopped", "%d jobs stopped", parked) % parked,
            f"{reverse('jobs:list')}?state={Job.State.PARKED}",
            _("Look at the jobs"),
            icon="exclamation-triangle",
            tone="warn",
        )


def _queues():
    return (
        (
            Perm.DOSSIER_AGGREGATE,
            lambda rows: rows.with_agency(),
            lambda n: ngettext("%d dossier to list", "%d dossiers to list", n),
            _("List them"),
            "collection",
            "dossiers:incoming",
        ),
        (
            Perm.DOSSIER_APPRAISE,
            lambda rows: rows.with_home_affairs().exclude(
                state__in=[State.APPRAISED, State.RETURNED]
            ),
            lambda n: ngettext("%d dossier to appraise", "%d dossiers to appraise", n),
            _("Appraise"),
            "search",
            "dossiers:queue",
        ),
        (
            Perm.DOSSIER_CONFIRM,
            lambda rows: rows.filter(state=State.APPRAISED),
            lambda n: ngettext("%d appraisal to confirm", "%d appraisals to confirm", n),
            _("Confirm them"),
            "check2-square",
            "dossiers:queue",
        ),
        (
            Perm.COUNCIL_RECORD,
            lambda rows: rows.filter(state=State.COUNCIL),
            lambda n: ngettext(
                "%d dossier before the council", "%d dossiers before the council", n
            ),
            _("Record the result"),
            "people",
            "dossiers:sittings",
        ),
        (
            Perm.DECISION_DRAFT,
            lambda rows: rows.filter(state=State.PASSED),
            lambda n: ngettext("%d dossier to propose", "%d dossiers to propose", n),
            _("Draw up a decision"),
            "file-earmark-ruled",
            "dossiers:compose_rounds",
        ),
    )


def _decisions(user):
    drafts = Decision.objects.visible_to(user, Perm.DECISION_ISSUE)
    count = drafts.filter(state=Decision.State.DRAFT).count()
    if count:
        yield Task(
            ngettext("%d decision to sign", "%d decisions to sign", count) % count,
            reverse("awards:decisions"),
            _("Read and sign"),
            icon="pen",
        )


def _mending(dossier, flaws, back):
    verb, flaws = _("Mend") if flaws is None else _("Go on"), flaws or []
    count = len(flaws)
    return Task(
        _("%(dossier)s came back to be mended") % {"dossier": dossier},
        dossier.get_absolute_url(),
        ngettext("Mend %d part", "Mend %d parts", count) % count if count else verb,
        icon="arrow-return-left",
        tone="err",
        due=dossier.mend_by,
        note=f"{dossier.round}, {dossier.unit_name}",
        back=back,
        reasons=[flaw.text for flaw in flaws],
        reasons_by=_("%(who)s, %(when)s. The time of appraisal stands still from then on.")
        % {"who": flaws[0].by, "when": f"{localtime(flaws[0].at):%H:%M, %d/%m/%Y}"}
        if flaws
        else "",
    )


def _flaws(own):  # those that nobody explained; nothing for a return that names none
    returned = [dossier.pk for dossier in own if dossier.state == State.RETURNED]
    found: dict[int, list[Defect]] = {}
    for flaw in Defect.objects.filter(dossier__in=returned, closed_at=None).select_related("by"):
        found.setdefault(flaw.dossier_id, []).extend([] if flaw.answer else [flaw])
    return found


def _day(dossier):
    return dossier.mend_by if dossier.submitted_at else last_day(dossier.round)
