"""Taking a nominee off the list, and putting it back: nothing is lost by a slip of the hand."""

import json
from collections.abc import Iterator
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from core.audit import log
from core.ui.models import Draft
from core.workflow import NotNow, act
from dossiers.models import Dossier, Nomination
from dossiers.services import preparing


def removed_by(user: Any, dossier: Dossier) -> models.QuerySet[Draft]:
    """What this person took off this list and may put back."""
    return Draft.objects.filter(user=user, form__startswith=_address(dossier))


@act
def remove_nominee(*, nominee: Nomination, actor: Any) -> Draft:
    """Take a nominee with its report and papers off; the draft returned can put it back."""
    dossier = preparing.editable(nominee.dossier, "nominees", actor)
    nominee = Nomination.objects.get(pk=nominee.pk)  # as it stands, now that nothing moves
    rows = json.loads(serializers.serialize("json", _rows(nominee)))
    kept = Draft.objects.create(
        user=actor,
        form=f"{_address(dossier)}{nominee.pk}",
        values={"name": nominee.name, "rows": rows},
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
    """Put back what `remove_nominee` took off: the same rows under their keys, in the old place.

    By their keys a return's flaws, the history and the sendings know them.
    """
    dossier = preparing.editable(dossier, "nominees", actor)
    if not removed_by(actor, dossier).filter(pk=removed.pk).exists():
        raise NotNow(_("%(name)s is back on the list.") % {"name": removed.values["name"]})
    first, *others = serializers.deserialize("python", removed.values["rows"])
    _put_back(first)
    for each in others:
        each.save()
    nominee: Nomination = dossier.nominations.get(pk=first.object.pk)
    label = _("Put %(name)s back on the list") % {"name": nominee.titled}
    _note(dossier, actor, label, ["", nominee.name])
    removed.delete()
    preparing.touch(dossier)
    return nominee


def _address(dossier):
    return f"off-the-list:{dossier.pk}:"


def _rows(nominee: Nomination) -> Iterator[models.Model]:
    """The nominee, then all that goes with it, each after the row on which it hangs."""
    yield nominee
    if report := getattr(nominee, "report", None):
        yield report
        yield from report.sections.all()
    yield from nominee.papers.all()
    if verdict := getattr(nominee, "verdict", None):
        yield verdict


def _put_back(row):
    """Its place in the round may be taken meanwhile: then the next sending asks for it (R03)."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.object.stands = False
        row.save()


def _note(dossier, actor, label, names, more=None):
    log.record(
        actor=actor,
        verb="dossier.nominees",
        label=label,
        target=dossier,
        unit=dossier.unit,
        changes={"nominee": names, **(more or {})},
    )
