"""What a person waits for: certificates and the decision on paper."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.jobs.background import background


@background(_("Certificates"))
def render_certificates(job: Any, decision_id: int) -> None:
    """Filled in by the next commit."""


@background(_("Decision on paper"))
def render_decision(job: Any, decision_id: int) -> None:
    """Filled in by the next commit."""
