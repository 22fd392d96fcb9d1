"""Who signs in, and the roles they hold."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.forms import MembershipForm, UserForm
from accounts.lists import UserFilter, UserTable, last_sign_in
from accounts.models import Membership, Unit, User
from accounts.permissions import Perm
from core.audit.models import Entry, readable
from core.clock import clock
from core.ui.components.marks import day
from core.ui.once import Repeated, once, taken
from core.ui.views import DetailPage, FormPage, ListPage

LIST = (_("People who sign in"), reverse_lazy("accounts:users"))


class UserList(ListPage):
    perm = Perm.USER_MANAGE
    model = User
    title = LIST[0]
    queryset = (
        User.objects_in_scope.select_related("home_unit")
        .prefetch_related("memberships")
        .order_by("sort_key", "pk")
    )
    filter_class = UserFilter
    table_class = UserTable
    template_name = "accounts/user_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[(LIST[0], None)], **kwargs)


class UserDetail(DetailPage):
    perm = Perm.USER_MANAGE
    model = User
    queryset = User.objects_in_scope.select_related("home_unit")
    template_name = "accounts/user_detail.html"
    context_object_name = "person"

    def get_context_data(self, **kwargs):
        person = self.object
        held = person.memberships.select_related("unit")
        rows = [(User, [person.pk]), (Membership, [one.pk for one in held])]
        return super().get_context_data(
            facts=[
                (_("Sign-in name"), person.username),
                (_("E-mail"), person.email),
                (_("May sign in"), _("Yes") if person.is_active else _("No")),
                (_("Last signed in"), last_sign_in(person)),
            ],
            memberships=held,
            history=readable(Entry.objects.of_rows(rows), person, self.request.user),
            day=clock.today(),
            crumbs=[LIST, (str(self.object), None)],
            **kwargs,
        )


class UserEdit(FormPage):
    """A new user (no pk in the address) or the facts of one."""

    perm = Perm.USER_MANAGE
    model = User
    form_class = UserForm
    template_name = "accounts/user_form.html"
    message = _("Saved.")

    def scoped(self, queryset):
        return User.objects_in_scope.visible_to(self.request.user, *self.perms)

    def get_form_kwargs(self):
        instance = self.target() if "pk" in self.kwargs else User()
        units = Unit.objects.visible_to(self.request.user, Perm.USER_MANAGE)
        return {**super().get_form_kwargs(), "instance": instance, "units": units}

    def get_context_data(self, **kwargs):
        title = _("Edit") if "pk" in self.kwargs else _("Invite somebody")
        back = self.target().get_absolute_url() if "pk" in self.kwargs else LIST[1]
        crumbs = [LIST, (title, None)]
        return super().get_context_data(page_title=title, back=back, crumbs=crumbs, **kwargs)

    def act(self, form):
        user = services.save_user(user=form.save(commit=False), actor=self.request.user)
        return user.get_absolute_url()


class MembershipGrant(FormPage):
    perm = Perm.USER_MANAGE
    model = User
    form_class = MembershipForm
    template_name = "accounts/user_form.html"
    title = _("Give a role")
    message = _("The role is given.")

    def scoped(self, queryset):
        return User.objects_in_scope.visible_to(self.request.user, *self.perms)

    def get_form_kwargs(self):
        units = Unit.objects.visible_to(self.request.user, Perm.USER_MANAGE)
        held = Membership(user=self.target())
        return {**super().get_form_kwargs(), "instance": held, "units": units}

    def get_context_data(self, **kwargs):
        user = self.target()
        crumbs = [LIST, (str(user), user.get_absolute_url()), (_("Give a role"), None)]
        return super().get_context_data(back=user.get_absolute_url(), crumbs=crumbs, **kwargs)

    def act(self, form):
        services.grant(
            user=self.target(),
            unit=form.cleaned_data["unit"],
            role=form.cleaned_data["role"],
            since=form.cleaned_data["from_day"],
            until=form.cleaned_data["until_day"],
            actor=self.request.user,
        )
        return self.target().get_absolute_url()


class MembershipEnd(DetailPage):
    """POST: take a role back from today on, and say what that means."""

    perm = Perm.USER_MANAGE
    model = Membership
    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            with once(request) as key:
                membership = self.get_object()
                services.end_membership(membership=membership, actor=request.user)
                key.answer(membership.user.get_absolute_url())
        except Repeated as repeated:
            return taken(redirect(repeated.address), request)
        words = {"role": membership.get_role_display(), "person": membership.user}
        if membership.pk:
            text = _("%(person)s no longer has the role %(role)s; its last day was %(day)s.")
            words["day"] = day(membership.until_day)
        else:
            text = _("%(person)s does not have the role %(role)s; no day of it had passed.")
        messages.success(request, text % words)
        return taken(redirect(key.address), request)
