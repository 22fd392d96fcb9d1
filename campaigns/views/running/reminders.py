"""The outbox of reminders: every mail is seen here before it goes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from campaigns.forms.reminders import OutboxForm
from campaigns.lists.reminders import OutboxFilter, OutboxTable
from campaigns.models import Reminder
from campaigns.rules import reminders as rules
from campaigns.services import reminders as services
from core.clock import clock
from core.text import whole
from core.ui.views import DetailPage, FormPage, ListPage

LIST = (gettext_lazy("Reminders"), reverse_lazy("campaigns:reminders"))
State = Reminder.State
NAMED = 8  # people without an address whom the page names


class Outbox(ListPage):
    """What was proposed, what waits, what went; the newest day first."""

    perm = Perm.REMINDER_SEND
    model = Reminder
    title = LIST[0]
    filter_class = OutboxFilter
    table_class = OutboxTable
    template_name = "campaigns/reminders.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("user").prefetch_related("lines")

    def get_context_data(self, **kwargs):
        user, today = self.request.user, clock.today()
        rows = Reminder.objects.visible_to(user, Perm.REMINDER_SEND)
        proposed = rows.filter(state=State.PROPOSED, day=today)
        without = proposed.filter(email="").select_related("user")
        mails, len_without = proposed.exclude(email="").count(), without.count()
        return super().get_context_data(
            numbers=rules.settings_on(today),
            proposed=mails,
            without=list(without[:NAMED]),
            all_without=len_without,
            shown=mails + len_without,
            more_without=max(0, len_without - NAMED),
            waiting=rows.filter(state__in=[State.PROPOSED, State.WAITING]).count(),
            may_set=user.holds(Perm.LAW_MANAGE),
            empty={
                "title": _("No mail here."),
                "text": _("Propose the mails of the day: only units that are late or nearly so."),
            },
            crumbs=[(self.title, None)],
            **kwargs,
        )


class ReminderPage(DetailPage):
    """One mail as it goes: to whom, what, why."""

    perm = Perm.REMINDER_SEND
    model = Reminder
    template_name = "campaigns/reminder.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related("user", "unit", "decided_by"))

    def get_context_data(self, **kwargs):
        mail = self.object
        return super().get_context_data(
            page_title=mail.subject,
            lines=list(mail.lines.all()),
            may_go_again=mail.state == State.FAILED and mail.day == clock.today(),
            history=[],
            crumbs=[LIST, (str(mail.user), None)],
            **kwargs,
        )


class _Act(FormPage):
    """A button of the outbox, over the ticked mails or all; comes back to it."""

    abstract = True
    perm = Perm.REMINDER_SEND
    model = Reminder
    form_class = OutboxForm
    template_name = "campaigns/reminder_act.html"
    ticked = False

    def get(self, request, *args, **kwargs):
        return redirect(LIST[1])

    def rows(self):
        rows = Reminder.objects.visible_to(self.request.user, Perm.REMINDER_SEND)
        if not self.ticked:
            return rows
        return rows.filter(pk__in=[whole(pk) or 0 for pk in self.request.POST.getlist("row")])

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def act(self, form):
        self.shown = form.cleaned_data["shown"]
        self.said(self.do())
        return reverse("campaigns:reminders")

    def do(self):
        raise NotImplementedError

    def said(self, number):
        raise NotImplementedError


class Propose(_Act):
    title = gettext_lazy("Propose the mails of the day")

    def do(self):
        return len(services.propose(paths=self.request.user.reach(Perm.REMINDER_SEND)))

    def said(self, number):
        if number:
            text = ngettext("%d mail is proposed.", "%d mails are proposed.", number)
            messages.success(self.request, text % number)
        else:
            messages.info(self.request, _("Nothing new: nobody else is late or nearly so today."))


class Confirm(_Act):
    title = gettext_lazy("Send the proposed mails")

    def do(self):
        user = self.request.user
        return services.confirm(rows=self.rows(), actor=user, shown=self.shown)

    def said(self, number):
        _say_sent(self.request, *number)


class StopAll(_Act):
    title = gettext_lazy("Stop all mails")

    def do(self):
        return services.stop(rows=self.rows(), actor=self.request.user)

    def said(self, number):
        text = ngettext("%d mail is stopped.", "%d mails are stopped.", number)
        messages.success(self.request, text % number)


class Chosen(_Act):
    """What the button that was pressed says (“do”), with the ticked mails."""

    title = gettext_lazy("Chosen mails")
    ticked = True

    def act(self, form):
        if self.request.POST.get("do") == "send":
            _say_sent(self.request, *services.confirm(rows=self.rows(), actor=self.request.user))
            return reverse("campaigns:reminders")
        done = {
            "out": (services.take_out, _taken_out),
            "back": (services.put_back, _put_back),
            "again": (services.send_again, _on_their_way),
        }.get(self.request.POST.get("do"))
        if done is None:
            raise Http404
        act, words = done
        number = act(rows=self.rows(), actor=self.request.user)
        if number:
            messages.success(self.request, words(number) % number)
        else:
            messages.warning(self.request, _("Nothing was chosen to which this can be done."))
        back = self.request.POST.getlist("row")
        if "whole" in self.request.POST and len(back) == 1 and whole(back[0]):
            return reverse("campaigns:reminder", args=back)
        return reverse("campaigns:reminders")


def _say_sent(request, mails, told):
    if mails:
        messages.success(request, _on_their_way(mails) % mails)
    if told:
        text = ngettext(
            "%d person without a mail address is told in the portal.",
            "%d people without a mail address are told in the portal.",
            told,
        )
        messages.warning(request, text % told)


def _taken_out(number):
    return ngettext("%d mail is taken out.", "%d mails are taken out.", number)


def _put_back(number):
    return ngettext("%d mail is in again.", "%d mails are in again.", number)


def _on_their_way(number):
    return ngettext("%d mail is on its way.", "%d mails are on their way.", number)
