"""The base of every page on which a unit writes: in reach, and in a part that is open."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core.ui.drafts import KeepsDraft
from core.ui.views import FormPage
from dossiers.models import Dossier
from dossiers.rules import parts
from dossiers.services import preparing
from dossiers.views.reading import returned


class WritingPage(KeepsDraft, FormPage):
    """A form over a part of a dossier. Readers, and everybody once it is closed, only read.

    A subclass answers `dossier` and `part`; the server asks once more when the form is sent.
    """

    abstract = True

    @property
    def dossier(self) -> Dossier:
        return self.target()

    @property
    def part(self) -> str:
        raise NotImplementedError

    @property
    def writable(self) -> bool:
        """Asked once a page."""
        if not hasattr(self, "_writable"):
            user, dossier = self.request.user, self.dossier
            self._writable = user.can(Perm.DOSSIER_WRITE, dossier) and parts.may_edit(
                dossier, self.part
            )
        return self._writable

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dossier = self.dossier
        return super().get_context_data(
            dossier=dossier,
            writable=self.writable,
            locked="" if self.writable else preparing.locked_because(dossier),
            **returned(dossier, part=self.part, writes=self.writable),
            crumbs=[
                (_("Dossiers"), reverse("dossiers:list")),
                (str(dossier), dossier.get_absolute_url()),
                (kwargs.get("page_title", ""), None),
            ],
            **kwargs,
        )
