"""Blocks and clusters (khối, cụm thi đua) of a year: who competes with whom, who heads them."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from criteria.models import CriteriaSet


class Block(models.Model):
    """A block of one year. Next year's is another row, since members and heads change.

    `steps` are those of a score sheet's life that this block takes (domain 6.4): “peers” and
    “objection” may be left out. `objection_days` are working days (unconfirmed: a setting).
    `scorers_each`: by how many members each sheet is scored; None: by all the others.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.SHEET_VERIFY: "head"}
    shared_below = frozenset({Perm.BLOCK_READ})
    told_changes = ("name", "score_by", "objection_days")

    class Kind(models.TextChoices):
        BLOCK = "block", _("Block (units of like nature)")
        CLUSTER = "cluster", _("Cluster (areas)")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="blocks")
    year = models.PositiveSmallIntegerField(_("Year"))
    kind = models.CharField(_("Kind"), max_length=7, choices=Kind.choices, default=Kind.BLOCK)
    name = models.CharField(_("Name"), max_length=200)
    head = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="heads_blocks",
        verbose_name=_("Head of the block"),
    )
    criteria_set = models.ForeignKey(
        CriteriaSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="blocks",
        verbose_name=_("Set of criteria"),
    )
    has_peers = models.BooleanField(_("Members score each other"), default=False)
    blind = models.BooleanField(_("Who scored whom is not shown to members"), default=False)
    scorers_each = models.PositiveSmallIntegerField(
        _("Members that score each unit"), null=True, blank=True
    )
    design: Any = models.JSONField(default=dict, editable=False)  # {scorer: units}, once it began
    objection_days = models.PositiveSmallIntegerField(
        _("Working days to object"),
        default=5,
        help_text=_("Not set by the law; the block's own rules say it. 0: no objections."),
    )
    score_by = models.DateField(
        _("Units score themselves until"),
        null=True,
        blank=True,
        help_text=_("Units are reminded of this day. A sheet may still be sent after it."),
    )
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "name"],
                name="block_name_once_a_year",
                violation_error_message=_("There is a block of this name in that year."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.year})"

    def get_absolute_url(self):
        return reverse("campaigns:block", args=[self.pk])


class BlockMember(models.Model):
    """A unit in a block, with the name that it had; `year` is the block's, for the constraint."""

    unit_lookup = "unit"
    unit_lookups = {Perm.BLOCK_MANAGE: "block__unit"}

    block = models.ForeignKey(Block, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="block_memberships")
    unit_name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(editable=False)
    is_deputy = models.BooleanField(_("Deputy head"), default=False)
    not_ranked = models.CharField(_("Not ranked, because"), max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["block_id", "unit_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="unit_in_one_block_a_year",
                violation_error_message=_("The unit is in a block of that year already."),
            )
        ]

    def __str__(self):
        return f"{self.unit_name}: {self.block}"


class Pledge(models.Model):
    """The pledge (giao ước thi đua) that a block signed, with its file."""

    unit_lookup = "block__unit"
    shared_below = frozenset({Perm.BLOCK_READ})

    block = models.OneToOneField(Block, models.CASCADE, related_name="pledge")
    signed_on = models.DateField(_("Signed on"))
    file = models.ForeignKey(Document, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["block_id"]

    def __str__(self):
        return f"{_('Pledge')}: {self.block}"
