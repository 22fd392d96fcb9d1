"""The steps in which a plan is written on pages, each with the parts of the plan that it shows."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """`values` and `lists` are words of the plan, `tables` words of a list with the columns
    that the page shows; `lead` says what belongs here where the title does not."""

    code: str
    title: Any
    values: tuple[tuple[str, ...], ...] = ()
    lists: tuple[tuple[str, ...], ...] = ()
    tables: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    lead: Any = ""


def _single(*names):
    return tuple((name,) for name in names)


ROUND = (
    "code",
    "kind",
    "name",
    "achieved.from",
    "achieved.to",
    "review",
    "award",
    "opens",
    "last_day",
)
TARGET = (
    "code",
    "name",
    "compare",
    "value",
    "unit",
    "text",
    "year",
    "gather",
    "index",
    "sector",
    "group",
)
TASK = ("code", "name", "who", "responsibility", "due", "result")
STEPS = (
    Step(
        "ai",
        _("Who and what"),
        _single(
            "kind", "number", "signed", "issuer", "signer", "title", "name", "short_name", "theme"
        ),
        (("purposes",), ("participants", "collective"), ("participants", "individual")),
        ((("roles",), ("function", "body")),),
    ),
    Step(
        "cap-tren",
        _("Superior plan"),
        _single("parent"),
        (("measured_by",),),
        ((("superior",), ("number", "signed", "issuer", "text")),),
        _("A superior campaign in the portal gives its contents; other documents stand below."),
    ),
    Step(
        "khi",
        _("When"),
        (("period", "from"), ("period", "to"), ("period", "outlook")),
        (),
        ((("phases",), ("code", "name", "opens", "last_day", "work")),),
    ),
    Step(
        "noi-dung",
        _("Contents"),
        (),
        (("solutions",), ("tasks",)),
        (
            (("contents",), ("code", "name", "inherits", "detail")),
            (("contents", "sectors"), ("code", "name", "points")),
            (("dropped",), ("code", "name", "reason")),
        ),
    ),
    Step(
        "chi-tieu",
        _("Targets"),
        (),
        (),
        (
            (("targets",), TARGET),
            (("indices",), ("code", "name")),
        ),
        _("Say how each target is compared: with a number, as a rank, done or not, or in words."),
    ),
    Step(
        "nhiem-vu",
        _("Tasks with the five clear things"),
        (),
        (),
        (
            (("task_groups",), ("code", "name")),
            (("task_groups", "tasks"), TASK),
        ),
        _("First the groups, then the tasks of each: person, task, responsibility, time, result."),
    ),
    Step(
        "dot",
        _("Rounds and places"),
        (("awards", "subjects"),),
        (),
        (
            (("awards", "forms"), ("award", "name", "rule")),
            (("awards", "rounds"), ROUND),
            (
                ("awards", "rounds", "quotas"),
                ("for", "places", "percent", "of", "per_block"),
            ),
        ),
    ),
    Step(
        "tieu-chuan",
        _("Standards and conditions"),
        (),
        (),
        (
            (("standards",), ("code", "name")),
            (("standards", "criteria"), ("name", "points", "text")),
            (
                ("awards", "forms", "conditions"),
                ("text", "for", "measure", "at_least", "award", "hard"),
            ),
        ),
        _(
            "A condition stands in words. Where the portal can reckon it, say what and how much: "
            "one that must be met stops the dossier, another only warns."
        ),
    ),
    Step(
        "phu-luc",
        _("Annexes"),
        (),
        (),
        ((("annexes",), ("name", "attached", "expected")),),
        _("An annex that is issued later stands here too: say who adds it and when."),
    ),
    Step(
        "ho-so",
        _("Papers of the dossier"),
        (("dossier", "copies"), ("dossier", "original")),
        (("dossier", "route"),),
        ((("dossier", "components"), ("code", "name", "optional")),),
    ),
    Step(
        "bao-cao",
        _("Reports"),
        (("feedback",),),
        (),
        ((("duties",), ("code", "who", "to", "what", "frequency", "due")),),
    ),
)
