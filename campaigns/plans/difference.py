"""What would be added, changed and removed if a plan were applied, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import ReportDuty
from campaigns.plans import deadlines, schema
from campaigns.plans.deadlines import Deadline
from campaigns.plans.export import settled
from core.yaml.kinds import Flag, Many, OneOf, Record


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """`part` says where (“award rounds › Tổng kết”), `text` what."""

    kind: Kind
    part: str
    text: str

    def __str__(self):
        return f"{self.part}: {self.text}"


def compare(before: schema.Plan | None, after: schema.Plan) -> list[Change]:
    """Changes from one plan to another; from None, everything is added. Empty: the same."""
    return list(_record(schema.Plan, before and settled(before), settled(after), ()))


def count(changes: list[Change]) -> dict[str, int]:
    return {kind.value: sum(change.kind is kind for change in changes) for kind in Kind}


def _record(cls: type, before: Any, after: Any, part: tuple) -> Iterator[Change]:
    for _word, attribute in schema.words(cls):
        if cls is schema.Plan and attribute.name == "format":
            continue
        about = attribute.metadata
        old = getattr(before, attribute.name) if before else attribute.default
        new = getattr(after, attribute.name) if after else attribute.default
        if old != new:
            yield from _value(about["kind"], old, new, (*part, str(about["label"])))


def _value(kind: Any, old: Any, new: Any, part: tuple) -> Iterator[Change]:
    if isinstance(kind, Record):
        yield from _record(kind.of, old, new, part)
    elif isinstance(kind, Many):
        yield from _many(kind, old, new, part)
    elif old is None:
        yield _change(Kind.ADDED, part, _said(kind, new))
    elif new is None:
        yield _change(Kind.REMOVED, part, _said(kind, old))
    else:
        yield _change(Kind.CHANGED, part, f"{_said(kind, old)} → {_said(kind, new)}")


def _many(kind: Many, old: tuple, new: tuple, part: tuple) -> Iterator[Change]:
    """Members are the same where their keys are; without a key, where they are equal."""
    before = {_key(kind, member): member for member in old}
    after = {_key(kind, member): member for member in new}
    for key in before.keys() - after.keys():
        yield _change(Kind.REMOVED, part, _whole(before[key]))
    stayed = []
    for key, member in after.items():
        if key not in before:
            yield _change(Kind.ADDED, part, _whole(member))
            continue
        stayed.append(key)
        if before[key] != member:
            yield from _record(type(member), before[key], member, (*part, _place(member)))
    if stayed != [key for key in before if key in after]:
        yield _change(Kind.CHANGED, part, _("another order"))


def _key(kind: Many, member: Any) -> Any:
    return getattr(member, kind.key) if kind.key else member


def _name(member: Any) -> str:
    """A member in words: “a) …” for a content, its name or text for the rest."""
    if isinstance(member, str):
        return member
    if isinstance(member, schema.Content):
        return f"{member.code}) {member.name}"
    if isinstance(member, schema.Quota):
        return f"{member.name}: {member.in_words}"
    if isinstance(member, schema.Duty):
        return " → ".join(filter(None, [member.who, member.to]))
    if isinstance(member, schema.Target | schema.Task | schema.TaskGroup):
        return f"{member.code}: {member.name}"
    if isinstance(member, schema.YearTheme):
        return f"{member.year}: {member.text}"
    if isinstance(member, schema.Dropped):
        return ") ".join(filter(None, [member.code, member.name]))
    if isinstance(member, schema.Role):
        return member.body
    if isinstance(member, schema.Basis):
        return ", ".join(filter(None, [member.number, member.text]))
    if isinstance(member, schema.AgencyRound):
        return member.round
    return getattr(member, "name", None) or member.text


def _whole(member: Any) -> str:
    """The name with what matters most of what is inside: places, and the days to be checked."""
    if isinstance(member, schema.Round):
        places = ", ".join(map(_name, member.quotas))
        return _with(member.name, str(member.achieved or ""), _days(member), places)
    if isinstance(member, schema.Phase):
        return _with(member.name, _days(member) or str(member.years or ""))
    if isinstance(member, schema.AgencyRound):
        return _with(member.round, _days(member))
    if isinstance(member, schema.Duty):
        often = dict(ReportDuty.Frequency.choices).get(member.frequency, "")
        due = deadlines.in_words(member.due) if member.due else ""
        return _with(_name(member), member.what or "", str(often), due)
    if isinstance(member, schema.Content) and member.sectors:
        return f"{_name(member)} ({', '.join(map(_name, member.sectors))})"
    return _name(member)


def _with(name: str, *beside: str) -> str:
    said = ", ".join(filter(None, beside))
    return f"{name} ({said})" if said else name


def _days(member: Any) -> str:
    """“01/11/2025–25/11/2025”; what the plan leaves open is left out."""
    first, last = (day and day.strftime("%d/%m/%Y") for day in (member.opens, member.last_day))
    if first and last:
        return f"{first}–{last}"
    if last:
        return _("until %(day)s") % {"day": last}
    return _("from %(day)s") % {"day": first} if first else ""


def _place(member: Any) -> str:
    return member.name if isinstance(member, schema.Quota) else _name(member)


def _said(kind: Any, value: Any) -> str:
    if isinstance(kind, Deadline):
        return deadlines.in_words(value)
    if isinstance(kind, OneOf):
        return str(dict(kind.choices)[value])
    if isinstance(kind, Flag):
        return _("yes") if value else _("no")
    if hasattr(value, "strftime"):
        return value.strftime("%d/%m/%Y")
    text = str(kind.write(value))
    return f"“{text}”" if isinstance(value, str) else text


def _change(kind: Kind, part: tuple, text: str) -> Change:
    return Change(kind, " › ".join(part), text)
