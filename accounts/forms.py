"""What an administrator types about units, users and rights; and the demo's day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Unit, UnitKind, User
from accounts.permissions import Role
from core.clock import clock
from core.ui.forms import PortalForm, PortalModelForm


class UnitForm(PortalForm):
    """A new unit under a superior."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    superior = forms.ModelChoiceField(label=_("Superior"), queryset=Unit.objects.none())
    since = forms.DateField(label=_("From"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200)

    def __init__(self, *args, superiors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = superiors


class RenameForm(PortalForm):
    """Another name from a day on; papers of earlier days keep the old one."""

    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    since = forms.DateField(label=_("From"))
    document = forms.CharField(label=_("Document"), max_length=200)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_since(self):
        since = self.cleaned_data["since"]
        if self.unit.versions.filter(valid_from__gte=since).exists():
            raise forms.ValidationError(
                _("The unit already has a name from a later day. Choose a day after it.")
            )
        return since


class MergeForm(PortalForm):
    """This unit goes whole into another."""

    successor = forms.ModelChoiceField(label=_("Merge into"), queryset=Unit.objects.none())
    on = forms.DateField(label=_("Effective from"))
    document = forms.CharField(label=_("Document"), max_length=200)

    def __init__(self, *args, unit, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        others = successors.exclude(path__startswith=unit.path)
        self.fields["successor"].queryset = others.filter(closed_on=None)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if self.unit.opened_on and on <= self.unit.opened_on:
            raise forms.ValidationError(_("A unit closes after it opens."))
        return on


class UserForm(PortalModelForm):
    """A sign-in; the person sets the password by mail."""

    class Meta:
        model = User
        fields = ["full_name", "username", "email", "home_unit", "position", "is_active"]
        labels = {
            "home_unit": _("Works in"),
            "is_active": _("May sign in"),
            "username": _("Sign-in name"),
        }
        help_texts = {"username": "", "is_active": ""}

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


class ClockForm(PortalForm):
    """The demo's day."""

    day = forms.DateField(label=_("Day"), help_text=_("For example 10/12/2025."))
