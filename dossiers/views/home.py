"""“My work”: what to do now, by when; who holds what since when. It only reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.permissions import Perm
from awards.models import Decision
from campaigns.models import Campaign
from core.clock import clock
from core.jobs.models import Job
from core.ui.views import SIGNED_IN, Guarded
from dossiers import lists
from dossiers.models import Defect, Dossier
from dossiers.rules import holding
from dossiers.views.unit import last_day, open_rounds

State = Dossier.State
SHOWN = 6  # dossiers elsewhere on this page; the list has them all
MANY = 25  # tasks on this page


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
    reasons: list[str] = field(default_factory=list)
    reasons_by: str = ""


class Home(Guarded, TemplateView):
    """The first page of everybody, made of what their roles have to do."""

    perm = SIGNED_IN
    template_name = "dossiers/home.html"
    title = gettext_lazy("My work")

    def get_context_data(self, **kwargs):
        user = self.request.user
        writes = user.holds(Perm.DOSSIER_WRITE)
        tasks = [*queue_tasks(user), *admin_tasks(user)]
        context: dict[str, Any] = {}
        if writes:
            own = list(_own(user)[:200])
            rounds = open_rounds(user)
            tasks = [*unit_tasks(user, own, rounds), *tasks]
            context = {"counts": _counts(own), **_elsewhere(own), "may_open": bool(rounds)}
        return super().get_context_data(
            page_title=self.title,
            tasks=sorted(tasks, key=lambda task: task.due or date.max)[:MANY],
            writes=writes,
            places=_places(user),
            campaign=_campaign(user),
            leads=user.holds(Perm.FIGURES_READ),
            **context,
            **kwargs,
        )


def unit_tasks(user: Any, own: list[Dossier], rounds: list[Any]) -> Iterator[Task]:
    """What the unit has to do: mend, send, go on, begin."""
    flaws = _flaws(own)
    for dossier in own:
        about = str(dossier.round)
        if dossier.state == State.RETURNED:
            yield _mending(dossier, flaws.get(dossier.pk, []))
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


def queue_tasks(user: Any) -> Iterator[Task]:
    """What waits for each office that this person holds: how many, the earliest day."""
    for perm, states, title, verb, icon in _queues():
        if not user.holds(perm):
            continue
        waiting = Dossier.objects.visible_to(user, perm).filter(state__in=states)
        found = waiting.aggregate(count=Count("pk"), due=Min("due_on"))
        if found["count"]:
            yield Task(
                title(found["count"]) % found["count"],
                _address(states),
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
            reverse("jobs:list"),
            _("Look at the jobs"),
            icon="exclamation-triangle",
            tone="warn",
        )


def _queues():
    return (
        (
            Perm.DOSSIER_AGGREGATE,
            [State.SUBMITTED],
            lambda n: ngettext("%d dossier to list", "%d dossiers to list", n),
            _("List them"),
            "collection",
        ),
        (
            Perm.DOSSIER_APPRAISE,
            [State.AGGREGATED, State.APPRAISING],
            lambda n: ngettext("%d dossier to appraise", "%d dossiers to appraise", n),
            _("Appraise"),
            "search",
        ),
        (
            Perm.DOSSIER_CONFIRM,
            [State.APPRAISED],
            lambda n: ngettext("%d appraisal to confirm", "%d appraisals to confirm", n),
            _("Confirm them"),
            "check2-square",
        ),
        (
            Perm.COUNCIL_RECORD,
            [State.COUNCIL],
            lambda n: ngettext(
                "%d dossier before the council", "%d dossiers before the council", n
            ),
            _("Record the result"),
            "people",
        ),
        (
            Perm.DECISION_DRAFT,
            [State.PASSED],
            lambda n: ngettext("%d dossier to propose", "%d dossiers to propose", n),
            _("Draw up a decision"),
            "file-earmark-ruled",
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


def _mending(dossier, flaws):
    count = len(flaws)
    by = flaws[0].by if flaws else ""
    at = f"{localtime(flaws[0].at):%H:%M, %d/%m/%Y}" if flaws else ""
    return Task(
        _("%(dossier)s came back to be mended") % {"dossier": dossier},
        dossier.get_absolute_url(),
        ngettext("Mend %d part", "Mend %d parts", count) % count if count else _("Mend"),
        icon="arrow-return-left",
        tone="err",
        due=dossier.mend_by,
        note=f"{dossier.round}, {dossier.unit_name}",
        reasons=[flaw.text for flaw in flaws],
        reasons_by=_("%(who)s, %(when)s. The time of appraisal stands still from then on.")
        % {"who": by, "when": at}
        if flaws
        else "",
    )


def _flaws(own):
    returned = [dossier.pk for dossier in own if dossier.state == State.RETURNED]
    found: dict[int, list[Defect]] = {}
    if returned:
        for flaw in Defect.objects.filter(dossier__in=returned, closed_at=None).select_related(
            "by"
        ):
            found.setdefault(flaw.dossier_id, []).append(flaw)
    return found


def _own(user):
    rows = Dossier.objects.visible_to(user, Perm.DOSSIER_WRITE).with_unit()
    return rows.order_by("-held_since", "-pk")


def _counts(own):
    """(number, label, address) by where the dossiers are; empty places are left out."""
    labels = dict(lists.DossierFilter.base_filters["where"].extra["choices"])
    rows = [
        (sum(d.state in states for d in own), labels[place], f"{_list()}?where={place}")
        for place, states in lists.DossierFilter.PLACES.items()
    ]
    return [row for row in rows if row[0]]


def _elsewhere(own):
    away = [d for d in own if d.state in lists.DossierFilter.PLACES["elsewhere"]]
    shown = away[:SHOWN]
    names = holding.holders(shown)
    for dossier in shown:
        dossier.holder = names[dossier.pk]
    return {"elsewhere": shown, "all_own": len(own)}


def _campaign(user):
    """The running campaign with its phases, for the card; None if there is none."""
    running = (
        Campaign.objects.visible_to(user, Perm.CAMPAIGN_READ)
        .filter(state=Campaign.State.OPEN)
        .select_related("steward")
        .prefetch_related("phases")
        .order_by("-starts_year", "code")
        .first()
    )
    if running is None:
        return None
    steward = running.steward_on(clock.today())
    facts = [(_("Handed in to"), steward.name if steward else "")]
    return {"row": running, "phases": list(_phases(running)), "facts": facts}


def _phases(campaign):
    now = clock.now()
    for phase in campaign.phases.all():
        over = bool(phase.closes_at and phase.closes_at <= now)
        begun = phase.opens_at is None or phase.opens_at <= now
        state = "done" if over else "now" if begun and phase.opens_at else ""
        yield phase.name, _stretch(phase), state


def _stretch(phase):
    """The days of a phase in words; nothing is said that the plan does not say."""
    opens = f"{localtime(phase.opens_at):%d/%m/%Y}" if phase.opens_at else ""
    closes = ""
    if phase.closes_at:
        closes = f"{localtime(phase.closes_at) - timedelta(seconds=1):%d/%m/%Y}"
    return " – ".join(filter(None, dict.fromkeys([opens, closes]))) or phase.note


def _places(user):
    names = [m.unit.name for m in user.current_memberships()]
    return ", ".join(dict.fromkeys(names))


def _address(states):
    return f"{_list()}?{'&'.join(f'state={state}' for state in states)}"


def _list():
    return reverse("dossiers:list")


def _day(dossier):
    return dossier.mend_by if dossier.submitted_at else last_day(dossier.round)
