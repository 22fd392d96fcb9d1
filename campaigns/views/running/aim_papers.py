"""What is printed of a registration of titles: a unit's list, and the receipt of a sending upward."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from awards.models import NomineeKind
from campaigns import documents
from campaigns.figures import aims as figures
from campaigns.models import AimCall, AimRollUp
from campaigns.views.running.aims import READERS, OfUnit, crumbs_of
from core.documents.views import PaperPage
from core.jobs.lists import ListPaper
from core.ui.components.marks import moment
from core.ui.views import DetailPage

PER_PAGE = 50
OF_RECEIPT = (
    "call__campaign",
    "call__block",
    "call__unit",
    "call__collector",
    "unit",
    "receiver",
    "by",
)


class AimListPaper(OfUnit, PaperPage):
    """The list of one unit, sent or being written."""

    perm = READERS
    model = AimCall

    def paper(self):
        if self.row is None:
            raise Http404
        return documents.aim_list(self.row)

    @property
    def name(self):
        return f"dang-ky-danh-hieu-{self.call.year}-{self.call.pk}-{self.unit.pk}.pdf"

    def back(self):
        return self.row.get_absolute_url()


class RollUpPage(DetailPage):
    """The receipt: number, time, digest, and what of it the visitor may read."""

    perm = READERS
    model = AimRollUp
    template_name = "campaigns/aim_roll_up.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related(*OF_RECEIPT))

    def get_context_data(self, **kwargs):
        sent = self.object
        shown = figures.shown_of(sent, self.request.user)
        kinds = dict(NomineeKind.choices)
        units = [
            {**unit, "aims": [{**aim, "kind": kinds[aim["kind"]]} for aim in unit["aims"]]}
            for unit in shown
        ]
        return super().get_context_data(
            page_title=_("Receipt %(number)s") % {"number": sent.number},
            what=[
                (_("Number"), sent.number),
                (_("Sent at"), moment(sent.at)),
                (_("Sent by"), f"{sent.by}, {sent.unit}"),
                (_("Taken in by"), sent.receiver),
                (_("Lists"), len(sent.contents)),
            ],
            in_part=len(shown) < len(sent.contents),
            page_obj=Paginator(units, PER_PAGE).get_page(self.request.GET.get("page", 1)),
            history=[],
            crumbs=crumbs_of(sent.call, (sent.number, None)),
            **kwargs,
        )


class RollUpPaper(ListPaper):
    """The receipt on paper, with what of it the visitor may read."""

    perm = READERS

    @cached_property
    def sent(self):
        rows = self.scoped(AimRollUp.objects.select_related(*OF_RECEIPT))
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def shown(self):
        return figures.shown_of(self.sent, self.request.user)

    @property
    def title(self):
        return _("Receipt %(number)s") % {"number": self.sent.number}

    def number(self):
        return sum(len(unit["aims"]) for unit in self.shown)

    def paper(self):
        return documents.aim_receipt(self.sent, self.shown)

    def file(self):
        return f"phieu-tiep-nhan-{self.sent.number}.pdf"

    def back(self):
        return self.sent.get_absolute_url()
