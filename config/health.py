"""What a proxy or a monitor asks, signed in as nobody: plain text, 200 or 500."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from health_check.views import HealthCheckView


class Health(HealthCheckView):
    """django-health-check without its page, whose style the content security policy refuses."""

    def render_to_response(self, context, *, status):
        return self.render_to_response_text(status)


READY = ("health_check.checks.Database", "health_check.checks.Cache")  # a row is read; one written

urlpatterns = [
    path("live/", login_not_required(Health.as_view(checks=())), name="live"),
    path("ready/", login_not_required(Health.as_view(checks=READY)), name="ready"),
]
