"""The summary report is asked for on a page and made by a job."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.clock import clock
from core.ui.views import FormPage
from dashboard import documents, figures, tasks
from dashboard.forms import ReportForm, usual_signing
from dashboard.views.overview import HOME, OfRound


class AskForReport(OfRound, FormPage):
    """Ask for the summary report of a campaign; the page leads to its progress."""

    perm = Perm.FIGURES_READ
    form_class = ReportForm
    template_name = "dashboard/report_form.html"
    title = _("Summary report")

    def get_initial(self):
        of_round = self.the_round()
        if of_round is None:
            raise Http404
        body = documents.body_of(self.request.user, of_round.campaign.unit)
        return {"round": of_round, "signed_on": clock.today(), **usual_signing(body)}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rounds": figures.rounds(self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[HOME, (self.title, None)], **kwargs)

    def act(self, form):
        of_round = form.cleaned_data["round"]
        job = tasks.summary_report.start(
            by=self.request.user,
            about=str(of_round.campaign),
            back_to=f"{reverse('dashboard:overview')}?round={of_round.pk}",
            round_id=of_round.pk,
            signing=form.signing(),
            remarks=form.remarks(),
        )
        return reverse("jobs:job", args=[job.pk])
