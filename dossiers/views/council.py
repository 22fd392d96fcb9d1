"""The council: sittings, their counts, what came of them."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns.models import AwardRound
from core.clock import clock
from core.documents.views import DownloadPage
from core.text import whole
from core.ui.components import marks
from core.ui.views import DetailPage, FormPage, ListPage, StepView
from core.workflow import Blocked
from dossiers.forms.council import COUNTS, SittingForm
from dossiers.models import Dossier, Nomination, Sitting
from dossiers.rules import council
from dossiers.services import council as acts
from dossiers.workflow.sitting import SITTING

VOTES = tuple(f"{name}_" for name, _label in COUNTS)
HEADS = [label for _name, label in COUNTS]
READERS = (Perm.COUNCIL_READ, Perm.COUNCIL_RECORD)


def waiting_rounds(user):
    """Rounds with nominees before the council, with how many."""
    before = Q(
        nominations__dossier__state=Dossier.State.COUNCIL,
        nominations__result=Nomination.Result.OK,
    )
    rows = AwardRound.objects.visible_to(user, *READERS).select_related("campaign")
    rows = rows.annotate(waiting=Count("nominations", filter=before)).filter(waiting__gt=0)
    return rows.order_by("campaign", "order", "pk")


class Sittings(ListPage):
    perm = READERS
    model = Sitting
    template_name = "dossiers/sitting_list.html"
    extra_context = {"page_title": gettext_lazy("Sittings of the council")}

    def scoped(self, queryset):
        votes = {
            "voted": Count("results"),
            "agreed": Count("results", filter=Q(results__passed=True)),
        }
        rows = super().scoped(queryset).select_related("round__campaign")
        return rows.annotate(**votes).order_by("-held_on", "-pk")

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            rounds=waiting_rounds(user), may_record=user.holds(Perm.COUNCIL_RECORD), **kwargs
        )


class SittingPage(DetailPage):
    perm = READERS
    model = Sitting
    workflow = SITTING
    template_name = "dossiers/sitting_detail.html"

    def get_context_data(self, **kwargs):
        sitting = self.object
        results = sitting.results.select_related("nomination__dossier", "nomination__award_type")
        crumbs = [
            (_("Sittings of the council"), reverse("dossiers:sittings")),
            (str(sitting), None),
        ]
        return super().get_context_data(
            page_title=str(sitting),
            crumbs=crumbs,
            sitting=sitting,
            results=results,
            heads=HEADS,
            facts=facts_of(sitting),
            **kwargs,
        )


class SittingStep(StepView):
    model = Sitting
    workflow = SITTING


def facts_of(sitting):
    names = "held_on chair members_total members_present written_opinions recusals"
    for name in names.split():
        value = getattr(sitting, name)
        label = sitting._meta.get_field(name).verbose_name
        yield label, marks.day(value) if name == "held_on" else value
    yield _("Recorded by"), sitting.recorded_by


class Minutes(DownloadPage):
    perm = READERS
    model = Sitting

    def document_of(self, obj):
        return obj.minutes


class NewSitting(FormPage):
    """Presence, then the count for each nominee of the round who waits."""

    perm = Perm.COUNCIL_RECORD
    model = AwardRound
    form_class = SittingForm
    template_name = "dossiers/sitting_new.html"
    message = gettext_lazy("The result of the sitting is kept.")

    def target(self):
        if not hasattr(self, "_target"):
            rows = self.scoped(AwardRound.objects.select_related("campaign__unit", "award_type"))
            self._target = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._target

    @cached_property
    def nominations(self):
        """Who waits; and of whom counts were typed, even if a colleague was quicker."""
        names = [name for name, count in self.request.POST.items() if count.strip()]
        typed = {whole(name.partition("_")[2]) for name in names if name.startswith(VOTES)}
        return list(acts.before_the_council(self.target(), typed - {None}))

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "nominations": self.nominations,
            "unit": self.target().campaign.unit,
        }

    def get_initial(self):
        last = Sitting.objects.filter(unit=self.target().campaign.unit).first()
        known = {"members_total": last.members_total, "chair": last.chair} if last else {}
        return {**super().get_initial(), **known, "held_on": clock.today()}

    def get_context_data(self, **kwargs):
        award_round, title = self.target(), _("New sitting")
        thresholds = council.thresholds(self.nominations, clock.today())
        crumbs = [(_("Sittings of the council"), reverse("dossiers:sittings")), (title, None)]
        kwargs.setdefault("form", self.get_form())
        quicker = {one.council_result.sitting for one in self.nominations if is_voted_on(one)}
        return super().get_context_data(
            page_title=title,
            crumbs=crumbs,
            round=award_round,
            quicker=sorted(quicker, key=lambda sitting: sitting.pk),
            heads=HEADS,
            missing=council.no_threshold(self.nominations, thresholds),
            rows=list(self.rows(kwargs["form"], thresholds)),
            **kwargs,
        )

    def rows(self, form, thresholds):
        """Each nominee with its fields, the threshold of its award and who stands aside."""
        members = council.members_on(clock.today())
        for row in form.rows:
            nomination = row["nomination"]
            cells = [
                {"field": field, "head": head}
                for field, head in zip(row["cells"], HEADS, strict=True)
            ]
            aside = council.must_stand_aside(nomination, members)
            threshold = thresholds.get(nomination.award_type.code)
            done = nomination.council_result if is_voted_on(nomination) else None
            yield {**row, "cells": cells, "threshold": threshold, "aside": aside, "done": done}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused:
            return self.form_invalid(form, status=409)

    def act(self, form):
        values = form.cleaned_data
        try:
            sitting = acts.record_results(
                round=self.target(),
                held_on=values["held_on"],
                presence=form.presence(),
                chair=values["chair"],
                recusals=values["recusals"],
                minutes=values["minutes"],
                counts=form.counts(),
                actor=self.request.user,
            )
        except Blocked as blocked:
            form.refuse(blocked.findings)
            raise Refused from blocked
        return sitting.get_absolute_url()


def is_voted_on(nomination):
    """Asked of rows that were read with their results, or of none that has one."""
    return nomination.result != Nomination.Result.OK


class Refused(Exception):
    """The form says by itself, field by field, what cannot be."""
