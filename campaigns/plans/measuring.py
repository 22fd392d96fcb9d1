"""What a plan measures and hands out: targets, tasks with the five clear things, base facts."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from campaigns.models import Target as Row
from campaigns.plans.deadlines import Deadline
from campaigns.plans.declaring import Period
from core.yaml.declaring import said
from core.yaml.kinds import COUNT, YEAR, Code, Many, Number, OneOf, Record, Text


@dataclass(frozen=True)
class Index:
    code: str = said(Code(20), _("code"), must=True)
    name: str = said(Text(200), _("name"), must=True)


@dataclass(frozen=True)
class Fact:
    """Where things stood when the plan was written."""

    name: str = said(Text(300), _("name"), must=True)
    value: Decimal = said(Number(), _("value"))
    unit: str = said(Text(40), _("unit of measure"))
    percent: Decimal = said(Number(), _("per cent as printed"))
    year: int = said(YEAR, _("year"))
    text: str = said(Text(600), _("words"))
    source: str = said(Code(12), _("code of the source"))


@dataclass(frozen=True)
class Target:
    """What is to be reached. A year that the plan does not print is absent."""

    code: str = said(Code(20), _("code"), must=True)
    name: str = said(Text(300), _("name"), must=True)
    compare: str = said(OneOf(tuple(Row.Compare.choices)), _("comparison"), must=True)
    value: Decimal = said(Number(), _("value"))
    text: str = said(Text(400), _("target in words"))
    unit: str = said(Text(40), _("unit of measure"))
    year: int = said(YEAR, _("year"))
    period: Period = said(Record(Period), _("reckoned over"))
    gather: str = said(OneOf(tuple(Row.Gather.choices)), _("how months are gathered"))
    index: str = said(Code(20), _("index"))
    sector: str = said(Code(20), _("sector"))
    group: str = said(Text(10), _("group of tasks"))
    places: tuple[str, ...] = said(Many(Text(120)), _("where"))
    quote: str = said(Text(400), _("quotation"))
    note: str = said(Text(300), _("note"))
    source: str = said(Code(12), _("code of the source"))


@dataclass(frozen=True)
class Task:
    """The five clear things are person, task, responsibility, time, result."""

    code: str = said(Text(10), _("label"), must=True)
    name: str = said(Text(600), _("task"), must=True)
    who: str = said(Text(200), _("person"))
    responsibility: str = said(Text(300), _("responsibility"))
    due: str = said(Deadline(), _("time"))
    result: str = said(Text(300), _("result"))
    source: str = said(Code(12), _("code of the source"))


@dataclass(frozen=True)
class TaskGroup:
    code: str = said(Text(10), _("label"), must=True)
    name: str = said(Text(400), _("name"), must=True)
    tasks: tuple[Task, ...] = said(Many(Record(Task), key="code"), _("tasks"))


@dataclass(frozen=True)
class Printed:
    """Numbers that the document states of itself, where only a part of it is at hand."""

    task_groups: int = said(COUNT, _("groups of tasks"))
    tasks: int = said(COUNT, _("tasks"))
    contents: int = said(COUNT, _("contents"))


@dataclass(frozen=True)
class YearTheme:
    year: int = said(YEAR, _("year"), must=True)
    text: str = said(Text(300), _("words"), must=True)
