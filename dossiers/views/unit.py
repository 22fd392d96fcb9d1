"""A unit's dossier and its steps."""

from accounts.permissions import Perm
from core.ui.views import DetailPage, StepView
from dossiers.models import Dossier, Nomination
from dossiers.workflow import DOSSIER

READERS = (Perm.DOSSIER_READ, Perm.DOSSIER_AGGREGATE)


class DossierPage(DetailPage):
    perm = READERS
    model = Dossier
    workflow = DOSSIER


class NominationPage(DetailPage):
    perm = READERS
    model = Nomination


class DossierStep(StepView):
    model = Dossier
    workflow = DOSSIER
