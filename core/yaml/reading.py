"""From the bytes of a file to the record that it declares, with every fault in one pass."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.yaml.declaring import words
from core.yaml.kinds import Many, Record, Wrong
from core.yaml.nodes import Branch, Fault, Leaf, Refused, Table, parse

Path = tuple[str | int, ...]


@dataclass
class Reading:
    """What was read. `record` is None while there are faults; `lines` tell where things stand.

    `partial` is the record as far as it could be read: None stands where it could not.
    """

    record: Any
    faults: list[Fault] = field(default_factory=list)
    lines: dict[Path, Any] = field(default_factory=dict)
    partial: Any = None

    def fault_at(self, path: Path, text: str) -> Fault:
        """A fault at the line of a value, or of the nearest thing around it that stands."""
        while path and path not in self.lines:
            path = path[:-1]
        return Fault(self.lines.get(path, 1), text)


def read(
    content: bytes, cls: type, disagreements: Callable[[Any], Iterable[tuple[Path, str]]]
) -> Reading:
    """Read a file that `cls` declares. Never raises for what the file says.

    `disagreements` gets the record, None where values could not be read, and answers where
    its values do not fit together: (path, sentence).
    """
    try:
        root, faults = parse(content)
    except Refused as refused:
        return Reading(None, [refused.fault])
    return understand(root, cls, disagreements, Reader(faults))


def understand(
    root: Table,
    cls: type,
    disagreements: Callable[[Any], Iterable[tuple[Path, str]]],
    reader: "Reader",
) -> Reading:
    """The record that nodes make, wherever they come from; `reader` has their faults so far."""
    reader.lines[()] = root.line
    record = reader.record(cls, root, ())
    reading = Reading(record, reader.faults, reader.lines, record)
    reading.faults += [
        reading.fault_at(path, text)
        for path, text in disagreements(record)
        if path not in reader.unread
    ]
    reading.faults = sorted(set(reading.faults))
    if reading.faults:
        reading.record = None
    return reading


class Reader:
    """Walks nodes and schema together; what cannot be read is None and a fault."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        self.lines: dict[Path, Any] = {}
        self.unread: set[Path] = set()  # with all around: they have their fault already

    def value(self, kind: Any, node: Any, path: Path) -> Any:
        self.lines[path] = node.line
        if isinstance(kind, Record):
            return self.record(kind.of, node, path)
        if isinstance(kind, Many):
            return self.many(kind, node, path)
        if not isinstance(node, Leaf):
            self._fault(node.line, _("Write a single value here."))
            return None
        if node.text is None:
            return None
        try:
            return self.leaf(kind, node)
        except Wrong as wrong:
            self._fault(node.line, str(wrong))
            self.unread.update(path[:length] for length in range(1, len(path) + 1))
            return None

    def leaf(self, kind: Any, node: Leaf) -> Any:
        """The value of one text. Raises `Wrong`."""
        return kind.read(node.text)

    def record(self, cls: type, node: Any, path: Path) -> Any:
        if isinstance(node, Leaf) and node.text is None:
            return None
        if not isinstance(node, Table):
            names = ", ".join(word for word, _attribute in words(cls))
            self._fault(node.line, _("Write named values here: %(names)s.") % {"names": names})
            return None
        values = {}
        known = dict(words(cls))
        for word, attribute in known.items():
            inside = node.members.get(word)
            at = (*path, attribute.name)
            read = self.value(attribute.metadata["kind"], inside, at) if inside else None
            values[attribute.name] = self._filled(attribute, word, read, inside, node)
        for word in node.members.keys() - known.keys():
            self._fault(node.lines[word], _unknown(word, known))
        return cls(**values) if any(v not in (None, ()) for v in values.values()) else None

    def many(self, kind: Many, node: Any, path: Path) -> tuple:
        if isinstance(node, Leaf) and node.text is None:
            return ()
        if not isinstance(node, Branch):
            self._fault(node.line, _("Write a list here, each entry after a hyphen."))
            return ()
        if len(node.members) > kind.most:
            self._fault(
                node.line, _("There are more than %(most)s entries here.") % {"most": kind.most}
            )
        members = []
        for place, member in enumerate(node.members[: kind.most]):
            read = self.value(kind.of, member, (*path, place))
            if read is None and _is_empty(member):
                self._fault(member.line, _("This entry is empty."))
            members.append(read)
        return tuple(members)

    def _filled(self, attribute, word, read, inside, node):
        empty = inside is None or (isinstance(inside, Leaf) and inside.text is None)
        if attribute.metadata["must"] and empty:
            line = inside.line if inside else node.line
            self._fault(line, self.missing(word, attribute))
        if read is None and attribute.default is not MISSING:
            return attribute.default
        return read

    def missing(self, word: str, attribute: Any) -> str:
        text = _("“%(name)s” (%(label)s) is missing.")
        return text % {"name": word, "label": attribute.metadata["label"]}

    def _fault(self, line: Any, text: str) -> None:
        self.faults.append(Fault(line, text))


def _is_empty(node: Any) -> bool:
    return node.text is None if isinstance(node, Leaf) else not node.members


def _unknown(word: str, known: dict) -> str:
    text = _("“%(name)s” is not known here. Known are: %(names)s.")
    return text % {"name": word[:60], "names": ", ".join(known)}
