"""The register: every award, found again and shown."""

from accounts.permissions import Perm
from awards.models import Award
from core.ui.views import DetailPage


class AwardPage(DetailPage):
    perm = Perm.AWARD_READ
    model = Award
    template_name = "awards/award_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_title=str(self.object), **kwargs)
