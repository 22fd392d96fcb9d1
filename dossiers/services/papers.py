"""Papers of a dossier: attached to a component of the plan, taken away again."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import Component
from core.audit import log
from core.documents.models import Document
from core.workflow import act
from dossiers.models import Dossier, Nomination, Paper
from dossiers.services import preparing


@act
def attach_paper(
    *,
    dossier: Dossier,
    component: Component,
    document: Document,
    actor: Any,
    nomination: Nomination | None = None,
    number: str = "",
    signed_on: date | None = None,
    signer: str = "",
) -> Paper:
    """Give a file that passed the gate to a component; several may stand under one."""
    dossier = preparing.editable(dossier, f"paper:{component.code}", actor)
    Document.objects.filter(pk=document.pk).update(waiting=False)
    paper = Paper.objects.create(
        dossier=dossier,
        component=component,
        nomination=nomination,
        document=document,
        number=number,
        signed_on=signed_on,
        signer=signer,
        added_by=actor,
    )
    _note(dossier, actor, _("Attach a file"), ["", document.name])
    preparing.touch(dossier)
    return paper


@act
def remove_paper(*, paper: Paper, actor: Any) -> None:
    """Take a paper out of the dossier; its file stays, since an earlier sending names it."""
    dossier = preparing.editable(paper.dossier, f"paper:{paper.component.code}", actor)
    _note(dossier, actor, _("Take a file away"), [paper.document.name, ""])
    paper.delete()
    preparing.touch(dossier)


def _note(dossier, actor, label, names):
    log.record(
        actor=actor,
        verb="dossier.papers",
        label=f"{label}: {''.join(names)}",
        target=dossier,
        unit=dossier.unit,
        changes={"paper": names},
    )
