"""Setting up a campaign on pages: begun blank or from last year's, step by step, then launched."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns import rules
from campaigns.forms.wizard import BeginForm
from campaigns.models import Campaign
from campaigns.plans import copying, export, schema, sketch, steps
from campaigns.plans.apply import CannotApply, apply
from campaigns.plans.difference import Kind, compare
from campaigns.views.campaigns import LIST
from campaigns.workflow import CAMPAIGN
from core.findings import Finding
from core.text import written
from core.ui.models import Draft
from core.ui.views import DetailPage, FormPage
from core.workflow import Blocked

PARTS = {  # of findings: the step that mends them
    "superior": "cap-tren",
    "contents": "noi-dung",
    "targets": "chi-tieu",
    "tasks": "nhiem-vu",
    "rounds": "dot",
    "standards": "tieu-chuan",
    "annexes": "phu-luc",
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
        made = applied(plan, actor=self.request.user, owner=said["unit"])
        if said["source"]:
            ready = reverse("campaigns:wizard_ready", args=[made.pk])
            return f"{ready}?tu={said['source'].code}"
        return reverse("campaigns:wizard", args=[made.pk, steps.STEPS[0].code])


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
            rail=steps_of(campaign, "", found, user=self.request.user),
            moved=_moved(campaign, self._source()),
            crumbs=[LIST, (str(campaign), campaign.get_absolute_url()), (self.title, None)],
            **kwargs,
        )

    def _source(self):
        mine = Campaign.objects.for_reader(self.request.user)
        return mine.filter(code=written(self.request.GET.get("tu", ""))).first()


def steps_of(campaign, current, found=None, *, user):
    """The rail of the wizard: the steps, what is missing in each, and what is typed there by
    the visitor and not saved."""
    found = list(rules.missing_to_launch(campaign)) if found is None else found
    written = sketch.Sketch(export.plan_of(campaign))
    urls = {
        step.code: reverse("campaigns:wizard", args=[campaign.pk, step.code])
        for step in steps.STEPS
    }
    typed = set(
        Draft.objects.filter(user=user, form__in=urls.values()).values_list("form", flat=True)
    )
    rail = []
    for step in steps.STEPS:
        mine = [finding for finding in found if PARTS.get(finding.part) == step.code]
        tone, said = _tone(mine, written.says(step))
        if urls[step.code] in typed:
            tone, said = "warn", _("Typed, not saved")
        rail.append(
            {
                "title": step.title,
                "url": urls[step.code],
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


def applied(plan, *, actor, owner):
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
