"""The locker of a unit: its evidence, where each piece is used, and putting it to a criterion."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns import services
from campaigns.forms.blocks import PressForm
from campaigns.forms.evidence import EvidenceForm, UseForm
from campaigns.lists.evidence import EvidenceFilter, EvidenceTable, said_times
from campaigns.models import Evidence, EvidenceUse, ScoreSheet
from campaigns.rules import advice, scorers
from campaigns.views.scoring.blocks import crumbs_of
from campaigns.views.scoring.sheets import READERS, SheetForm
from core.documents.views import DownloadPage, PartsPage
from core.ui.views import DetailPage, FormPage, ListPage

LIST = (gettext_lazy("Locker of evidence"), reverse_lazy("campaigns:evidence"))


def own_unit(user):
    """The unit in whose name somebody keeps evidence: the first where they write."""
    paths = set(user.reach(Perm.SHEET_WRITE))
    for held in user.current_memberships():
        if held.unit.path in paths:
            return held.unit
    raise Http404


class EvidenceList(ListPage):
    perm = Perm.SHEET_WRITE
    model = Evidence
    title = LIST[0]
    filter_class = EvidenceFilter
    table_class = EvidenceTable
    template_name = "campaigns/evidence_list.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("file").annotate(times=Count("uses"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[(LIST[0], None)], **kwargs)


class EvidencePage(DetailPage):
    perm = Perm.SHEET_READ
    model = Evidence
    template_name = "campaigns/evidence_detail.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("file", "by", "unit")

    def get_context_data(self, **kwargs):
        uses = self.object.uses.select_related("criterion", "sheet__block").order_by("-sheet")
        listed = list(uses)
        writes = self.request.user.can(Perm.SHEET_WRITE, self.object)
        return super().get_context_data(
            page_title=self.object.title,
            uses=listed,
            times=said_times(len(listed)),
            may_remove=writes and not listed,
            crumbs=[LIST, (self.object.title, None)],
            **kwargs,
        )


class EvidenceFile(DownloadPage):
    perm = Perm.SHEET_READ
    model = Evidence

    def document_of(self, obj):
        return obj.file


class NewEvidence(FormPage):
    perm = Perm.SHEET_WRITE
    form_class = EvidenceForm
    title = gettext_lazy("Add evidence")
    message = gettext_lazy("The evidence is in the locker.")
    template_name = "campaigns/evidence_form.html"

    def get_form_kwargs(self):
        unit, parts = own_unit(self.request.user), reverse("campaigns:evidence_parts")
        return {**super().get_form_kwargs(), "unit": unit, "parts": parts}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def act(self, form):
        user = self.request.user
        kept = services.keep_evidence(unit=own_unit(user), actor=user, **form.values())
        return reverse("campaigns:evidence_page", args=[kept.pk])


class EvidenceParts(PartsPage):
    """A large file for the locker, in parts."""

    perm = Perm.SHEET_WRITE

    def unit(self):
        return own_unit(self.request.user)


class UseParts(PartsPage):
    """A large file for a sheet's evidence, in parts: it is the unit's of the sheet."""

    perm = Perm.SHEET_WRITE

    def unit(self):
        rows = self.scoped(ScoreSheet.objects.select_related("unit"))
        return get_object_or_404(rows, pk=self.kwargs["pk"]).unit


class RemoveEvidence(FormPage):
    perm = Perm.SHEET_WRITE
    model = Evidence
    form_class = PressForm
    title = gettext_lazy("Take evidence out of the locker")
    message = gettext_lazy("The evidence is out of the locker.")
    template_name = "campaigns/evidence_form.html"

    def get(self, request, *args, **kwargs):
        return redirect("campaigns:evidence_page", pk=self.target().pk)

    def act(self, form):
        services.remove_evidence(evidence=self.target(), actor=self.request.user)
        return reverse("campaigns:evidence")


class UseEvidence(SheetForm):
    """Evidence for one criterion of a sheet."""

    perm = Perm.SHEET_WRITE
    form_class = UseForm
    title = gettext_lazy("Evidence for a criterion")
    message = gettext_lazy("The evidence stands at the criterion.")
    template_name = "campaigns/evidence_use.html"

    def get_form_kwargs(self):
        unit = self.target().unit
        mine = Evidence.objects.filter(unit=unit)
        parts = reverse("campaigns:use_parts", args=[self.target().pk])
        return {**super().get_form_kwargs(), "unit": unit, "parts": parts, "evidence": mine}

    def get_context_data(self, **kwargs):
        sheet = self.target()
        return super().get_context_data(
            sheet=sheet,
            criterion=self.criterion,
            back=self.back(),
            crumbs=crumbs_of(
                sheet.block,
                (sheet.unit_name, sheet.get_absolute_url()),
                (self.criterion.code, None),
            ),
            **kwargs,
        )

    def back(self):
        return f"{self.target().get_absolute_url()}#c{self.criterion.pk}"

    def act(self, form):
        sheet, user = self.target(), self.request.user
        chosen = form.cleaned_data["evidence"] or services.keep_evidence(
            unit=sheet.unit, actor=user, **form.values()
        )
        services.use_evidence(
            sheet=sheet,
            criterion=self.criterion,
            evidence=chosen,
            page=form.cleaned_data["page"],
            quote=form.cleaned_data["quote"],
            actor=user,
        )
        return self.back()


class DropUse(FormPage):
    """The button that takes evidence from a criterion."""

    perm = Perm.SHEET_WRITE
    model = EvidenceUse
    form_class = PressForm
    title = gettext_lazy("Take evidence from a criterion")
    message = gettext_lazy("Taken from this criterion; it stays in the locker.")
    template_name = "campaigns/evidence_form.html"

    def scoped(self, queryset):
        return _of_sheets(queryset, self.request.user, self.perms)

    def get(self, request, *args, **kwargs):
        return redirect(self.target().sheet.get_absolute_url())

    def act(self, form):
        use = self.target()
        address = f"{use.sheet.get_absolute_url()}#c{use.criterion_id}"
        services.drop_use(use=use, actor=self.request.user)
        return address


class UseFile(DownloadPage):
    """The file of evidence, for whoever reads or scores the sheet in which it is used, or is
    asked about the criterion."""

    perm = (*READERS, Perm.SHEET_PEER, Perm.SHEET_ADVISE)
    model = EvidenceUse

    def scoped(self, queryset):
        user = self.request.user
        mine = ScoreSheet.objects.visible_to(user, *READERS)
        scored = scorers.to_score(user).values("pk")
        rows = queryset.select_related("evidence__file")
        asked = Q(
            sheet__in=advice.sheets_for(user).filter(state__in=advice.OPEN),
            criterion__in=advice.criteria_for(user),
        )
        return rows.filter(Q(sheet__in=mine) | Q(sheet__in=scored) | asked)

    def document_of(self, obj):
        return obj.evidence.file


def _of_sheets(queryset, user, perms):
    """Uses in the sheets that somebody reaches."""
    rows = queryset.select_related("sheet__unit", "sheet__block", "criterion", "evidence__file")
    return rows.filter(sheet__in=ScoreSheet.objects.visible_to(user, *perms))
