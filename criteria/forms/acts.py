"""Buttons on one criterion."""

from django import forms

from core.ui.forms import PortalForm


class MoveForm(PortalForm):
    """Which way a criterion goes; nothing for an act that has no ways."""

    to = forms.ChoiceField(
        choices=[("up", "up"), ("down", "down")], required=False, widget=forms.HiddenInput
    )
