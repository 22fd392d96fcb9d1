"""The leaders' page: three minutes, every number a link."""

from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.clock import clock
from core.ui.views import FiguresPage
from dashboard import figures

HOME = (_("Dashboard"), reverse_lazy("dashboard:overview"))


class OfRound:
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


class Overview(OfRound, FiguresPage):
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
        nominees = figures.nominees(user, of_round)
        titles = figures.titles(self.rounds())
        whom = figures.of_whom(user, of_round)
        quotas = figures.quotas(of_round, nominees)
        return super().get_context_data(
            page_title=of_round.campaign,
            round=of_round,
            rounds=[(one, titles[one.pk]) for one in self.rounds()],
            whom=whom,
            counts=counts,
            units=units,
            missing=missing,
            over=of_round.closes_at is not None and of_round.closes_at <= clock.now(),
            brief=figures.sentences(
                counts=counts,
                units=units,
                missing=missing,
                quotas=quotas,
                closes_on=of_round.last_day,
                whole=not whom,
                link=self.link,
            ),
            funnel=self.funnel(counts, units),
            quotas=[self.places(row) for row in quotas],
            direct=figures.direct_workers(nominees),
            pace=self.pace(figures.sent_by_day(of_round, table)),
            kinds=self.kinds(by_kind),
            query=f"?round={of_round.pk}",
            **kwargs,
        )

    def link(self, name, **narrowed):
        """Where the number of this name leads: the list that it counts."""
        said = {"round": self.the_round().pk, **narrowed}
        return f"{reverse('dashboard:list', args=[name])}?{urlencode(said)}"

    def funnel(self, counts, units):
        """The steps; of a round for which no unit registered it begins with the dossiers."""
        steps = [(s.label, counts[s.name], self.link(s.name)) for s in figures.FUNNEL]
        first = [(_("Units registered"), units, self.link("registered"))]
        return [*(first if units else []), *steps]

    def places(self, row):
        """The bar of a quota: the places that decisions took, as on every page; beside it what the
        council agreed to. Who does not see all who took them gets no list of them. Of a kind without
        a quota, what was proposed stands in place of the bar."""
        narrowed = {"kind": row["kind"], "award_type": row["award_type"]}
        said = [(_("the council agreed to %(n)s"), row["agreed"], "council-agreed")]
        if row["refused"]:
            said.append((_("%(n)s not approved"), row["refused"], "turned-down"))
        links = (
            (self.link(name, **narrowed), words % {"n": number}) for words, number, name in said
        )
        sees_all = row["entered"] == row["used"]
        return {
            **row,
            "url": self.link("entered", **narrowed) if sees_all else "",
            "proposed_url": self.link("proposed", **narrowed),
            "note": format_html_join(", ", '<a href="{}">{}</a>', links),
        }

    def pace(self, days):
        """The course of sending for the chart; long stretches are thinned to some thirty points."""
        step = max(1, len(days) // 30)
        shown = days[::-step][::-1]
        totals = [total for _day, total in shown]
        return {
            "labels": [f"{day:%d/%m}" for day, _total in shown],
            "series": [(_("Sent"), totals)],
            "lists": [
                (_("Sent"), totals, [self.link("sent", until=day.isoformat()) for day, _n in shown])
            ],
        }

    def kinds(self, rows):
        """Per cent of the registered units that have sent, by kind of unit, and of how many."""
        sent = [self.link("reported", kind=kind.value) for kind, _done, _all in rows]
        registered = [self.link("registered", kind=kind.value) for kind, _done, _all in rows]
        return {
            "labels": [kind.label for kind, _done, _all in rows],
            "series": [(_("Sent (%)"), [round(100 * done / total) for _kind, done, total in rows])],
            "lists": [
                (_("Sent"), [done for _kind, done, _all in rows], sent),
                (_("Registered"), [total for _kind, _done, total in rows], registered),
            ],
        }
