"""A plan file from the upload through its preview to the campaign, and back out again."""

from hashlib import sha256

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.forms.campaigns import ApplyForm, PlanForm
from campaigns.models import Campaign, PlanFile
from campaigns.plans import export, handing
from campaigns.plans.apply import CannotApply, apply, difference, faults_here, resting
from campaigns.plans.book import writing
from campaigns.plans.difference import Kind, count
from campaigns.views.campaigns import LIST
from core.documents import store
from core.documents.refusals import Refused
from core.documents.views import DownloadPage, made
from core.findings import Finding
from core.ui.views import FormPage, Guarded
from core.workflow import Blocked

MOST_SHOWN = 200
KINDS = (
    (Kind.ADDED, gettext_lazy("Added")),
    (Kind.CHANGED, gettext_lazy("Changed")),
    (Kind.REMOVED, gettext_lazy("Taken out")),
)


class PlanUpload(FormPage):
    perm = Perm.CAMPAIGN_PLAN
    form_class = PlanForm
    title = gettext_lazy("Hand in a plan")
    template_name = "campaigns/plan_form.html"

    def get_form_kwargs(self):
        user = self.request.user
        paths = user.reach(Perm.CAMPAIGN_PLAN)
        units = Unit.objects.filter(path__in=paths)
        return {**super().get_form_kwargs(), "units": units, "most": handing.MOST}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused as refused:
            form.add_error("file", refused.sentence)
            return self.form_invalid(form)

    def act(self, form):
        file = form.cleaned_data["file"]
        handed = handing.hand_in(
            file.read(), name=file.name, unit=form.cleaned_data["unit"], by=self.request.user
        )
        return handed.get_absolute_url()


class PlanPreview(FormPage):
    """What the file says against what there is; posting applies exactly that."""

    perm = Perm.CAMPAIGN_PLAN
    model = PlanFile
    form_class = ApplyForm
    template_name = "campaigns/plan_detail.html"

    def scoped(self, queryset):
        rows = queryset.select_related("document__unit", "document__created_by", "campaign")
        return super().scoped(rows)

    @property
    def title(self):
        return self.target().document.name

    def read(self):
        """(reading, faults, changes, what rests on rows to be taken out), asked once a request."""
        if not hasattr(self, "_read"):
            handed = self.target()
            try:
                reading = handing.reading_of(handed)
            except store.Corrupt:
                raise Http404 from None
            faults = faults_here(reading, owner=handed.document.unit)
            changes = [] if faults else difference(reading.plan)
            held = [] if faults else resting(reading.plan, owner=handed.document.unit)
            self._read = reading, faults, changes, held
        return self._read

    def get_initial(self):
        _reading, _faults, changes, held = self.read()
        return {"seen": _stamp(changes, held)}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "resting": self.read()[3]}

    def get_context_data(self, **kwargs):
        handed = self.target()
        reading, faults, changes, held = self.read()
        lines = _lines(handed) if faults and reading.in_lines else []
        return super().get_context_data(
            handed=handed,
            plan=reading.plan,
            exists=reading.plan and Campaign.objects.filter(code=reading.plan.code).first(),
            faults=[(fault, _standing(fault, lines)) for fault in faults[:MOST_SHOWN]],
            number=len(faults),
            resting=held,
            in_lines=reading.in_lines,
            counts=count(changes),
            groups=[
                (kind.value, label, *_by_part([c for c in changes if c.kind is kind]))
                for kind, label in KINDS
            ],
            crumbs=[LIST, (PlanUpload.title, reverse("campaigns:plan_new")), (self.title, None)],
            **kwargs,
        )

    def act(self, form):
        reading, faults, changes, held = self.read()
        if faults or self.target().applied_at:
            raise Blocked([Finding(_("This file cannot be applied."))])
        if form.cleaned_data["seen"] != _stamp(changes, held):
            raise Blocked([Finding(_("The campaign has changed meanwhile. Look again first."))])
        try:
            applied = apply(
                reading.plan,
                actor=self.request.user,
                owner=self.target().document.unit,
                plan_file=self.target(),
                reason=form.cleaned_data.get("reason", ""),
            )
        except CannotApply as refused:
            raise Blocked(map(Finding, refused.sentences)) from None
        self.message = _(
            "The plan is applied: %(added)s added, %(changed)s changed, %(removed)s taken out."
        ) % count(applied.changes)
        return applied.campaign.get_absolute_url()


def _stamp(changes, held):
    lines = [f"{change.kind} {change}" for change in changes] + held
    return sha256("\n".join(lines).encode()).hexdigest()


def _lines(handed):
    text = store.read(handed.document).decode("utf-8", "replace")
    return [*text.replace("\r\n", "\n").split("\n"), ""]


def _standing(fault, lines):
    """What stands where the fault is: a line of the text, or a cell."""
    text = lines[fault.line - 1] if lines else fault.line.text
    return text.strip()[:160]


def _by_part(changes):
    """([(part, its only text)], {part: [texts]}) in the order of the plan; a part is its
    outermost heading."""
    parts: dict[str, list[str]] = {}
    for change in changes:
        outer, _arrow, inner = change.part.partition(" › ")
        parts.setdefault(outer, []).append(f"{inner}: {change.text}" if inner else change.text)
    single = [(capfirst(part), texts[0]) for part, texts in parts.items() if len(texts) == 1]
    return single, {part: texts for part, texts in parts.items() if len(texts) > 1}


class PlanDownload(DownloadPage):
    perm = Perm.CAMPAIGN_PLAN
    model = PlanFile

    def document_of(self, obj):
        return obj.document


class PlanExport(Guarded, View):
    """The plan that the campaign follows now, in the canonical form."""

    perm = Perm.CAMPAIGN_READ

    def get(self, request, pk):
        campaign = get_object_or_404(Campaign.objects.for_reader(request.user), pk=pk)
        content = export.write(export.plan_of(campaign))
        return made(content, name=f"{campaign.code}.yaml", media_type=handing.YAML)


class PlanWorkbook(Guarded, View):
    """The same as a workbook, for those who write Excel."""

    perm = Perm.CAMPAIGN_READ

    def get(self, request, pk):
        campaign = get_object_or_404(Campaign.objects.for_reader(request.user), pk=pk)
        content = writing.write(export.plan_of(campaign))
        return made(content, name=f"{campaign.code}.xlsx", media_type=store.XLSX)


class BlankWorkbook(Guarded, View):
    """The empty form, with its guide."""

    perm = Perm.CAMPAIGN_PLAN

    def get(self, request):
        return made(writing.blank(), name="mau-ke-hoach.xlsx", media_type=store.XLSX)
