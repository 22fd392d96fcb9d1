"""What an administrator types about users and rights; who forgot a password; the demo's day."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.permissions import Role
from core.clock import clock
from core.ui.forms import PortalForm, PortalModelForm


class UserForm(PortalModelForm):
    """A sign-in; the person sets the password by mail."""

    class Meta:
        model = User
        fields = ["full_name", "username", "email", "home_unit", "position", "is_active"]
        labels = {
            "home_unit": _("Works in"),
            "email": _("E-mail"),
            "is_active": _("May sign in"),
            "username": _("Sign-in name"),
        }
        help_texts = {"username": "", "is_active": ""}
        error_messages = {
            "username": {
                "invalid": _("Write letters without blanks, digits and . _ - + @ only."),
                "unique": _("Somebody else has this sign-in name; write another."),
            }
        }

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home_unit"].queryset = units
        self.fields["home_unit"].required = True
        self.fields["email"].required = True
        if self.instance.pk is None:
            del self.fields["is_active"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another person signs in with this address."))
        return email


class MembershipForm(PortalModelForm):
    """A role in a unit from a day on."""

    class Meta:
        model = Membership
        fields = ["role", "unit", "from_day", "until_day"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].label = _("Unit")
        self.fields["role"].choices = Role.choices
        self.initial["from_day"] = clock.today()  # over the empty one of a new row


class ResetForm(ResetPasswordForm):
    """A forgotten password: the link goes to the address that an administrator entered.

    Not to what was typed, which a database may take for the same (“ı” for “i”), nor to addresses
    that allauth keeps beside it.
    """

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        self.users = list(User.objects.filter(email__iexact=email, is_active=True))
        return email

    def save(self, request: Any, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        for user in self.users:
            request_password_reset(request, user.email, [user], default_token_generator)
        if not self.users:
            get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email


class ClockForm(PortalForm):
    """The demo's day."""

    day = forms.DateField(label=_("Day"), help_text=_("For example 10/12/2025."))
    time = forms.TimeField(
        label=_("Stop at"),
        required=False,
        input_formats=["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"],
        widget=forms.TimeInput({"inputmode": "numeric"}, format="%H:%M:%S"),
        help_text=_(
            "Such as 23:59:59. The clock then stands at that instant until it is moved again; "
            "left empty, the time of day goes on."
        ),
    )
