"""Taking a nominee off the list, and putting it back: nothing is lost by a slip of the hand."""

from typing import Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from core.audit import log
from core.ui.models import Draft
from core.workflow import act
from dossiers.models import AchievementReport, Dossier, Nomination, Paper, ReportSection
from dossiers.models.report import PARTS
from dossiers.services import preparing

_NOMINEE = [
    "order",
    "kind",
    "award_type",
    "person",
    "collective",
    "name",
    "sex",
    "birth_day",
    "position",
    "position_class",
    "workplace",
    "headcount",
    "unit_votes",
    "under_review",
]


@act
def remove_nominee(*, nominee: Nomination, actor: Any) -> Draft:
    """Take a nominee with its report and papers off; the draft returned can put it back."""
    dossier = preparing.editable(nominee.dossier, "nominees", actor)
    kept = Draft.objects.create(
        user=actor, form=f"removed:{dossier.pk}:{nominee.pk}", values=_values(nominee)
    )
    label = _("Take %(name)s off the list") % {"name": nominee.titled}
    report = getattr(nominee, "report", None)
    gone = {"gone": [str(nominee.pk), str(report.pk) if report else ""]}
    _note(dossier, actor, label, [nominee.name, ""], gone)
    nominee.delete()
    preparing.touch(dossier)
    return kept


@act
def restore_nominee(*, dossier: Dossier, removed: Draft, actor: Any) -> Nomination:
    """Put back what `remove_nominee` took off, in its old place of the list."""
    dossier = preparing.editable(dossier, "nominees", actor)
    values = removed.values
    nominee = Nomination(dossier=dossier, round=dossier.round)
    for name, value in values["nominee"].items():
        field: Any = Nomination._meta.get_field(name)
        setattr(nominee, field.attname, field.to_python(value))
    nominee.save()
    if values["report"] is not None:
        report = AchievementReport.objects.create(nomination=nominee, **values["report"])
        ReportSection.objects.bulk_create(
            ReportSection(report=report, content_id=int(content), text=text)
            for content, text in values["sections"].items()
        )
    Paper.objects.bulk_create(
        Paper(dossier=dossier, nomination=nominee, added_by=actor, **paper)
        for paper in values["papers"]
    )
    label = _("Put %(name)s back on the list") % {"name": nominee.titled}
    _note(dossier, actor, label, ["", nominee.name])
    removed.delete()
    preparing.touch(dossier)
    return nominee


def _values(nominee):
    report = getattr(nominee, "report", None)
    return {
        "nominee": _plain(model_to_dict(nominee, _NOMINEE)),
        "report": _plain(model_to_dict(report, PARTS)) if report else None,
        "sections": {str(s.content_id): s.text for s in report.sections.all()} if report else {},
        "papers": [
            _plain(
                {
                    "component_id": paper.component_id,
                    "document_id": str(paper.document_id),
                    "number": paper.number,
                    "signed_on": paper.signed_on,
                    "signer": paper.signer,
                }
            )
            for paper in nominee.papers.all()
        ],
    }


def _plain(values):
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in values.items()}


def _note(dossier, actor, label, names, more=None):
    log.record(
        actor=actor,
        verb="dossier.nominees",
        label=label,
        target=dossier,
        unit=dossier.unit,
        changes={"nominee": names, **(more or {})},
    )
