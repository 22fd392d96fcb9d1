"""From YAML to plain nodes that know their line; anything that is not plain YAML is refused.

Anchors, aliases, tags, several documents, deep nesting and large files have no use in what
people write, and are how a small file becomes a large one, so they are faults before anything is built. A
node is text, a list or a mapping; what a text means is for the schema to say.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

# The parser reads about 200 kB a second; the longest file known to us has 30 kB.
MOST_BYTES = 150_000
MOST_LINE = 2_000  # characters
MOST_EVENTS = 10_000
MOST_DEPTH = 10
MOST_IN_LINE = 40  # brackets opened in one line


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend in the file: where, and a sentence.

    `line` is a number; in a workbook it is a cell, which is ordered and says itself.
    """

    line: Any
    text: str

    def __str__(self):
        if not isinstance(self.line, int):
            return f"{self.line}: {self.text}"
        return _("Line %(line)s: %(text)s") % {"line": self.line, "text": self.text}


class Refused(Exception):
    """The file cannot be read at all; `fault` says where and why."""

    def __init__(self, line: int, text: str):
        self.fault = Fault(line, text)
        super().__init__(text)


@dataclass
class Leaf:
    """Text; `None` where nothing stands."""

    line: Any
    text: str | None


@dataclass
class Branch:
    """A list."""

    line: Any
    members: list[Any] = field(default_factory=list)


@dataclass
class Table:
    """Named values; `lines` are those of the names."""

    line: Any
    members: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Any] = field(default_factory=dict)


def parse(content: bytes) -> tuple[Table, list[Fault]]:
    """The file as nodes, with names that occur twice as faults. Raises `Refused`."""
    text = _decoded(content)
    _check_lines(text)
    builder = _Builder()
    try:
        for count, event in enumerate(YAML(typ="safe", pure=True).parse(text)):
            if count > MOST_EVENTS:
                raise Refused(_line(event), _("The file has too many entries."))
            builder.take(event)
    except MarkedYAMLError as unreadable:
        mark = unreadable.problem_mark or unreadable.context_mark
        raise Refused(mark.line + 1 if mark else 1, _unreadable(text, mark)) from None
    except (YAMLError, ValueError):
        raise Refused(1, _unreadable(text, None)) from None
    if not isinstance(builder.root, Table):
        raise Refused(1, _("The file begins with names and values, such as “code: …”."))
    return builder.root, builder.faults


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Refused(
            1,
            _("The file has %(size)s kB; %(most)s kB are the most.")
            % {"size": len(content) // 1000, "most": MOST_BYTES // 1000},
        )
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as broken:
        line = content[: broken.start].count(b"\n") + 1
        raise Refused(line, _("Save the file as text in UTF-8.")) from None


def _check_lines(text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MOST_LINE:
            raise Refused(number, _("This line is too long."))
        if line.count("[") + line.count("{") > MOST_IN_LINE:
            raise Refused(number, _("There are too many brackets in this line."))
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise Refused(number, _("Indent with blanks, not with tabs."))


def _unreadable(text, mark):
    if mark and mark.line < text.count("\n") + 1:
        return _(
            "The structure cannot be read here (column %(column)s). Look at the indentation, "
            "at colons and at quotation marks in this line and the one above."
        ) % {"column": mark.column + 1}
    return _("The structure of the file cannot be read.")


def _line(event) -> int:
    return event.start_mark.line + 1


class _Builder:
    """Puts events together; knows where it stands by a stack of open nodes."""

    def __init__(self):
        self.root: Any = None
        self.faults: list[Fault] = []
        self.open: list[Any] = []
        self.names: list[Any] = []  # for each open table: the name that waits for its value

    def take(self, event) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Refused(_line(event), _("Anchors and aliases (& and *) are not allowed."))
        if getattr(event, "ctag", None):
            raise Refused(_line(event), _("Tags (!) are not allowed."))
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._start(Table(_line(event)))
        elif isinstance(event, SequenceStartEvent):
            self._start(Branch(_line(event)))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.open.pop()
            self.names.pop()

    def _start(self, node) -> None:
        if len(self.open) >= MOST_DEPTH:
            raise Refused(node.line, _("The file is nested too deeply."))
        if self._waits_for_name():
            raise Refused(node.line, _("A name must be a single word here."))
        self._put(node)
        self.open.append(node)
        self.names.append(None)

    def _scalar(self, event) -> None:
        line = _line(event)
        if self._waits_for_name():
            if event.value in self.open[-1].lines:
                text = _("“%(name)s” stands here for the second time; first in line %(line)s.")
                first = self.open[-1].lines[event.value]
                self.faults.append(Fault(line, text % {"name": event.value[:60], "line": first}))
            self.open[-1].lines.setdefault(event.value, line)
            self.names[-1] = event.value
            return
        plain = event.style is None or event.style == ""
        nothing = plain and event.value in {"", "~", "null"}
        self._put(Leaf(line, None if nothing else event.value.strip() or None))

    def _waits_for_name(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1], Table) and self.names[-1] is None

    def _put(self, node) -> None:
        if not self.open:
            if self.root is not None:
                raise Refused(node.line, _("A second document begins here; a file holds one."))
            self.root = node
        elif isinstance(self.open[-1], Branch):
            self.open[-1].members.append(node)
        else:
            # A value stands where its name does: an empty one has no place of its own.
            node.line = self.open[-1].lines[self.names[-1]]
            self.open[-1].members.setdefault(self.names[-1], node)
            self.names[-1] = None
