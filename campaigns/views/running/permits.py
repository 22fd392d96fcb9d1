"""Late permits: the list of whoever gives them with a form, and taking one back."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.forms.reports import NoteForm, PermitForm, UnitPermitForm
from campaigns.models import AimCall, Campaign, LatePermit, PeriodicReport
from campaigns.models.report import in_words
from campaigns.services import permits as services
from campaigns.views.running.aims import RELATED as OF_CALL
from campaigns.views.running.aims import crumbs_of
from campaigns.views.running.collecting import crumbs
from core.clock import clock
from core.ui.views import FormPage

SAID_OF = ("unit", "duty", "round", "call__campaign", "call__block", "given_by", "withdrawn_by")


class _Permits(FormPage):
    """Those that were given so far, and a form for a new one."""

    abstract = True
    template_name = "campaigns/permits.html"
    title = gettext_lazy("Late permits")
    message = gettext_lazy("The late permit is given; the unit has been told.")

    def given(self):
        raise NotImplementedError

    def get_initial(self):
        asked = self.request.GET
        return {"unit": asked.get("unit"), "subject": asked.get("subject")}

    def get_context_data(self, **kwargs):
        now = clock.now()
        return super().get_context_data(
            about=self.target(),
            permits=[
                (row, row.withdrawn_at is None and row.until > now)
                for row in self.given().select_related(*SAID_OF)
            ],
            **kwargs,
        )

    def give(self, form, **subject):
        services.give(
            unit=form.cleaned_data["unit"],
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            **subject,
        )
        return self.request.path


class PermitPage(_Permits):
    """Of one campaign: for its reports, its rounds and its registrations of titles."""

    perm = Perm.PERMIT_GIVE
    model = Campaign
    form_class = PermitForm

    def scoped(self, queryset):
        agency = Q(pk__in=queryset.visible_to(self.request.user, Perm.REPORT_COLLECT).values("pk"))
        own = Q(pk__in=queryset.visible_to(self.request.user, Perm.CAMPAIGN_PLAN).values("pk"))
        return queryset.filter(agency | own)

    def subjects(self):
        """Rounds of which the visitor is in charge, calls that they take in, and periods in
        which reports are owed."""
        campaign, user = self.target(), self.request.user
        duties = campaign.duties.in_bulk()
        pairs = sorted(
            self.owed().order_by().values_list("duty", "period").distinct(), reverse=True
        )
        found = [
            (f"duty:{duty}:{period}", f"{_('Report')}: {in_words(period)} ({duties[duty]})")
            for duty, period in pairs
        ]
        if user.can(Perm.PERMIT_GIVE, campaign):
            found += [(f"round:{row.pk}", str(row)) for row in campaign.rounds.all()]
        calls = AimCall.objects.visible_to(user, Perm.AIM_COLLECT).filter(campaign=campaign)
        words = _("Titles aimed at in %(year)s")
        return found + [(f"call:{row.pk}", words % {"year": row.year}) for row in calls]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"units": self.units(), "subjects": self.subjects()}

    def units(self):
        """Those that take part, and those that owe one of the reports to choose from."""
        units = Unit.objects.filter(participations__campaign=self.target())
        owing = Unit.objects.filter(pk__in=self.owed().order_by().values("unit"))
        return (units | owing).distinct().order_by("path")

    def owed(self):
        """The reports for which the visitor may give a permit."""
        rows = PeriodicReport.objects.visible_to(self.request.user, Perm.PERMIT_GIVE)
        return rows.filter(duty__campaign=self.target(), due_at__isnull=False)

    def given(self):
        rows = LatePermit.objects.filter(campaign=self.target())
        return rows.visible_to(self.request.user, Perm.PERMIT_GIVE)

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=crumbs(self.target(), self.title), **kwargs)

    def act(self, form):
        campaign = self.target()
        kind, key, *rest = form.cleaned_data["subject"].split(":")
        if kind == "call":
            return self.give(form, call=campaign.aim_calls.get(pk=key))
        subject = {"round": campaign.rounds.get(pk=key)} if kind == "round" else {}
        if kind == "duty":
            subject = {"duty": campaign.duties.get(pk=key), "period": rest[0]}
        return self.give(form, campaign=campaign, **subject)


class CallPermits(_Permits):
    """Of one registration of titles, of a campaign or a block: for units that have not sent."""

    perm = Perm.AIM_COLLECT
    model = AimCall
    form_class = UnitPermitForm

    def scoped(self, queryset):
        return super().scoped(queryset.select_related(*OF_CALL))

    def get_form_kwargs(self):
        call = self.target()
        sent = call.lists.filter(first_sent_at__isnull=False).values("unit")
        units = Unit.objects.filter(pk__in=call.taking_part.values("unit")).exclude(pk__in=sent)
        return super().get_form_kwargs() | {"units": units}

    def given(self):
        rows = LatePermit.objects.filter(call=self.target())
        return rows.visible_to(self.request.user, Perm.AIM_COLLECT)

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.target(), (self.title, None))
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def act(self, form):
        return self.give(form, call=self.target())


class PermitWithdraw(FormPage):
    """Whoever may give a permit may take it back; of lists of titles their collector, too."""

    perm = (Perm.PERMIT_GIVE, Perm.AIM_COLLECT)
    model = LatePermit
    form_class = NoteForm
    template_name = "campaigns/registration_form.html"
    title = gettext_lazy("Withdraw the late permit")
    message = gettext_lazy("The late permit is withdrawn.")

    def scoped(self, queryset):
        rows, user = queryset.select_related(*SAID_OF, "campaign"), self.request.user
        of_calls = rows.filter(call__isnull=False).visible_to(user, Perm.AIM_COLLECT)
        return rows.visible_to(user, Perm.PERMIT_GIVE) | of_calls

    def get_context_data(self, **kwargs):
        permit = self.target()
        if permit.call:
            way = crumbs_of(permit.call, (self.title, None))
        else:
            way = crumbs(permit.campaign, self.title)
        about = permit.call or permit.campaign
        return super().get_context_data(campaign=about, crumbs=way, **kwargs)

    def act(self, form):
        permit = services.withdraw(
            permit=self.target(), actor=self.request.user, note=form.cleaned_data["note"]
        )
        if permit.call_id:
            return reverse("campaigns:aim_permits", args=[permit.call_id])
        return reverse("campaigns:permits", args=[permit.campaign_id])
