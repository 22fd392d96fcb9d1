"""What a plan lacks before its campaign is launched: faults, warnings, hints, each with its part."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, Content, Quota, Task
from core.findings import Finding, Weight


def missing_to_launch(campaign: Campaign) -> Iterable[Finding]:
    """What a campaign must have before units see it; what its plan leaves open is a warning."""
    yield from _superior(campaign)
    yield from _tasks(campaign)
    yield from _conditions(campaign)
    if campaign.kind == Campaign.Kind.PROGRAMME:
        if not (campaign.targets.exists() or campaign.task_groups.exists()):
            yield Finding(_("The programme names neither targets nor tasks."), part="targets")
        return
    if not campaign.contents.exists():
        yield Finding(_("The plan names no contents."), part="contents")
    if not campaign.rounds.in_force().exists():
        yield Finding(_("The plan has no award round."), weight=Weight.WARN, part="rounds")
    elif not campaign.components.exists():
        yield Finding(_("The plan does not say what a dossier must hold."), part="dossier")
    if campaign.steward is None:
        yield Finding(
            _("The plan names no standing agency: dossiers go straight to Home Affairs."),
            weight=Weight.WARN,
            part="roles",
        )
    for award_round in campaign.rounds.in_force().filter(closes_at=None):
        text = _("%(round)s has no last day for dossiers.")
        yield Finding(text % {"round": award_round}, weight=Weight.WARN, part="rounds")


def hints_to_launch(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """(sentence, part of the plan): what a plan usually says and this one does not."""
    if not (campaign.number and campaign.signed_on):
        yield _("The plan has no number and day yet; units will ask for them."), "plan"
    if campaign.ends_year is None:
        yield _("The plan names no last year."), "period"
    if not campaign.phases.exists():
        yield _("The plan has no phases."), "period"
    if not campaign.duties.exists():
        yield _("The plan asks for no report."), "duties"
    for award_round in campaign.rounds.in_force():
        if not award_round.shares and not award_round.quotas.exists():
            text = _("%(round)s sets no number of places.")
            yield text % {"round": award_round}, "rounds"
    for annex in campaign.particulars.get("annexes", ()):
        if not annex["attached"]:
            yield _("An annex is still to come: %(name)s.") % {"name": annex["name"]}, "annexes"
    yield from _hints_on_parts(campaign)


def contents_left_open(campaign: Campaign) -> list[Content]:
    """Contents of the superior campaign that the plan neither takes over nor leaves out."""
    parent = campaign.parent
    if parent is None:
        return []
    said = set(campaign.contents.values_list("inherits", flat=True))
    said |= {each["code"] for each in campaign.particulars.get("dropped", ())}
    return [row for row in parent.contents.all() if row.code not in said]


def _superior(campaign):
    if campaign.parent_id is None:
        return
    if campaign.parent.state == Campaign.State.DRAFT:
        text = _("The superior campaign “%(name)s” is not launched itself.")
        yield Finding(text % {"name": campaign.parent}, weight=Weight.WARN, part="superior")
    codes = [row.code for row in contents_left_open(campaign)]
    if codes:
        text = _("Contents %(codes)s of the superior plan are neither taken over nor left out.")
        said = {"codes": ", ".join(codes)}
        yield Finding(text % said, weight=Weight.WARN, part="contents")


def _tasks(campaign):
    tasks = Task.objects.filter(group__campaign=campaign)
    number = tasks.filter(Q(who="") | Q(due="")).count()
    if number:
        text = ngettext(
            "%(number)s task names nobody or no time: nobody is reminded of it.",
            "%(number)s tasks name nobody or no time: nobody is reminded of them.",
            number,
        )
        yield Finding(text % {"number": number}, weight=Weight.WARN, part="tasks")


def _conditions(campaign):
    """A condition that must be met is looked at in the rounds that give its award."""
    given = set(campaign.rounds.in_force().values_list("award_type__code", flat=True))
    given |= set(
        Quota.objects.filter(round__in=campaign.rounds.in_force()).values_list(
            "award_type__code", flat=True
        )
    )
    for form in campaign.award_forms.select_related("award_type"):
        code = form.award_type and form.award_type.code
        binding = [said["text"] for said in form.conditions if said.get("hard")]
        if binding and code and code not in given:
            text = _("“%(words)s” must be met, but no round gives %(award)s.")
            said = {"words": binding[0], "award": form.name}
            yield Finding(text % said, part="standards")


def _hints_on_parts(campaign):
    """What plans with targets, tasks and standards say of each of them."""
    if campaign.kind == Campaign.Kind.CAMPAIGN and not campaign.targets.exists():
        yield _("The plan sets no targets: nothing is measured."), "targets"
    undated = campaign.targets.filter(year=None, to_year=None).count()
    if undated:
        text = ngettext(
            "%(number)s target has no year.", "%(number)s targets have no year.", undated
        )
        yield text % {"number": undated}, "targets"
    groups = campaign.task_groups.filter(tasks=None)
    for group in groups:
        yield _("The group of tasks “%(name)s” names none.") % {"name": group.name}, "tasks"
    vague = Task.objects.filter(group__campaign=campaign).filter(
        Q(responsibility="") | Q(result="")
    )
    if number := vague.count():
        text = ngettext(
            "%(number)s task does not say responsibility or result.",
            "%(number)s tasks do not say responsibility or result.",
            number,
        )
        yield text % {"number": number}, "tasks"
    for standard in campaign.particulars.get("standards", ()):
        if not standard.get("criteria"):
            text = _("The standard for “%(name)s” names no criteria.")
            yield text % {"name": standard["name"]}, "standards"
    if campaign.award_forms.exists() and not any(
        form.conditions for form in campaign.award_forms.all()
    ):
        yield _("The forms of commendation name no conditions."), "standards"
