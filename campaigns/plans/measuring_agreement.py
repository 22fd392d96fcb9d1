"""Whether targets, tasks, deadlines and sources of a plan agree with the rest of it.

Like `agreement`: every function yields (path of the value in the plan, sentence).
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import Target
from campaigns.plans.deadlines import waits_for
from campaigns.plans.schema import Plan
from campaigns.rules.results import may_be_added
from core.yaml.declaring import words

Missing = Iterator[tuple[tuple, str]]
RECKONED = ("score", "titles", "consecutive_years")  # measures for which the portal has numbers
SOURCED = ("bases", "superior", "phases", "facts", "targets")


def missing_in(plan: Plan) -> Missing:
    yield from _targets_say_what(plan)
    yield from _targets_name_what_stands(plan)
    yield from _deadlines_wait_for_what_stands(plan)
    yield from _sources_stand(plan)
    yield from _rules_are_whole(plan)
    period = plan.period
    if period and period.outlook and period.last and period.outlook <= period.last:
        yield ("period", "outlook"), _("The outlook lies beyond the last year.")
    if plan.code in plan.measured_by:
        yield ("measured_by",), _("A campaign does not measure itself.")


def _targets_say_what(plan: Plan) -> Missing:
    for place, target in _read(plan.targets):
        path = ("targets", place)
        if target.compare is None:
            continue
        numeric = target.compare not in Target.WITHOUT_NUMBER
        if numeric and target.value is None:
            yield path, _("This comparison needs a number: write “value”.")
        if not numeric and target.value is not None:
            yield (*path, "value"), _("This comparison has no number: leave out “value”.")
        if target.compare == Target.Compare.TEXT and not target.text:
            yield path, _("A target in words needs its words: write “text”.")
        if target.gather == Target.Gather.SUM and not _adds_up(target):
            yield (*path, "gather"), _("Shares, indexes, ranks and words are never added.")
        period = target.period
        if period and period.first and period.last and period.last < period.first:
            yield (*path, "period"), _("The period ends before it begins.")


def _adds_up(target):
    """Whether figures of several months may be added: what is counted may."""
    row = Target(compare=target.compare, unit_of_measure=target.unit or "number")
    return may_be_added(row)


def _targets_name_what_stands(plan: Plan) -> Missing:
    known = {
        "index": {index.code for _place, index in _read(plan.indices)},
        "group": {group.code for _place, group in _read(plan.task_groups)},
        "sector": {
            sector.code
            for _place, content in _read(plan.contents)
            for _number, sector in _read(content.sectors)
        },
    }
    for place, target in _read(plan.targets):
        for name, codes in known.items():
            code = getattr(target, name)
            if code and code not in codes:
                text = _("“%(code)s” is not in this plan.")
                yield ("targets", place, name), text % {"code": code}


def _deadlines_wait_for_what_stands(plan: Plan) -> Missing:
    parts = [plan.duties, plan.phases, plan.rounds, plan.agency.phases if plan.agency else ()]
    codes = {member.code for part in parts for _place, member in _read(part)}
    dues = [(("duties", place), duty) for place, duty in _read(plan.duties)]
    for place, group in _read(plan.task_groups):
        dues += [(("task_groups", place, "tasks", n), task) for n, task in _read(group.tasks)]
    for path, holder in dues:
        code = waits_for(holder.due)
        if code and (code not in codes or code == holder.code):
            text = _("No duty, phase or round has the code “%(code)s”.")
            yield (*path, "due"), text % {"code": code}


def _sources_stand(plan: Plan) -> Missing:
    codes = {source.code for _place, source in _read(plan.sources)}
    marked = [((name, n), row) for name in SOURCED for n, row in _read(getattr(plan, name))]
    for place, group in _read(plan.task_groups):
        marked += [(("task_groups", place, "tasks", n), task) for n, task in _read(group.tasks)]
    for path, row in marked:
        if row.source and row.source not in codes:
            yield (*path, "source"), _("There is no source “%(code)s”.") % {"code": row.source}
    parts = {word for word, _attribute in words(Plan)}
    for place, source in _read(plan.sources):
        for number, name in _read(source.gives):
            if name not in parts:
                text = _("“%(name)s” is not a part of a plan.")
                yield ("sources", place, "gives", number), text % {"name": name}


def _rules_are_whole(plan: Plan) -> Missing:
    for place, form in _read(plan.awards.forms if plan.awards else ()):
        for number, condition in _read(form.conditions):
            if (condition.measure is None) != (condition.at_least is None):
                text = _("A rule needs both “measure” and “at_least”.")
                yield ("awards", "forms", place, "conditions", number), text
            if condition.hard and condition.measure not in RECKONED:
                text = _("Only what the portal reckons can stop a nominee: %(measures)s.")
                known = {"measures": ", ".join(RECKONED)}
                yield ("awards", "forms", place, "conditions", number, "hard"), text % known


def _read(rows: Any) -> list[tuple[int, Any]]:
    return [(place, row) for place, row in enumerate(rows) if row is not None]
