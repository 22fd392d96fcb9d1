"""Setting up a campaign on pages: begun blank or from last year's, step by step, then launched."""

from dataclasses import replace
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns import rules
from campaigns.forms.wizard import BeginForm, StepForm, StepRows
from campaigns.models import Campaign
from campaigns.plans import copying, export, schema, sketch
from campaigns.plans.apply import CannotApply, apply, faults_here
from campaigns.plans.difference import Kind, compare
from campaigns.views.asking import ask_for
from campaigns.views.campaigns import LIST
from campaigns.workflow import CAMPAIGN
from core.findings import Finding
from core.ui.views import DetailPage, FormPage
from core.workflow import Blocked

PARTS = {  # of findings: the step that mends them
    "contents": "noi-dung",
    "rounds": "dot",
    "dossier": "ho-so",
    "roles": "ai",
    "duties": "bao-cao",
    "period": "khi",
    "plan": "ai",
}


class Begin(FormPage):
    perm = Perm.CAMPAIGN_PLAN
    form_class = BeginForm
    title = gettext_lazy("Set up a campaign")
    template_name = "campaigns/wizard_begin.html"

    def get_form_kwargs(self):
        user = self.request.user
        units = Unit.objects.filter(path__in=user.reach(Perm.CAMPAIGN_PLAN))
        sources = Campaign.objects.for_reader(user)
        return {**super().get_form_kwargs(), "units": units, "sources": sources}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def act(self, form):
        said = form.cleaned_data
        plan = schema.Plan(
            format=schema.FORMAT, code=said["code"], title=said["name"], name=said["name"]
        )
        if said["source"]:
            before = export.plan_of(said["source"])
            plan = copying.moved(before, code=said["code"], years=said["years"])
            text = _("Copied from %(plan)s, dates moved by %(years)s years: check each of them.")
            note = schema.Note("plan", text % {"plan": before.code, "years": said["years"]})
            plan = replace(plan, name=said["name"], notes=(*plan.notes, note))
        made = _applied(plan, actor=self.request.user, owner=said["unit"])
        if said["source"]:
            ready = reverse("campaigns:wizard_ready", args=[made.pk])
            return f"{ready}?tu={said['source'].code}"
        return reverse("campaigns:wizard", args=[made.pk, sketch.STEPS[0].code])


class WizardStep(FormPage):
    """One step; saving goes on to the next."""

    perm = Perm.CAMPAIGN_PLAN
    model = Campaign
    form_class = StepForm
    template_name = "campaigns/wizard_step.html"

    def scoped(self, queryset):
        return super().scoped(queryset).filter(state=Campaign.State.DRAFT)

    @property
    def title(self):
        return self.step.title

    @cached_property
    def step(self):
        for step in sketch.STEPS:
            if step.code == self.kwargs["step"]:
                return step
        raise Http404

    @cached_property
    def sketch(self):
        return sketch.Sketch(export.plan_of(self.target()))

    @cached_property
    def names(self):
        """{place: name of its field}, for the single values."""
        return {place: ".".join(place.words) for place in sketch.places(self.step)}

    @cached_property
    def tables(self):
        """[(shown table, its formset)]."""
        return [
            (each, self._rows(each, number))
            for number, each in enumerate(sketch.shown(self.step), start=1)
        ]

    def _rows(self, each, number):
        asks = [ask_for(place, f"c{at}") for at, place in enumerate(each.places)]
        initial = [
            {"kept": at, **{f"c{n}": row.get(place) for n, place in enumerate(each.places)}}
            for at, row in enumerate(self.sketch.rows[each.table])
        ]
        return StepRows(
            self.request.POST or None,
            prefix=f"t{number}",
            initial=[] if self.request.POST else initial,
            form_kwargs={"asks": asks},
        )

    def get_initial(self):
        return {name: self.sketch.of(place) for place, name in self.names.items()}

    def get_form_kwargs(self):
        asks = [ask_for(place, name, self.sketch) for place, name in self.names.items()]
        return {**super().get_form_kwargs(), "asks": asks}

    def get_context_data(self, **kwargs):
        campaign = self.target()
        return super().get_context_data(
            campaign=campaign,
            tables=[(each.table.title, rows) for each, rows in self.tables],
            formsets=[rows for _each, rows in self.tables],
            rail=steps_of(campaign, self.step.code),
            crumbs=[LIST, (str(campaign), campaign.get_absolute_url()), (self.title, None)],
            **kwargs,
        )

    def form_valid(self, form):
        if not all(rows.is_valid() for _each, rows in self.tables):
            return self.form_invalid(form)
        for place, name in self.names.items():
            self.sketch.put(place, form.cleaned_data[name])
        places = {each.table: self._take(each, rows) for each, rows in self.tables}
        reading = self.sketch.read()
        faults = reading.faults or faults_here(reading, owner=self.target().unit)
        if faults:
            self._tell(form, faults, places)
            return self.form_invalid(form)
        self.plan = reading.plan
        return super().form_valid(form)

    def _take(self, each, rows):
        """Put the rows as typed into the sketch; answers their forms in that order."""
        standing = [
            row
            for row in rows.forms
            if not row.cleaned_data.get("DELETE")
            and any(row.cleaned_data.get(f"c{n}") for n in range(len(each.places)))
        ]
        typed = [
            (
                row.cleaned_data.get("kept"),
                {place: row.cleaned_data[f"c{n}"] for n, place in enumerate(each.places)},
            )
            for row in standing
        ]
        self.sketch.put_rows(each.table, typed)
        return standing

    def _tell(self, form, faults, places):
        """Each fault at its field; one that this step does not show, above the form."""
        shown = {each.table: each.places for each, _rows in self.tables}
        for fault in faults:
            table, row, place = self.sketch.where(fault.line)
            if place in self.names:
                form.add_error(self.names[place], fault.text)
            elif table in shown and row is not None and place in shown[table]:
                field = f"c{shown[table].index(place)}"
                places[table][row].add_error(field, fault.text)
            else:
                form.add_error(None, str(fault))

    def act(self, form):
        _applied(self.plan, actor=self.request.user, owner=self.target().unit)
        self.message = _("Saved.")
        codes = [step.code for step in sketch.STEPS]
        after = codes.index(self.step.code) + 1
        if after == len(codes):
            return reverse("campaigns:wizard_ready", args=[self.target().pk])
        return reverse("campaigns:wizard", args=[self.target().pk, codes[after]])


class Ready(DetailPage):
    """What is still missing before the launch, each with the step that mends it."""

    perm = Perm.CAMPAIGN_PLAN
    model = Campaign
    workflow = CAMPAIGN
    title = gettext_lazy("Is the campaign ready?")
    template_name = "campaigns/wizard_ready.html"

    def get_queryset(self):
        return super().get_queryset().filter(state=Campaign.State.DRAFT)

    def get_context_data(self, **kwargs):
        campaign = self.object
        found = list(rules.missing_to_launch(campaign))
        return super().get_context_data(
            page_title=self.title,
            campaign=campaign,
            missing=[_with_link(finding, campaign) for finding in found],
            hints=[
                (text, _step_url(campaign, part)) for text, part in rules.hints_to_launch(campaign)
            ],
            rail=steps_of(campaign, "", found),
            moved=_moved(campaign, self._source()),
            crumbs=[LIST, (str(campaign), campaign.get_absolute_url()), (self.title, None)],
            **kwargs,
        )

    def _source(self):
        mine = Campaign.objects.for_reader(self.request.user)
        return mine.filter(code=self.request.GET.get("tu", "")).first()


def steps_of(campaign, current, found=None):
    """The rail of the wizard: the steps, and what is missing in each."""
    found = list(rules.missing_to_launch(campaign)) if found is None else found
    written = sketch.Sketch(export.plan_of(campaign))
    rail = []
    for step in sketch.STEPS:
        mine = [finding for finding in found if PARTS.get(finding.part) == step.code]
        tone, said = _tone(mine, written.says(step))
        rail.append(
            {
                "title": step.title,
                "url": reverse("campaigns:wizard", args=[campaign.pk, step.code]),
                "tone": tone,
                "text": said,
                "current": step.code == current,
            }
        )
    url = reverse("campaigns:wizard_ready", args=[campaign.pk])
    tone, said = _tone(found, True)
    last = {"title": Ready.title, "url": url, "tone": tone, "text": said, "current": not current}
    return [*rail, last]


def _tone(findings, says):
    """(tone, word) of a step in the rail."""
    if any(finding.blocks for finding in findings):
        return "err", _("Something is missing")
    if findings:
        return "warn", _("Look again")
    return ("ok", "") if says else ("idle", _("Nothing yet"))


def _applied(plan, *, actor, owner):
    try:
        return apply(plan, actor=actor, owner=owner).campaign
    except CannotApply as refused:
        raise Blocked(map(Finding, refused.sentences)) from None


def _moved(campaign, source):
    """What a copy says otherwise than the plan it was copied from: its dates above all."""
    if source is None:
        return []
    changes = compare(export.plan_of(source), export.plan_of(campaign))
    return [change for change in changes if change.kind is Kind.CHANGED]


def _with_link(finding, campaign):
    return Finding(
        finding.text, finding.weight, finding.rule, href=_step_url(campaign, finding.part)
    )


def _step_url(campaign, part):
    return reverse("campaigns:wizard", args=[campaign.pk, PARTS.get(part, "ai")])
