"""What an administrator types about units, users and rights; and the demo's day."""

from accounts.forms.people import ClockForm, MembershipForm, ResetForm, UserForm

__all__ = ["ClockForm", "MembershipForm", "ResetForm", "UserForm"]
