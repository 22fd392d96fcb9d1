"""A later edition of the criteria for a block that is scoring: who is affected, then the act."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext

from campaigns import services
from campaigns.forms.blocks import PressForm
from campaigns.rules import editions as rules
from campaigns.views.scoring.blocks import OfBlock


class AdoptEdition(OfBlock):
    """Criteria that change, sheets that go over, sheets that stay."""

    form_class = PressForm
    title = gettext_lazy("Score by a later edition of the criteria")
    verb = gettext_lazy("Let the sheets go over")
    template_name = "campaigns/block_edition.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("criteria_set")

    @cached_property
    def edition(self):
        found = rules.edition_for(self.target())
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        block = self.target()
        difference = rules.compare(block.criteria_set.criteria.all(), self.edition.criteria.all())
        moving = rules.affected(rules.sheets_to_move(block), difference)
        stays = block.sheets.exclude(pk__in=[each.sheet.pk for each in moving])
        return super().get_context_data(
            edition=self.edition,
            difference=difference,
            moving=moving,
            stays=stays.order_by("unit_name"),
            missing=list(rules.missing_to_adopt(block, self.edition)),
            **kwargs,
        )

    def act(self, form):
        moved = services.adopt_edition(
            block=self.target(), edition=self.edition, actor=self.request.user
        )
        text = ngettext(
            "%(number)s sheet goes on with the later edition.",
            "%(number)s sheets go on with the later edition.",
            len(moved),
        )
        self.message = text % {"number": len(moved)}
        return self.target().get_absolute_url()
