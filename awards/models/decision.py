"""A decision that grants awards: number, day, signer."""

from django.conf import settings
from django.db import models
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from core.text import fold, official_number


class DecisionQuerySet(ScopedQuerySet):
    def readable_by(self, user):
        """Issued ones for all who read awards there; drafts for those who work on or inspect them."""
        works = self.visible_to(user, Perm.DECISION_READ, Perm.DECISION_DRAFT, Perm.DECISION_ISSUE)
        issued = self.visible_to(user, Perm.AWARD_READ).filter(state=Decision.State.ISSUED)
        return works | issued

    def counted(self):
        """With `award_count`, the number of awards in each; newest first."""
        return self.annotate(award_count=models.Count("awards")).order_by("-created_at", "-pk")


class Decision(models.Model):
    """Drawn up by Home Affairs, issued with its number by the one who may grant.

    After issue nothing in it changes; a mistake is mended by another decision
    (domain 6.3, rule 4). `granted_by` is the office that grants, in full, as certificates
    print it; `signer_role` is how the signer signs for it, on one line or two (“KT. CHỦ TỊCH”,
    “PHÓ CHỦ TỊCH”). `proposal_number` and `proposal_on` are those of the submission (tờ trình) by
    which Home Affairs put it before the signer, as its last basis cites it.
    """

    unit_lookup = "unit"
    told_changes = (
        "number",
        "signed_on",
        "signer",
        "signer_role",
        "proposal_number",
        "proposal_on",
    )

    class State(models.TextChoices):
        DRAFT = "draft", _("Being drawn up")
        ISSUED = "issued", _("Issued")
        CANCELLED = "cancelled", _("Draft given up")

    TONES = {
        "draft": ("idle", "pencil"),
        "issued": ("ok", "file-check"),
        "cancelled": ("idle", "dash-circle"),
    }

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")
    subject = models.CharField(_("Subject"), max_length=400)
    reason = models.CharField(_("Achievement, as printed"), max_length=400)
    number = models.CharField(_("Number"), max_length=40, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    signer = models.CharField(_("Signer"), max_length=120, blank=True)
    signer_role = models.CharField(_("Office of the signer"), max_length=120, blank=True)
    granted_by = models.CharField(_("Granted by"), max_length=200)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    proposal_number = models.CharField(_("Number of the submission"), max_length=40, blank=True)
    proposal_on = models.DateField(_("Submission of"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    paper = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    booklet = models.ForeignKey(  # all certificates as one PDF
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bundle = models.ForeignKey(  # all certificates as a ZIP
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    search_text = models.TextField(blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(  # what was given up has used no number
                "unit",
                "number",
                ExtractYear("signed_on"),
                condition=~models.Q(number="") & ~models.Q(state="cancelled"),
                name="decision_number_once_a_year",
                violation_error_message=_("A decision of this year has this number already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued")
                | (~models.Q(number="") & models.Q(signed_on__isnull=False) & ~models.Q(signer="")),
                name="decision_issued_has_number_day_signer",
                violation_error_message=_("An issued decision has a number, a day and a signer."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.number = official_number(self.number)  # one number is written in one way
        self.proposal_number = official_number(self.proposal_number)
        self.search_text = fold(f"{self.number} {self.subject}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("awards:decision", args=[self.pk])

    @property
    def titled(self) -> str:
        """Number and day, as other papers cite it."""
        words = {
            "number": self.number,
            "day": f"{self.signed_on:%d/%m/%Y}" if self.signed_on else "",
        }
        return str(_("No. %(number)s of %(day)s") % words)

    @property
    def proposed(self) -> str:
        """Number and day of the submission."""
        if not (self.proposal_number and self.proposal_on):
            return ""
        words = {"number": self.proposal_number, "day": f"{self.proposal_on:%d/%m/%Y}"}
        return str(_("No. %(number)s of %(day)s") % words)

    @property
    def name(self) -> str:
        return self.number or str(_("Draft decision %(pk)s") % {"pk": self.pk})
