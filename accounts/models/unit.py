"""A unit is a lasting identity; how it was called on a day stands in its versions."""

import uuid
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from core.scoping import ScopedQuerySet


class UnitKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    DEPARTMENT = "department", _("Department")
    PARTY = "party", _("Party body")
    MASS = "mass", _("Front and mass organisation")
    CENTRAL = "central", _("Central agency in the province")
    ARMED = "armed", _("Armed forces")
    DISTRICT = "district", _("District (until 30/6/2025)")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    SPECIAL = "special", _("Special zone")
    SERVICE = "service", _("Public service unit")
    ENTERPRISE = "enterprise", _("Enterprise")
    OFFICE = "office", _("Office inside a unit")


class UnitQuerySet(ScopedQuerySet, MP_NodeQuerySet):
    def standing(self, day):
        """Units that exist on a day."""
        return self.filter(models.Q(closed_on=None) | models.Q(closed_on__gt=day))


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):
    def get_queryset(self):
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A unit of the province, in today's tree; the root is the province itself.

    `name`, `short_name` and `kind` are those of its newest version, copied for lists; a
    paper of another day uses `accounts.rules.name_on`. A closed unit stays, hung under
    its successor, so that those who answer for it now reach what it left.
    """

    unit_lookup = ""  # is its own unit

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=UnitKind.choices)
    opened_on = models.DateField(null=True, blank=True)
    # The first day on which it is no more; that on which it opened, if its founding was undone.
    closed_on = models.DateField(null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = UnitManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None)
                | models.Q(opened_on=None)
                | models.Q(closed_on__gte=models.F("opened_on")),
                name="unit_closes_after_it_opens",
                violation_error_message=_("A unit closes after it opens."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def last_day(self):
        """The last day on which it worked; None while it stands, or if it never did."""
        worked = self.closed_on and self.opened_on != self.closed_on
        return self.closed_on - timedelta(days=1) if worked else None

    def get_absolute_url(self):
        return reverse("accounts:unit", args=[self.pk])
