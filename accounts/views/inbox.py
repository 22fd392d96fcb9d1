"""A person's own things: notices, profile, the demo's day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView, View

from accounts import services
from accounts.forms import ClockForm
from accounts.models import Notice
from accounts.permissions import Perm
from core.clock import clock
from core.ui.views import SIGNED_IN, FormPage, Guarded


class Inbox(Guarded, ListView):
    perm = SIGNED_IN
    title = _("Notices")
    paginate_by = 30
    template_name = "accounts/inbox.html"

    def get_queryset(self):
        return Notice.objects.filter(user=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[(_("Notices"), None)], **kwargs)


class InboxRead(Guarded, View):
    """POST: one notice (and go where it leads), or all of them, are read."""

    perm = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk=None):
        mine = Notice.objects.filter(user=request.user)
        if pk is None:
            services.read_notices(notices=mine)
            return redirect("accounts:inbox")
        notice = get_object_or_404(mine, pk=pk)
        services.read_notices(notices=mine.filter(pk=pk))
        inside = url_has_allowed_host_and_scheme(notice.address, allowed_hosts=None)
        return redirect(notice.address if notice.address and inside else "accounts:inbox")


class Profile(Guarded, TemplateView):
    perm = SIGNED_IN
    title = _("My account")
    template_name = "accounts/profile.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            memberships=user.memberships.in_force(clock.today()).select_related("unit"),
            crumbs=[(_("My account"), None)],
            **kwargs,
        )


class MoveClock(FormPage):
    """The demo's administrator moves its day, to play a year in an hour."""

    perm = Perm.CLOCK_MOVE
    form_class = ClockForm
    title = _("The day of the demo")
    template_name = "accounts/clock_form.html"

    def get_initial(self):
        stopped = clock.stopped()
        return {"day": clock.today(), "time": stopped and stopped.astimezone(clock.ZONE).time()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[(_("The day of the demo"), None)], **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except clock.ClockStands as stands:
            form.add_error(None, str(stands))
            return self.form_invalid(form, status=409)

    def act(self, form):
        said = form.cleaned_data
        services.move_clock(day=said["day"], at=said["time"], actor=self.request.user)
        messages.success(self.request, _("The portal now lives on another day."))
        return reverse("accounts:clock")
