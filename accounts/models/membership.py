"""A role held in a unit, between two days."""

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from accounts.models.user import User
from accounts.permissions import Role
from core.scoping import ScopedQuerySet

UNREAD = """
    SELECT COUNT(*) FROM accounts_notice
    WHERE accounts_notice.user_id = accounts_user.id AND accounts_notice.read_at IS NULL
"""

SECOND_FACTOR = """
    EXISTS (SELECT 1 FROM mfa_authenticator WHERE mfa_authenticator.user_id = accounts_user.id)
"""

EVERYWHERE = """
    NOT EXISTS (
        SELECT 1 FROM accounts_unit
        WHERE accounts_unit.depth = 1 AND accounts_unit.id <> accounts_membership.unit_id
    )
"""


class MembershipQuerySet(ScopedQuerySet):
    def in_force(self, day):
        return self.filter(from_day__lte=day).filter(
            models.Q(until_day=None) | models.Q(until_day__gte=day)
        )

    def of_visitor(self, user_id):
        """All of one person's, with person and units, `unread` notices and whether there is a
        `second_factor`: what every page asks.

        `everywhere` says that the unit is the root, and that there is no other. All three stand in
        SQL here, since the ORM takes longer to write it than the database to answer.
        """
        asked = {
            "unread": RawSQL(UNREAD, [], output_field=models.IntegerField()),
            "second_factor": RawSQL(SECOND_FACTOR, [], output_field=models.BooleanField()),
            "everywhere": RawSQL(EVERYWHERE, [], output_field=models.BooleanField()),
        }
        rows = self.filter(user=user_id).select_related("user__home_unit", "unit")
        return rows.annotate(**asked).order_by("role", "from_day")


class Membership(models.Model):
    """A user holds a role in a unit and everything below it, from a day until a day."""

    unit_lookup = "unit"

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=24, choices=Role.choices)
    from_day = models.DateField(_("From"))
    until_day = models.DateField(_("To"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user_id", "role", "from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "from_day"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until_day=None) | models.Q(until_day__gte=models.F("from_day")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("A role ends after it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.unit}"

    def is_in_force(self, day):
        return self.from_day <= day and (self.until_day is None or self.until_day >= day)
