"""Before and after sending: the dry run, and the receipt that can always be found again."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core.documents.views import DownloadPage
from core.ui.components.marks import moment
from core.ui.views import DetailPage
from dossiers.models import Dossier, Submission
from dossiers.rules import holding
from dossiers.views.reading import Reading, returned
from dossiers.views.unit import READERS
from dossiers.workflow import DOSSIER


class PreviewPage(DetailPage):
    """What will be locked, who gets it, what still warns; then the step itself."""

    perm = (Perm.DOSSIER_WRITE, Perm.DOSSIER_SUBMIT)
    model = Dossier
    workflow = DOSSIER
    template_name = "dossiers/dossier_preview.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .filter(state__in=Dossier.BEFORE_SENDING)
            .select_related("unit", "round__award_type", "campaign__steward", "officer")
        )

    def get_context_data(self, **kwargs):
        dossier = self.object
        reading = Reading(dossier, self.request.user)
        return super().get_context_data(
            reading=reading,
            offers=[reading.forward] if reading.forward else [],
            why=reading.why,
            history=[],
            dossier=dossier,
            **returned(dossier),
            what=[
                (_("Nominees"), reading.counted),
                (_("Files"), len(reading.papers)),
                (_("Who gets it"), self._receiver(reading)),
            ],
            page_title=_("Before you send"),
            crumbs=[
                (_("Dossiers"), reverse("dossiers:list")),
                (str(dossier), dossier.get_absolute_url()),
                (_("Before you send"), None),
            ],
            **kwargs,
        )

    def _receiver(self, reading):
        """The head first; from the head it goes to the agency."""
        agency = holding.receiver(self.object)
        if reading.forward and reading.forward.step.name == "to_head":
            return _("the head of the unit, then %(agency)s") % {"agency": agency}
        return agency


class ReceiptPage(DetailPage):
    """Number, time, sha256 and what was in it, as it was sent."""

    perm = READERS
    model = Submission
    template_name = "dossiers/receipt.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("dossier__campaign", "dossier__round", "dossier__unit", "by", "receipt")
        )

    def get_context_data(self, **kwargs):
        sent = self.object
        return super().get_context_data(
            dossier=sent.dossier,
            what=[
                (_("Number"), sent.number),
                (_("Sent at"), moment(sent.at)),
                (_("Sent by"), sent.by),
                (_("Dossier"), sent.dossier),
                (_("Unit"), sent.dossier.unit_name),
            ],
            all_sendings=sent.dossier.submissions.all(),
            page_title=_("Receipt %(number)s") % {"number": sent.number},
            crumbs=[
                (_("Dossiers"), reverse("dossiers:list")),
                (str(sent.dossier), sent.dossier.get_absolute_url()),
                (_("Receipt"), None),
            ],
            **kwargs,
        )


class ReceiptFile(DownloadPage):
    perm = READERS
    model = Submission

    def document_of(self, obj):
        return obj.receipt
