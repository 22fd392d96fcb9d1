"""“My work”: what to do now, by when; who holds what since when. It only reads."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import services as accounts
from accounts.permissions import Perm
from campaigns.models import Campaign
from core.clock import clock
from core.ui.views import SIGNED_IN, Guarded
from dossiers import lists
from dossiers.models import Dossier
from dossiers.rules import holding
from dossiers.views import work
from dossiers.views.unit import open_rounds

SHOWN = 6  # dossiers elsewhere on this page; the list has them all
MANY = 25  # tasks on this page


class Home(Guarded, TemplateView):
    """The first page of everybody, made of what their roles have to do."""

    perm = SIGNED_IN
    template_name = "dossiers/home.html"
    title = gettext_lazy("My work")

    def get_context_data(self, **kwargs):
        user = self.request.user
        writes = user.holds(Perm.DOSSIER_WRITE)
        tasks = [*work.queue_tasks(user), *work.sheet_tasks(user), *work.running_tasks(user)]
        tasks += work.admin_tasks(user)
        if user.holds(Perm.REPORT_WRITE):
            tasks += [*work.report_tasks(user), *work.due_tasks(user)]
        context: dict[str, Any] = {}
        if writes:
            own = list(_own(user)[:200])
            rounds = open_rounds(user)
            tasks = [*work.unit_tasks(user, own, rounds), *tasks]
            context = {"counts": _counts(own), **_elsewhere(own), "may_open": bool(rounds)}
        return super().get_context_data(
            page_title=self.title,
            tasks=sorted(tasks, key=lambda task: task.due or date.max)[:MANY],
            writes=writes,
            places=_places(user),
            campaign=_campaign(user),
            leads=user.holds(Perm.FIGURES_READ),
            begins=not tasks and accounts.has_just_begun(user),
            **context,
            **kwargs,
        )


def _own(user):
    rows = Dossier.objects.visible_to(user, Perm.DOSSIER_WRITE).with_unit()
    return rows.order_by("-held_since", "-pk")


def _counts(own):
    """(number, label, address) by where the dossiers are; empty places are left out."""
    labels = dict(lists.DossierFilter.base_filters["where"].extra["choices"])
    rows = [
        (
            sum(d.state in states for d in own),
            labels[place],
            f"{reverse('dossiers:list')}?where={place}",
        )
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
        .exclude(kind=Campaign.Kind.PROGRAMME)
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
