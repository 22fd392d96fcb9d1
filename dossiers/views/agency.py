"""The standing agency: what came in, put on the list in bulk, sent back with defects."""

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from core.text import whole
from core.ui.views import FormPage, ListPage
from dossiers.forms.appraisal import BulkForm, ReturnForm
from dossiers.models import Defect, Dossier
from dossiers.rules import parts
from dossiers.services import appraising
from dossiers.views.lists import IncomingFilter, IncomingTable

STEP = "aggregate"


class Incoming(ListPage):
    """Dossiers of the campaigns that the visitor's agency keeps."""

    perm = Perm.DOSSIER_AGGREGATE
    model = Dossier
    filter_class = IncomingFilter
    table_class = IncomingTable
    template_name = "dossiers/incoming_list.html"
    extra_context = {"page_title": gettext_lazy("Dossiers that came in")}

    def scoped(self, queryset):
        return (
            super().scoped(queryset).sent().in_lines().with_sendings().order_by("held_since", "pk")
        )

    def get_context_data(self, **kwargs):
        nothing = {
            "title": _("No dossier waits here"),
            "text": _("Units send their dossiers in the campaigns that your agency keeps."),
        }
        return super().get_context_data(nothing=nothing, **kwargs)


class ListUp(FormPage):
    """Who goes on the list and who does not, and why; then all who can, in one transaction."""

    perm = Perm.DOSSIER_AGGREGATE
    model = Dossier
    form_class = BulkForm
    template_name = "dossiers/incoming_list_up.html"

    @cached_property
    def chosen(self):
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        pks = [whole(pk) or 0 for pk in data.getlist("row")]
        rows = self.scoped(Dossier.objects.all()).sent().with_unit()
        return list(rows.filter(pk__in=pks).order_by("number"))

    def get_form_kwargs(self):
        pks = [dossier.pk for dossier in self.chosen]
        return {**super().get_form_kwargs(), "pks": pks, "initial": {"row": pks}}

    def get_context_data(self, **kwargs):
        found = appraising.who_goes(dossiers=self.chosen, step=STEP, actor=self.request.user)
        title = _("Put on the list, forward to Home Affairs")
        crumbs = [(_("Dossiers that came in"), reverse("dossiers:incoming")), (title, None)]
        return super().get_context_data(
            page_title=title, crumbs=crumbs, found=found, chosen=self.chosen, **kwargs
        )

    def act(self, form):
        done = appraising.take_step(dossiers=self.chosen, step=STEP, actor=self.request.user)
        number = len(done.ready)
        text = ngettext("%d dossier is on the list.", "%d dossiers are on the list.", number)
        messages.success(self.request, text % number)
        for dossier, why in done.refused:
            text = _("%(dossier)s stays: %(why)s")
            messages.warning(self.request, text % {"dossier": dossier, "why": why})
        return reverse("dossiers:incoming")


class ReturnPage(FormPage):
    """Every defect at once, each on its part; the unit can mend only these."""

    perm = (Perm.DOSSIER_APPRAISE, Perm.DOSSIER_AGGREGATE)
    model = Dossier
    form_class = ReturnForm
    template_name = "dossiers/dossier_return.html"
    message = gettext_lazy("The dossier is back with its unit.")

    @cached_property
    def part_names(self):
        return parts.part_names(self.target())

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["choices"] = list(self.part_names.items())
        kwargs["initial"] = {"version": self.target().version}
        return kwargs

    def get_context_data(self, **kwargs):
        dossier = self.target()
        title = _("Return for supplement")
        crumbs = [(str(dossier), dossier.get_absolute_url()), (title, None)]
        step = appraising.step_of_return(dossier, self.request.user)
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            page_title=title,
            crumbs=crumbs,
            dossier=dossier,
            possible=bool(step),
            formsets=[kwargs["form"].rows],
            reasons=self.usual_reasons(),
            **kwargs,
        )

    def usual_reasons(self):
        """What was written most lately in this campaign, offered while one types."""
        texts = Defect.objects.filter(dossier__campaign=self.target().campaign_id)
        latest = texts.order_by("-pk").values_list("text", flat=True)[:200]
        return list(dict.fromkeys(latest))[:20]

    def act(self, form):
        appraising.return_to_unit(
            dossier=self.target(),
            note=form.cleaned_data["note"],
            defects=form.defects(),
            version=form.cleaned_data["version"],
            actor=self.request.user,
        )
        agency = not self.request.user.reach(Perm.DOSSIER_APPRAISE)
        return reverse("dossiers:incoming" if agency else "dossiers:queue")
