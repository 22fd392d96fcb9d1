"""What allauth asks of us: nobody signs up, an administrator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class Backend(AuthenticationBackend):
    """Signs in as allauth does; the visitor comes with how many notices wait, for every page."""

    def get_user(self, user_id):
        user = User.objects.with_unread().filter(pk=user_id).first()
        return user if self.user_can_authenticate(user) else None
