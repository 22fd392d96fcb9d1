"""Any file the portal keeps: evidence that somebody uploaded, or paper that we rendered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.clock import clock
from core.scoping import ScopedQuerySet


class Document(models.Model):
    """One kept file. Its bytes never change; another version is another document.

    Who may download it is the question of the row that points to it (a paper, an award, a
    job), asked by that row's own page; see core.documents.views.DownloadPage.
    """

    unit_lookup = "unit"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(max_length=200, unique=True)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    sha256 = models.CharField(max_length=64, db_index=True)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # Came in with a form; the sweep removes it after some days unless a row holds on to it.
    waiting = models.BooleanField(default=False, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        ordering = ["-created_at", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["id"], name="document_waiting", condition=Q(waiting=True)),
        ]

    def __str__(self):
        return self.name
