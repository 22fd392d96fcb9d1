"""Two things about a session: it ends after idle minutes, and staff need a second factor."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse

from core.clock import clock

STRETCH_AFTER = 60  # seconds; a session row is rewritten at most this often


class SecondFactorMiddleware:
    """Stretches a session that is in use, and leads staff without a second factor to set it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated:
            self.stretch(request.session)
            if self.must_enrol(request):
                return redirect("mfa_activate_totp")
        return self.get_response(request)

    def stretch(self, session):
        """Idle time counts from the last request, without a write for each of them."""
        now = int(clock.real_once().timestamp())
        if now - session.get("seen", 0) >= STRETCH_AFTER:
            session["seen"] = now

    def must_enrol(self, request):
        if not settings.MFA_REQUIRED or not request.user.needs_second_factor:
            return False
        own = ("/accounts/", settings.STATIC_URL, reverse("set_language"))
        return not request.path.startswith(own) and not request.user.second_factor
