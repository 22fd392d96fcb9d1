"""A button of the outbox; which mails are meant are the boxes that somebody ticked (“row”)."""

from django import forms

from core.ui.forms import PortalForm


class OutboxForm(PortalForm):
    """Nothing to type. `shown` is how many mails the page was to send."""

    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)
