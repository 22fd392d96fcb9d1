"""Sign-in, and what a person may do where."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from accounts.permissions import GRANTS, STAFF_ROLES
from core import scoping
from core.clock import clock
from core.text import fold, name_key, nfc


class UserManager(DjangoUserManager):
    """Users come with the unit where they work: every page shows it beside the name."""

    def get_queryset(self):
        return super().get_queryset().select_related("home_unit")


class User(AbstractUser):
    """Somebody who signs in. Rights come from memberships only, never from Django's flags."""

    unit_lookup = "home_unit"
    second_factor = False  # what every page asks of a visitor; `Membership.of_visitor` knows it

    first_name = None
    last_name = None
    full_name = models.CharField(_("Full name"), max_length=150)
    home_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="users")
    position = models.CharField(_("Position"), max_length=150, blank=True)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    REQUIRED_FIELDS = ["email", "full_name"]
    objects = UserManager()
    objects_in_scope = scoping.ScopedQuerySet.as_manager()

    def __str__(self):
        return self.full_name or self.username

    def save(self, *args, **kwargs):
        self.full_name = nfc(self.full_name)
        self.sort_key = name_key(self.full_name)
        self.search_text = fold(f"{self.full_name} {self.username} {self.email}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("accounts:user", args=[self.pk])

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.rpartition(" ")[2]

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name: middle and given name."""
        return "".join(word[0] for word in self.full_name.split()[-2:]).upper()

    def current_memberships(self):
        """Memberships in force today, with their units; asked once a request.

        `held` are those of any day that came with a visitor (`Membership.objects.of_visitor`).
        """
        today = clock.today()
        if getattr(self, "_memberships_of", None) != today:
            held = getattr(self, "held", None)
            if held is None:
                held = self.memberships.in_force(today).select_related("unit")
            self._memberships = [each for each in held if each.is_in_force(today)]
            self._memberships_of = today
        return self._memberships

    def reach(self, perm) -> list[str]:
        """Paths of the units below which this user holds `perm`."""
        return [m.unit.path for m in self.current_memberships() if perm in GRANTS[m.role]]

    def reaches_all(self, perm) -> bool:
        """Whether every unit there is lies in the reach of `perm`; known of visitors only."""
        held = self.current_memberships()
        return any(getattr(m, "everywhere", False) and perm in GRANTS[m.role] for m in held)

    def holds(self, *perms) -> bool:
        """Whether this user holds any of these permissions anywhere."""
        return any(self.reach(perm) for perm in perms)

    def can(self, perm, obj) -> bool:
        """Whether this user holds `perm` on this row; agrees with `visible_to`."""
        return scoping.covers(self.reach(perm), obj, perm)

    def works_in(self, unit) -> bool:
        """Whether this user belongs to the unit or to one below it (recusal, R25)."""
        home = self.home_unit
        if home and home.path.startswith(unit.path):
            return True
        return any(m.unit_id == unit.pk for m in self.current_memberships())

    @property
    def needs_second_factor(self) -> bool:
        return any(m.role in STAFF_ROLES for m in self.current_memberships())

    def unread_notices(self) -> int:
        if hasattr(self, "unread"):
            return self.unread
        return self.notices.filter(read_at=None).count()
