"""The units that take part, as a list and as a workbook."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.permissions import Perm
from campaigns.lists.campaigns import ParticipantFilter, ParticipantTable
from campaigns.models import Campaign, Participation
from campaigns.views.campaigns import LIST
from core.documents import store, xlsx
from core.documents.views import made
from core.ui.views import Guarded, ListPage

COLUMNS = (
    xlsx.Column(_("Unit"), 50),
    xlsx.Column(_("Kind"), 24),
    xlsx.Column(_("Registered on"), 18),
    xlsx.Column(_("Registered by"), 30),
)


class _OfCampaign:
    """Rows of the campaign in the address, as far as the visitor reads them."""

    perm = (Perm.CAMPAIGN_READ, Perm.DOSSIER_AGGREGATE)

    def campaign(self):
        reached = Campaign.objects.for_reader(self.request.user)
        return get_object_or_404(reached, pk=self.kwargs["pk"])

    def of_campaign(self):
        rows = Participation.objects.filter(campaign=self.campaign())
        return rows.select_related("unit", "registered_by")


class ParticipantList(_OfCampaign, ListPage):
    model = Participation
    title = _("Units taking part")
    filter_class = ParticipantFilter
    table_class = ParticipantTable
    template_name = "campaigns/participation_list.html"

    def scoped(self, queryset):
        return super().scoped(self.of_campaign())

    def get_context_data(self, **kwargs):
        campaign = self.campaign()
        crumbs = [LIST, (str(campaign), campaign.get_absolute_url()), (self.title, None)]
        return super().get_context_data(campaign=campaign, crumbs=crumbs, **kwargs)


class ParticipantWorkbook(_OfCampaign, Guarded, View):
    def get(self, request, pk):
        rows = self.scoped(self.of_campaign())
        chosen = ParticipantFilter(request.GET, rows, request=request).qs
        book = xlsx.workbook(
            _("Units taking part"),
            COLUMNS,
            (
                (
                    row.unit_name,
                    row.unit.get_kind_display(),
                    row.registered_at,
                    str(row.registered_by),
                )
                for row in chosen
            ),
        )
        name = f"don-vi-{self.campaign().code}.xlsx"
        return made(book, name=name, media_type=store.XLSX)
