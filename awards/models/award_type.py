"""Titles and forms of commendation, for whom they are, and who may grant them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import LegalBasis


class NomineeKind(models.TextChoices):
    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")
    HOUSEHOLD = "household", _("Household")
    ENTERPRISE = "enterprise", _("Enterprise")


class PositionClass(models.TextChoices):
    """Classes that form 0603.N of Thông tư 02/2023/TT-BNV counts individuals by."""

    PROVINCE_LEADER = "province_leader", _("Leader at provincial level")
    DEPARTMENT_LEADER = "department_leader", _("Leader at department level")
    ENTREPRENEUR = "entrepreneur", _("Entrepreneur")
    MANAGER = "manager", _("Deputy head of section or above")
    DIRECT = "direct", _("Direct worker")


class AwardType(models.Model):
    """One title (danh hiệu) or form (hình thức), e.g. BKT: Bằng khen của Chủ tịch UBND tỉnh."""

    class Family(models.TextChoices):
        TITLE = "title", _("Emulation title")
        FORM = "form", _("Form of commendation")

    class Level(models.TextChoices):
        BASE = "base", _("Base level")
        PROVINCE = "province", _("Provincial level")
        STATE = "state", _("State level")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60)
    family = models.CharField(_("Family"), max_length=5, choices=Family.choices)
    level = models.CharField(_("Level"), max_length=8, choices=Level.choices)
    kinds = models.JSONField(default=list)  # NomineeKind values it may be given to
    certificate_title = models.CharField(max_length=60, blank=True)  # empty: no certificate
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, blank=True, related_name="+")
    article = models.CharField(_("Article"), max_length=120, blank=True)

    class Meta:
        ordering = ["level", "code"]

    def __str__(self):
        return self.name

    def is_for(self, kind: str) -> bool:
        return kind in self.kinds


class Authority(models.Model):
    """Who may grant a type, from when until when (articles 78–80 of the law of 2022)."""

    award_type = models.ForeignKey(AwardType, models.CASCADE, related_name="authorities")
    signer_role = models.CharField(_("Signed by"), max_length=120)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    article = models.CharField(_("Article"), max_length=120, blank=True)
    confirmed = models.BooleanField(_("Confirmed"), default=False)

    class Meta:
        ordering = ["award_type_id", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["award_type", "signer_role", "valid_from"], name="authority_once"
            )
        ]

    def __str__(self):
        return f"{self.signer_role}: {self.award_type}"
