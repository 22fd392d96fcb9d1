"""A button of the outbox; which mails are meant are the boxes that somebody ticked (“row”)."""

from core.ui.forms import PortalForm


class OutboxForm(PortalForm):
    """Nothing to type."""
