"""What allauth asks of us: nobody signs up, an administrator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Membership


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def respond_user_inactive(self, request, user):
        """Who knows the password of a closed account reads on the sign-in page what to do."""
        messages.error(
            request, _("This account is closed. Ask the administrator of your unit to open it.")
        )
        return redirect("account_login")


class Backend(AuthenticationBackend):
    """Signs in as allauth does; a visitor comes with what every page asks, in one query."""

    def get_user(self, user_id):
        held = list(Membership.objects.of_visitor(user_id))
        if not held:
            return super().get_user(user_id)
        user = held[0].user
        user.held, user.unread = held, held[0].unread
        user.second_factor = held[0].second_factor
        return user if self.user_can_authenticate(user) else None
