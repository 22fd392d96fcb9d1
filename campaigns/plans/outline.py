"""A plan laid out for its page: which parts it has, and its targets and numbers in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import rules
from campaigns.models import AwardRound, Campaign, Target
from campaigns.plans import deadlines, schema
from core.yaml.declaring import words
from core.yaml.kinds import Number
from core.yaml.packing import unpack

SIGNS = {
    Target.Compare.AT_LEAST: "≥ ",
    Target.Compare.MORE_THAN: "> ",
    Target.Compare.AT_MOST: "≤ ",
    Target.Compare.LESS_THAN: "< ",
    Target.Compare.EQUAL: "",
}
PARTS = (
    ("rounds", gettext_lazy("Award rounds")),
    ("contents", gettext_lazy("Contents")),
    ("targets", gettext_lazy("Targets")),
    ("tasks", gettext_lazy("Groups of tasks")),
    ("facts", gettext_lazy("Where things stood")),
    ("standards", gettext_lazy("Standards")),
    ("dossier", gettext_lazy("The dossier")),
    ("duties", gettext_lazy("Reports")),
    ("roles", gettext_lazy("Who does what")),
    ("plan", gettext_lazy("The plan in words")),
    ("history", gettext_lazy("History")),
)


@dataclass(frozen=True)
class Aim:
    """A target for the page: `number` is the goal in words, `about` the rest in short words."""

    target: schema.Target
    number: str
    about: list[str]


def number_in_words(value: Any) -> str:
    """A decimal as officials write it: 1.900, 0,8."""
    written = str(Number().write(value))
    whole, comma, part = written.partition(",")
    return f"{int(whole):,}".replace(",", ".") + comma + part


def aims(plan: schema.Plan) -> list[Aim]:
    """Targets by the year in which they are due, those without a year last."""
    return sorted(
        (_aim(plan, target) for target in plan.targets), key=lambda aim: aim.target.year or 9999
    )


def goal_in_words(target: schema.Target) -> str:
    if target.compare == Target.Compare.YES_NO:
        return _("Done or not")
    if target.compare == Target.Compare.TEXT:
        return target.text
    number = number_in_words(target.value)
    if target.compare == Target.Compare.RANK:
        return _("Among the first %(n)s") % {"n": number}
    unit = target.unit or ""
    return SIGNS[target.compare] + number + (f"\N{NO-BREAK SPACE}{unit}" if unit else "")


def _aim(plan, target):
    sectors = {s.code: s.name for content in plan.contents for s in content.sectors}
    indices = {index.code: index.name for index in plan.indices}
    about = [sectors.get(target.sector), indices.get(target.index)]
    if target.group:
        about.append(_("group of tasks %(code)s") % {"code": target.group})
    if target.period:
        about.append(_("reckoned over %(period)s") % {"period": target.period})
    if target.gather:
        about.append(str(Target.Gather(target.gather).label))
    about += [", ".join(target.places), target.note]
    if target.text and target.compare != Target.Compare.TEXT:
        about.append(target.text)
    return Aim(target, goal_in_words(target), [part for part in about if part])


def facts(plan: schema.Plan) -> Iterator[tuple[schema.Fact, str]]:
    """(fact, its number in words or "")."""
    for fact in plan.facts:
        number = "" if fact.value is None else number_in_words(fact.value)
        unit = f"\N{NO-BREAK SPACE}{fact.unit}" if fact.unit else ""
        share = (
            "" if fact.percent is None else f"{number_in_words(fact.percent)}\N{NO-BREAK SPACE}%"
        )
        yield fact, " · ".join(filter(None, [f"{number}{unit}".strip(), share]))


def tasks(plan: schema.Plan) -> list[dict[str, Any]]:
    """Groups of tasks with, for each task, what the plan says of the five clear things."""
    return [
        {"group": group, "tasks": [(task, _clear(task)) for task in group.tasks]}
        for group in plan.task_groups
    ]


def tasks_in_words(plan: schema.Plan) -> list[str]:
    """How many tasks are named here, how many the document prints, and what is left open."""
    named = [task for group in plan.task_groups for task in group.tasks]
    said = [_("%(n)s tasks are named here.") % {"n": len(named)}]
    if plan.printed and plan.printed.tasks and plan.printed.tasks != len(named):
        said = [
            _("The plan has %(all)s tasks; %(n)s of them are named here.")
            % {"all": plan.printed.tasks, "n": len(named)}
        ]
    if named and not any(_clear(task) for task in named):
        said.append(_("For none of them is a person, a time or a result named here."))
    return said


def _clear(task):
    due = deadlines.in_words(task.due) if task.due else None
    said = [
        (_("Person"), task.who),
        (_("Responsibility"), task.responsibility),
        (_("Time"), due),
        (_("Result"), task.result),
    ]
    return [(label, value) for label, value in said if value]


def parts(plan: schema.Plan, campaign: Campaign) -> list[dict[str, str]]:
    """Links to the parts that the page has, in its order."""
    there = {
        "rounds": bool(plan.rounds or plan.awards) or campaign.kind == Campaign.Kind.CAMPAIGN,
        "contents": plan.contents or plan.dropped,
        "targets": plan.targets or plan.measured_by,
        "tasks": plan.task_groups,
        "facts": plan.facts or plan.indices,
        "standards": plan.standards,
        "dossier": plan.dossier,
        "duties": plan.duties,
        "roles": plan.roles,
        "plan": True,
        "history": True,
    }
    return [{"label": str(label), "url": f"#{code}"} for code, label in PARTS if there[code]]


def programmes(plan: schema.Plan, visible: Any) -> list[tuple[str, Campaign | None]]:
    """The programmes that measure a campaign, each by its code; None where it is not here.

    `visible` are the campaigns that the reader may see.
    """
    here = {row.code: row for row in visible.filter(code__in=plan.measured_by)}
    return [(code, here.get(code)) for code in plan.measured_by]


def shares(row: AwardRound) -> list[dict[str, Any]]:
    """Places that are no plain number, for the page: {"kind", "words", "used", "size"}."""
    quotas = (unpack(schema.Quota, packed) for packed in row.shares)
    words = {(q.kind, q.award or row.award_type.code): q.in_words for q in quotas}
    return [
        {
            "kind": share.get_kind_display(),
            "words": words[share.kind, share.award],
            "used": share.used,
            "size": share.size,
        }
        for share in rules.shares_now(row)
    ]


def sources(plan: schema.Plan) -> Iterator[tuple[schema.Source, list[str]]]:
    """(source, the parts of the plan that come from it)."""
    labels = {word: str(attribute.metadata["label"]) for word, attribute in words(schema.Plan)}
    for source in plan.sources:
        yield source, [labels[name] for name in source.gives]
