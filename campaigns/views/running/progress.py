"""Results are looked at: the province in one period or in a run of them, each target its units."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import Unit
from accounts.permissions import Perm
from accounts.rules import AS_TODAY, AS_WAS
from campaigns import documents
from campaigns.figures import results as figures
from campaigns.figures import runs, years
from campaigns.lists.results import UnitFilter, UnitResultFilter, UnitResultTable
from campaigns.models import Campaign, Target, TargetResult
from campaigns.rules import gathering, periods
from campaigns.views.links import WATCHERS
from campaigns.views.running.collecting import crumbs
from campaigns.views.running.turning import (
    chosen_from,
    entry_url,
    heads_of,
    over_time,
    period_of,
    pills_of,
    shown_in,
    turns_of,
    way_of,
    ways_of,
)
from core.clock import clock
from core.documents import store
from core.documents.views import made
from core.text import whole
from core.ui.views import DetailPage, Guarded, ListPage


def _query(**said):
    return "?" + urlencode({name: value for name, value in said.items() if value})


class _Turned:
    """The period and the run that the address asks for."""

    @cached_property
    def period(self):
        return period_of(self.request.GET.get("ky", ""), clock.today())

    @cached_property
    def way(self):
        return way_of(self.request.GET.get("theo", ""))


class _OfUnits(_Turned):
    """The whole, or the unit of the address; it must lie below the campaign."""

    def unit_of(self, campaign):
        asked = self.request.GET.get("don-vi", "")
        if not asked:
            return campaign.unit
        below = Unit.objects.filter(path__startswith=campaign.unit.path)
        return get_object_or_404(below, pk=whole(asked))


class ResultsPage(_OfUnits, DetailPage):
    """All targets of a campaign: one period of the province, or a run of periods of it or of
    one unit. Queries do not grow with the units."""

    perm = WATCHERS
    model = Campaign

    def get_template_names(self):
        return ["campaigns/results_over.html" if self.way else "campaigns/results.html"]

    def scoped(self, queryset):
        return super().scoped(queryset.select_related("unit", "steward"))

    def get_context_data(self, **kwargs):
        campaign, period = self.object, self.period
        kwargs |= self._run(campaign) if self.way else self._one(campaign)
        return super().get_context_data(
            page_title=_("Results of the targets"),
            campaign=campaign,
            period=period,
            enter_url=self._enter_url(campaign),
            export_url=reverse("campaigns:results_xlsx", args=[campaign.pk]),
            export_query=self.request.GET.urlencode(),
            history=[],
            crumbs=crumbs(campaign, _("Results of the targets")),
            **kwargs,
        )

    def _one(self, campaign):
        period, today = self.period, clock.today()
        before = periods.beside(period, -1)
        lines = figures.lines(campaign, period.key, before.key)
        return {
            "ways": ways_of("", lambda code: _query(ky=period.key, theo=code)),
            "pills": pills_of(period, today, lambda key: _query(ky=key)),
            "turns": turns_of(period, today, lambda key: _query(ky=key)),
            "lines": lines,
            "before": before,
            "longer": len(gathering.within(period.key)) > 1,
            "units": figures.units_reporting(campaign),
            "counts": _counts(lines),
        }

    def _run(self, campaign):
        period, unit = self.period, self.unit_of(campaign)
        asked = "" if unit == campaign.unit else unit.pk
        year = periods.read(str(period.first.year))
        same = {"don-vi": asked}

        def turned(key, pk=asked):
            return _query(ky=key, theo=self.way, **{"don-vi": pk})

        return {
            "unit": unit,
            "whole": not asked,
            "whole_url": turned(period.key, ""),
            "year": year,
            **chosen_from(campaign, unit, self.request, lambda pk: turned(period.key, pk)),
            "over": over_time(campaign, unit, period, self.way),
            "ways": ways_of(
                self.way, lambda code: _query(ky=period.key, theo=code, **(same if code else {}))
            ),
            "turns": turns_of(year, clock.today(), turned),
        }

    def _enter_url(self, campaign):
        user = self.request.user
        may = user.can(Perm.REPORT_COLLECT, campaign) or user.can(Perm.CAMPAIGN_PLAN, campaign)
        return entry_url(campaign, campaign.unit_id, self.period.key) if may else ""


def _counts(lines):
    return {
        "met": sum(line.progress.met is True for line in lines),
        "open": sum(line.progress.met is False for line in lines),
        "missing": sum(line.missing for line in lines),
        "all": len(lines),
    }


class ResultsWorkbook(_OfUnits, Guarded, View):
    """What the page of results shows, as a workbook."""

    perm = WATCHERS

    def get(self, request, pk):
        rows = self.scoped(Campaign.objects.select_related("unit"))
        campaign = get_object_or_404(rows, pk=pk)
        if self.way:
            unit, found = self.unit_of(campaign), shown_in(self.way, self.period)
            content = documents.results_over(
                runs.of_unit(campaign, unit, [each.key for each in found]), found, unit
            )
        else:
            content = documents.results_of(
                figures.lines(campaign, self.period.key),
                self.period,
                units=figures.units_reporting(campaign),
            )
        name = f"ket-qua-{campaign.code}-{self.way or self.period.key}.xlsx"
        return made(content, name=name, media_type=store.XLSX)


class _OfTarget(_Turned):
    """One target of a campaign that the visitor looks after."""

    @cached_property
    def target(self):
        reached = Campaign.objects.visible_to(self.request.user, *self.perms)
        rows = Target.objects.filter(campaign__in=reached).select_related("campaign__unit")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def address(self, code, key):
        """Of this target: one period, or a run."""
        name = "campaigns:target_run" if code else "campaigns:target"
        return reverse(name, args=[self.target.pk]) + _query(ky=key, theo=code)

    def around(self):
        """What both pages of a target show above their table."""
        target, period = self.target, self.period
        return {
            "target": target,
            "goal": figures.goal_of(target),
            "period": period,
            "page_title": target.name,
            "ways": ways_of(self.way, lambda code: self.address(code, period.key)),
            "crumbs": crumbs(target.campaign, target.code),
        }


class TargetPage(_OfTarget, ListPage):
    """One target: what each unit says of it in a period."""

    perm = WATCHERS
    model = TargetResult
    filter_class = UnitResultFilter
    table_class = UnitResultTable
    template_name = "campaigns/target_detail.html"
    way = ""

    def scoped(self, queryset):
        return figures.of_units(self.target, self.period.key)

    def get_context_data(self, **kwargs):
        period, today = self.period, clock.today()
        units = figures.units_reporting(self.target.campaign)
        return super().get_context_data(
            pills=pills_of(period, today, lambda key: _query(ky=key)),
            turns=turns_of(period, today, lambda key: _query(ky=key)),
            units=units,
            reported=figures.of_units(self.target, period.key).count(),
            **self.around(),
            **kwargs,
        )


class TargetRun(_OfTarget, ListPage):
    """One target over a run of periods: the whole, then unit by unit."""

    perm = WATCHERS
    model = Unit
    filter_class = UnitFilter
    template_name = "campaigns/target_run.html"

    @cached_property
    def way(self):
        return way_of(self.request.GET.get("theo", "")) or "thang"

    @cached_property
    def shown(self):
        return shown_in(self.way, self.period)

    @property
    def keys(self):
        return [each.key for each in self.shown]

    @cached_property
    def how(self):
        return years.chosen(self.request.GET.get("so-sanh", ""))

    @cached_property
    def compared(self):
        return years.Table(self.target, self.keys, self.how, clock.today())

    def scoped(self, queryset):
        return self.compared.units()

    def get_context_data(self, **kwargs):
        target, year = self.target, periods.read(str(self.period.first.year))
        found = super().get_context_data(**self.around(), **kwargs)
        whole = runs.of_units(target, [target.campaign.unit], self.keys)[0]
        return found | {
            "year": year,
            "heads": heads_of(self.shown),
            "whole": whole,
            "rows": self.compared.rows(found["page_obj"]),
            "compared": years.compared(self.how, self.compared_url),
            "gathers": gathering.said_of(target),
            "as_today": self.how == AS_TODAY,
            "sums": runs.sums_of(target, self.keys),
            "series": runs.drawn(whole),
            "labels": [head for head, _words in heads_of(self.shown)],
            "turns": turns_of(year, clock.today(), self.turned),
            "way": self.way,
            "export_url": reverse("campaigns:target_xlsx", args=[target.pk]),
            "export_query": self.request.GET.urlencode(),
        }

    def turned(self, key):
        how = "" if self.how == AS_WAS else self.how
        return self.address(self.way, key) + (f"&so-sanh={how}" if how else "")

    def compared_url(self, how):
        said = "" if how == AS_WAS else how
        return _query(**{"ky": self.period.key, "theo": self.way, "so-sanh": said})


class TargetWorkbook(_OfTarget, Guarded, View):
    """One target over a run of periods, all its units."""

    perm = WATCHERS

    def get(self, request, pk):
        found = shown_in(self.way or "thang", self.period)
        keys, target = [each.key for each in found], self.target
        whole = runs.of_units(target, [target.campaign.unit], keys)
        how = years.chosen(request.GET.get("so-sanh", ""))
        table = years.Table(target, keys, how, clock.today())
        chosen = UnitFilter(request.GET, table.units(), request=request).qs
        rows = [*whole, *table.rows(chosen)]
        content = documents.units_over(rows, found, target)
        return made(content, name=f"{target.code}-theo-ky.xlsx", media_type=store.XLSX)
