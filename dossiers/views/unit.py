"""A unit's dossiers: the list, one dossier with its steps, opening another."""

from datetime import timedelta

from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import Unit
from accounts.permissions import Perm
from awards.models import NomineeKind
from campaigns.models import AwardRound
from core.clock import clock
from core.findings import blocking
from core.jobs.lists import ListWorkbook
from core.text import whole
from core.ui.views import DetailPage, FormPage, Guarded, ListPage, StepView
from dossiers import lists
from dossiers.forms.preparing import OpenForm
from dossiers.models import Dossier, Submission
from dossiers.rules import holding, submission
from dossiers.services import preparing, removing
from dossiers.views import desk
from dossiers.views.reading import Reading, history_of, returned
from dossiers.workflow import DOSSIER

READERS = (Perm.DOSSIER_READ, Perm.DOSSIER_AGGREGATE)


class DossierList(ListPage):
    """Every dossier in reach, by state, round and words; who holds it since when."""

    perm = READERS
    model = Dossier
    filter_class = lists.DossierFilter
    table_class = lists.DossierTable
    title = gettext_lazy("Dossiers")

    def get_queryset(self):
        return super().get_queryset().in_lines()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(page_title=self.title, **kwargs)
        shown = [row.record for row in context["table"].page.object_list]
        names = holding.holders(shown)
        for dossier in shown:
            dossier.holder = names[dossier.pk]
        may_open = self.request.user.holds(Perm.DOSSIER_WRITE)
        return context | {"may_open": may_open, "nothing": self._nothing(may_open)}

    def _nothing(self, may_open):
        """What an empty list says: nothing found, or nothing there yet."""
        if self.filterset.form.changed_data:
            return {
                "title": _("No dossier fits these words and filters"),
                "url": self.filterset.clear(),
                "verb": _("Drop all filters"),
            }
        return {
            "title": _("There is no dossier yet"),
            "text": _(
                "A dossier is opened for a round of a campaign; several people may write in it."
            ),
            "url": reverse("dossiers:rounds") if may_open else "",
            "verb": _("Open a dossier") if may_open else "",
        }


class DossierSheet(ListWorkbook):
    """The list as filtered, as a workbook."""

    perm = READERS
    title = gettext_lazy("Dossiers")
    name = "ho-so"
    columns = lists.COLUMNS

    def found(self):
        rows = self.scoped(Dossier.objects.all())
        return lists.DossierFilter(self.request.GET, rows, request=self.request).qs.with_unit()

    def cells(self, rows):
        return lists.rows(rows)


class Rounds(Guarded, TemplateView):
    """Rounds for which this person's units may open a dossier now."""

    perm = Perm.DOSSIER_WRITE
    template_name = "dossiers/rounds.html"

    def get_context_data(self, **kwargs):
        now = [(each, last_day(each)) for each in open_rounds(self.request.user)]
        crumbs = [(_("Dossiers"), reverse("dossiers:list")), (_("New dossier"), None)]
        return super().get_context_data(
            page_title=_("For which round?"), crumbs=crumbs, rounds=now, **kwargs
        )


class OpenPage(FormPage):
    """One press opens a dossier; whoever writes for several units says for which."""

    perm = Perm.DOSSIER_WRITE
    model = AwardRound
    form_class = OpenForm
    template_name = "dossiers/dossier_open.html"

    def get_form_kwargs(self):
        units = Unit.objects.visible_to(self.request.user, *self.perms).standing(clock.today())
        kwargs = super().get_form_kwargs() | {"units": units}
        kwargs["initial"] = {**kwargs["initial"], "unit": _own_unit(self.request.user, units)}
        return kwargs

    def get_context_data(self, **kwargs):
        chosen = self.target()
        crumbs = [(_("Dossiers"), reverse("dossiers:list")), (_("New dossier"), None)]
        return super().get_context_data(
            page_title=_("Open a dossier"),
            crumbs=crumbs,
            round=chosen,
            closed=_closed(chosen),
            others=Dossier.objects.visible_to(self.request.user, *self.perms)
            .filter(round=chosen)
            .with_unit()[:5],
            **kwargs,
        )

    def act(self, form):
        dossier = preparing.open_dossier(
            round=self.target(), unit=form.cleaned_data["unit"], actor=self.request.user
        )
        return dossier.get_absolute_url()


class DossierPage(DetailPage):
    """One dossier: what is missing, who is proposed, what is attached, what comes next."""

    perm = READERS
    model = Dossier
    workflow = DOSSIER

    def get_queryset(self):
        last = Submission.objects.filter(dossier=OuterRef("pk")).order_by("-ordinal")
        return (
            super()
            .get_queryset()
            .select_related("unit", "round__award_type", "campaign__steward", "officer")
            .annotate(
                sendings=Count("submissions", distinct=True),
                receipt=Subquery(last.values("pk")[:1]),
            )
        )

    def get_context_data(self, **kwargs):
        dossier = self.object
        reading = Reading(dossier, self.request.user)
        return super().get_context_data(
            reading=reading,
            history=history_of(dossier, reading.nominations, self.request.user),
            rows=reading.rows(),
            groups=reading.groups(),
            general_open=reading.opens("general"),
            general=reading.general(),
            counted=reading.counted,
            offers=reading.offers,
            forward=reading.forward,
            other_offers=reading.others,
            why=reading.why,
            kinds=NomineeKind.choices,
            may_add=reading.opens("nominees"),
            **returned(dossier, writes=reading.writes),
            closes_on=last_day(dossier.round),
            holder=holding.holder(dossier),
            desk=desk.links(dossier, self.request.user),
            removed=self._removed(),
            page_title=_("Proposal of %(award)s, %(round)s")
            % {"award": dossier.round.award_type.name, "round": dossier.round},
            crumbs=[(_("Dossiers"), reverse("dossiers:list")), (str(dossier), None)],
            **kwargs,
        )

    def _removed(self):
        key = whole(self.request.GET.get("removed"))
        if key is None:
            return None
        return removing.removed_by(self.request.user, self.object).filter(pk=key).first()


class DossierStep(StepView):
    model = Dossier
    workflow = DOSSIER


def _closed(of_round):
    trial = Dossier(campaign=of_round.campaign, round=of_round)
    return blocking(submission.round_takes(trial))


def last_day(of_round):
    """The last day on which the round takes dossiers."""
    if of_round.closes_at is None:
        return None
    return localtime(of_round.closes_at - timedelta(seconds=1)).date()


def _own_unit(user, units):
    home = user.home_unit_id
    return next((unit for unit in units if unit.pk == home), units.first())


def open_rounds(user):
    """Rounds that take dossiers now and are open to this person's units."""
    rounds = AwardRound.objects.visible_to(user, Perm.DOSSIER_WRITE).select_related(
        "campaign", "award_type"
    )
    return [each for each in rounds if not _closed(each)]


def dossier_of(request, pk, *perms):
    """The dossier of an address in this visitor's reach, with what every page names; else 404."""
    rows = Dossier.objects.visible_to(request.user, *perms)
    return get_object_or_404(
        rows.select_related("unit", "round__award_type", "campaign__steward", "officer"), pk=pk
    )
