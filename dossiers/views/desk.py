"""From a dossier's own page to the desks of those who work on it."""

from django.urls import reverse

from accounts.permissions import Perm
from dossiers.services import appraising


def links(dossier, user):
    """Addresses of the sheet and of the page of a return, for those who may go there."""
    home_affairs = any(user.can(p, dossier) for p in (Perm.DOSSIER_APPRAISE, Perm.DOSSIER_CONFIRM))
    found = {}
    if home_affairs and dossier.submitted_at:
        found["sheet"] = reverse("dossiers:appraise", args=[dossier.pk])
    if appraising.step_of_return(dossier, user):
        found["back"] = reverse("dossiers:return", args=[dossier.pk])
    return found
