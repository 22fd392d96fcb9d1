"""Late permits: the officer's list with a form, and taking one back."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.forms.reports import NoteForm, PermitForm
from campaigns.models import Campaign, LatePermit, PeriodicReport
from campaigns.models.report import in_words
from campaigns.services import permits as services
from campaigns.views.running.collecting import crumbs
from core.clock import clock
from core.ui.views import FormPage


class PermitPage(FormPage):
    """Those that were given in this campaign, and a form for a new one."""

    perm = Perm.PERMIT_GIVE
    model = Campaign
    form_class = PermitForm
    template_name = "campaigns/permits.html"
    title = gettext_lazy("Late permits")

    def scoped(self, queryset):
        agency = Q(pk__in=queryset.visible_to(self.request.user, Perm.REPORT_COLLECT).values("pk"))
        own = Q(pk__in=queryset.visible_to(self.request.user, Perm.CAMPAIGN_PLAN).values("pk"))
        return queryset.filter(agency | own)

    def subjects(self):
        """Rounds of which the visitor is in charge, and periods in which reports are owed."""
        campaign, user = self.target(), self.request.user
        rows = PeriodicReport.objects.visible_to(user, Perm.PERMIT_GIVE)
        rows = rows.filter(duty__campaign=campaign, due_at__isnull=False)
        duties = campaign.duties.in_bulk()
        pairs = sorted(rows.order_by().values_list("duty", "period").distinct(), reverse=True)
        found = [
            (f"duty:{duty}:{period}", f"{_('Report')}: {in_words(period)} ({duties[duty]})")
            for duty, period in pairs
        ]
        if user.can(Perm.PERMIT_GIVE, campaign):
            found += [(f"round:{row.pk}", str(row)) for row in campaign.rounds.all()]
        return found

    def get_form_kwargs(self):
        units = Unit.objects.filter(participations__campaign=self.target())
        owing = Unit.objects.filter(periodic_reports__duty__campaign=self.target())
        return super().get_form_kwargs() | {
            "units": (units | owing).distinct().order_by("path"),
            "subjects": self.subjects(),
        }

    def get_initial(self):
        asked = self.request.GET
        return {"unit": asked.get("unit"), "subject": asked.get("subject")}

    def get_context_data(self, **kwargs):
        campaign, now = self.target(), clock.now()
        rows = LatePermit.objects.filter(campaign=campaign).select_related(
            "unit", "duty", "round", "given_by", "withdrawn_by"
        )
        return super().get_context_data(
            campaign=campaign,
            permits=[
                (row, row.withdrawn_at is None and row.until > now)
                for row in rows.visible_to(self.request.user, Perm.PERMIT_GIVE)
            ],
            crumbs=crumbs(campaign, self.title),
            **kwargs,
        )

    def act(self, form):
        campaign = self.target()
        kind, key, *rest = form.cleaned_data["subject"].split(":")
        subject = {"round": campaign.rounds.get(pk=key)} if kind == "round" else {}
        if kind == "duty":
            subject = {"duty": campaign.duties.get(pk=key), "period": rest[0]}
        services.give(
            campaign=campaign,
            unit=form.cleaned_data["unit"],
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            **subject,
        )
        self.message = _("The late permit is given; the unit has been told.")
        return self.request.path


class PermitWithdraw(FormPage):
    perm = Perm.PERMIT_GIVE
    model = LatePermit
    form_class = NoteForm
    template_name = "campaigns/registration_form.html"
    title = gettext_lazy("Withdraw the late permit")
    message = gettext_lazy("The late permit is withdrawn.")

    def get_context_data(self, **kwargs):
        campaign = self.target().campaign
        return super().get_context_data(
            campaign=campaign, crumbs=crumbs(campaign, self.title), **kwargs
        )

    def act(self, form):
        permit = services.withdraw(
            permit=self.target(), actor=self.request.user, note=form.cleaned_data["note"]
        )
        return reverse("campaigns:permits", args=[permit.campaign_id])
