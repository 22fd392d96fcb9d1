"""Whether the parts of a plan agree with one another: codes, sums, dates, references.

Every function yields (path of the value in the plan, sentence). A value that could not be
read is None and has its own fault already, so it is passed over here.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from campaigns.plans import measuring_agreement
from campaigns.plans.giving import UNITS
from campaigns.plans.schema import Plan

Missing = Iterator[tuple[tuple, str]]


def missing_in(plan: Plan | None) -> Missing:
    if plan is None:
        return
    yield from _codes_once(plan)
    yield from _bases_named(plan)
    yield from _periods_in_order(plan)
    yield from _dates_in_order(plan)
    yield from _places_agree(plan)
    yield from _totals_agree(plan)
    yield from _references_stand(plan)
    yield from _one_standing_agency(plan)
    yield from measuring_agreement.missing_in(plan)


def _codes_once(plan: Plan) -> Missing:
    phases, agency = plan.phases, plan.agency
    yield from _twice(plan.contents, "code", ("contents",))
    for place, content in _read(plan.contents):
        yield from _twice(content.sectors, "code", ("contents", place, "sectors"))
    yield from _twice(plan.components, "code", ("dossier", "components"))
    yield from _twice(plan.rounds, "code", ("awards", "rounds"))
    yield from _twice(plan.duties, "code", ("duties",))
    yield from _twice(plan.annexes, "name", ("annexes",))
    yield from _twice(phases, "code", ("phases",))
    for name in ("dropped", "indices", "targets", "task_groups", "standards", "sources"):
        yield from _twice(getattr(plan, name), "code", (name,))
    for place, group in _read(plan.task_groups):
        yield from _twice(group.tasks, "code", ("task_groups", place, "tasks"))
    yield from _twice(plan.facts, "name", ("facts",))
    yield from _twice(plan.year_themes, "year", ("year_themes",))
    if plan.awards:
        yield from _twice(plan.awards.forms, "name", ("awards", "forms"))
    if agency:
        taken = {phase.code for _place, phase in _read(phases)}
        yield from _twice(agency.phases, "code", ("agency", "phases"), taken)
        yield from _twice(agency.rounds, "round", ("agency", "rounds"))


def _twice(rows: Iterable[Any], name: str, path: tuple, taken: Iterable[str] = ()) -> Missing:
    seen = set(taken)
    for place, row in _read(rows):
        value = getattr(row, name)
        if value is not None and value in seen:
            text = _("“%(value)s” stands here for the second time.") % {"value": value}
            yield (*path, place, name), text
        seen.add(value)


def _bases_named(plan: Plan) -> Missing:
    for name in ("bases", "superior"):
        for place, basis in _read(getattr(plan, name)):
            if not basis.number and not basis.text:
                yield (name, place), _("Write the number of the document, or its words.")


def _periods_in_order(plan: Plan) -> Missing:
    if not _in_order(plan.period):
        yield ("period",), _("The period ends before it begins.")
    for place, each in _read(plan.rounds):
        path = ("awards", "rounds", place, "achieved")
        if not _in_order(each.achieved):
            yield path, _("The period of the achievements ends before it begins.")
        elif each.achieved and _in_order(plan.period) and not _within(each.achieved, plan.period):
            text = _("The period of the achievements %(part)s lies outside the campaign %(whole)s.")
            yield path, text % {"part": each.achieved, "whole": plan.period}


def _dates_in_order(plan: Plan) -> Missing:
    places = [(("phases", place), phase) for place, phase in _read(plan.phases)]
    places += [(("awards", "rounds", place), each) for place, each in _read(plan.rounds)]
    if plan.agency:
        places += [(("agency", "phases", n), each) for n, each in _read(plan.agency.phases)]
        places += [(("agency", "rounds", n), each) for n, each in _read(plan.agency.rounds)]
    for path, stretch in places:
        years = getattr(stretch, "years", None)
        if years and not _in_order(years):
            yield (*path, "years"), _("The period ends before it begins.")
        elif years and plan.period and not _within(years, plan.period):
            text = _("The years %(part)s lie outside the campaign %(whole)s.")
            yield (*path, "years"), text % {"part": years, "whole": plan.period}
        if stretch.opens and stretch.last_day and stretch.last_day < stretch.opens:
            yield (*path, "last_day"), _("The last day comes before the first.")
        for name in ("opens", "last_day"):
            day = getattr(stretch, name)
            if day and plan.period and not _year_within(day.year, plan.period):
                text = _("%(day)s lies outside the period of the campaign, %(whole)s.")
                said = {"day": day.strftime("%d/%m/%Y"), "whole": plan.period}
                yield (*path, name), text % said


def _places_agree(plan: Plan) -> Missing:
    for place, each in _read(plan.rounds):
        path = ("awards", "rounds", place)
        seen = set()
        for number, quota in _read(each.quotas):
            subject = (quota.kind, quota.award or each.award)
            if quota.kind and subject in seen:
                text = _("Places for this kind of nominee stand here for the second time.")
                yield (*path, "quotas", number), text
            seen.add(subject)
            yield from _one_way(quota, (*path, "quotas", number))
        places = [quota.places for _number, quota in _read(each.quotas)]
        if each.total is not None and None not in places and sum(places) != each.total:
            text = _("The places add up to %(sum)s, but the total says %(total)s.")
            yield (*path, "total"), text % {"sum": sum(places), "total": each.total}


def _one_way(quota: Any, path: tuple) -> Missing:
    """A number, a share of something, or so many a block: one of the three."""
    ways = [name for name in ("places", "percent", "per_block") if getattr(quota, name) is not None]
    if len(ways) != 1:
        yield path, _("Write one of these: places, percent with of, or per_block.")
    elif (quota.percent is None) != (quota.of is None):
        text = _("A percentage needs “of”: %(units)s, or the code of a title.")
        yield path, text % {"units": UNITS}


def _totals_agree(plan: Plan) -> Missing:
    if not plan.totals:
        return
    there = {
        "contents": len(plan.contents),
        "sectors": sum(len(content.sectors) for _place, content in _read(plan.contents)),
        "rounds": len(plan.rounds),
        "components": len(plan.components),
        "targets": len(plan.targets),
        "task_groups": len(plan.task_groups),
        "tasks": sum(len(group.tasks) for _place, group in _read(plan.task_groups)),
    }
    for name, count in there.items():
        said = getattr(plan.totals, name)
        if said is not None and said != count:
            text = _("The file has %(count)s of these, but the sums say %(said)s.")
            yield ("totals", name), text % {"count": count, "said": said}


def _references_stand(plan: Plan) -> Missing:
    known = {each.code: each for _place, each in _read(plan.rounds)}
    for place, each in _read(plan.agency.rounds if plan.agency else ()):
        path = ("agency", "rounds", place)
        if each.round and each.round not in known:
            yield (*path, "round"), _("There is no round “%(code)s”.") % {"code": each.round}
            continue
        for name in ("opens", "last_day", "appraisal_days"):
            in_plan = each.round and getattr(known[each.round], name) is not None
            if in_plan and getattr(each, name) is not None:
                text = _("The plan says this itself; the agency cannot set it again.")
                yield (*path, name), text
    if plan.parent and plan.parent == plan.code:
        yield ("parent",), _("A campaign is not part of itself.")


def _one_standing_agency(plan: Plan) -> Missing:
    agencies = [n for n, role in _read(plan.roles) if role.function == "standing_agency"]
    for place in agencies[1:]:
        yield ("roles", place, "function"), _("A campaign has one standing agency.")


def _read(rows: Iterable[Any]) -> list[tuple[int, Any]]:
    return [(place, row) for place, row in enumerate(rows) if row is not None]


def _in_order(period: Any) -> bool:
    return not period or not (period.first and period.last) or period.first <= period.last


def _within(part: Any, whole: Any) -> bool:
    return all(_year_within(year, whole) for year in (part.first, part.last))


def _year_within(year: int | None, whole: Any) -> bool:
    """A period that ends before it begins is a fault of its own: nothing is measured by it."""
    if year is None or whole is None or not _in_order(whole):
        return True
    return (whole.first or year) <= year <= (whole.last or year)
