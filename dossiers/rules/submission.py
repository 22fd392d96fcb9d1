"""What is missing before a dossier may be sent; the same list on its page, button and step."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.findings import Finding
from dossiers.models import Dossier


def missing_to_submit(dossier: Dossier) -> Iterable[Finding]:
    """Everything that stops the dossier (BLOCK) or deserves another look (WARN)."""
    if not dossier.nominations.exists():
        yield Finding(_("Nominate at least one collective or person."), part="nominees")
