"""The leaders' page: three minutes, every number a link."""

from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.clock import clock
from core.ui.views import FiguresPage, FormPage, ListPage
from dashboard import figures, tasks
from dashboard.forms import ReportForm
from dashboard.lists import DossierTable, ParticipationTable

HOME = (_("Dashboard"), reverse_lazy("dashboard:overview"))


class _OfRound:
    """Pages about one round: that of the address, or the newest in reach."""

    def the_round(self):
        if not hasattr(self, "_round"):
            wanted = self.request.GET.get("round") or self.request.POST.get("round")
            fitting = [r for r in self.rounds() if not wanted or str(r.pk) == wanted]
            if wanted and not fitting:
                raise Http404
            self._round = fitting[0] if fitting else None
        return self._round

    def rounds(self):
        if not hasattr(self, "_rounds"):
            self._rounds = list(figures.rounds(self.request.user))
        return self._rounds


class Overview(_OfRound, FiguresPage):
    perm = Perm.FIGURES_READ
    template_name = "dashboard/overview.html"
    title = _("Dashboard")

    def get_context_data(self, **kwargs):
        of_round, user = self.the_round(), self.request.user
        if of_round is None:
            return super().get_context_data(round=None, **kwargs)
        table = figures.cells(user, of_round)
        counts = figures.counts(user, of_round, table)
        by_kind = figures.sent_by_kind(user, of_round)
        units = sum(total for _kind, _done, total in by_kind)
        missing = units - sum(done for _kind, done, _total in by_kind)
        standing = figures.standing(user, of_round)
        quotas = figures.quotas(user, of_round, standing)
        closes_on = of_round.last_day
        return super().get_context_data(
            page_title=of_round.campaign,
            round=of_round,
            rounds=self.rounds(),
            counts=counts,
            units=units,
            missing=missing,
            closes_on=closes_on,
            brief=figures.sentences(
                counts=counts,
                units=units,
                missing=missing,
                quotas=quotas,
                closes_on=closes_on,
                link=self.link,
            ),
            funnel=self.funnel(counts, units),
            quotas=quotas,
            nominees=figures.nominees(user, of_round, standing),
            pace=pace(figures.sent_by_day(table)),
            kinds=kinds(by_kind),
            query=f"?round={of_round.pk}",
            **kwargs,
        )

    def link(self, name):
        """Where the number of this name leads: the list that it counts."""
        return f"{reverse('dashboard:list', args=[name])}?round={self.the_round().pk}"

    def funnel(self, counts, units):
        steps = [(s.label, counts[s.name], self.link(s.name)) for s in figures.FUNNEL]
        return [(_("Units registered"), units, self.link("registered")), *steps]


def pace(days):
    """The course of sending for the chart; long stretches are thinned to some thirty points."""
    step = max(1, len(days) // 30)
    shown = days[::-step][::-1]
    return {
        "labels": [f"{day:%d/%m}" for day, _total in shown],
        "series": [(_("Sent"), [total for _day, total in shown])],
    }


def kinds(rows):
    """Per cent of the registered units that have sent, by kind of unit."""
    return {
        "labels": [kind for kind, _done, _all in rows],
        "series": [(_("Sent (%)"), [round(100 * done / total) for _kind, done, total in rows])],
    }


class NumberList(_OfRound, ListPage):
    """The rows that one number of the dashboard counts."""

    perm = Perm.FIGURES_READ
    template_name = "dashboard/number_list.html"
    units = {
        "registered": (_("Units registered"), figures.registered),
        "missing": (_("Registered units that have sent nothing"), figures.without_dossier),
    }

    def get_queryset(self):
        name, user, of_round = self.kwargs["name"], self.request.user, self.the_round()
        if of_round is None or name not in {**self.units, **figures.SELECTIONS}:
            raise Http404
        self.filterset = None
        if name in self.units:
            self.title, rows = self.units[name]
            self.table_class = ParticipationTable
            return rows(user, of_round)
        self.title, self.table_class = figures.SELECTIONS[name].label, DossierTable
        return figures.selected(user, of_round, name).with_unit()

    def get_context_data(self, **kwargs):
        crumbs = [HOME, (self.title, None)]
        return super().get_context_data(round=self.the_round(), crumbs=crumbs, **kwargs)


class AskForReport(_OfRound, FormPage):
    """Ask for the summary report of a campaign; the page leads to its progress."""

    perm = Perm.FIGURES_READ
    form_class = ReportForm
    template_name = "dashboard/report_form.html"
    title = _("Summary report")

    def get_initial(self):
        of_round = self.the_round()
        if of_round is None:
            raise Http404
        return {"round": of_round, "signed_on": clock.today(), "signer_role": "GIÁM ĐỐC"}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rounds": figures.rounds(self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[HOME, (self.title, None)], **kwargs)

    def act(self, form):
        of_round = form.cleaned_data["round"]
        job = tasks.summary_report.start(
            by=self.request.user,
            about=str(of_round.campaign),
            back_to=f"{reverse('dashboard:overview')}?round={of_round.pk}",
            round_id=of_round.pk,
            signer=form.cleaned_data["signer"],
            signer_role=form.cleaned_data["signer_role"],
            remarks=form.remarks(),
        )
        return reverse("jobs:job", args=[job.pk])
