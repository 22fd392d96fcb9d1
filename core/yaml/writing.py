"""A record as a file in its one canonical form: the same record, the same bytes."""

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from core.yaml.declaring import words
from core.yaml.kinds import Many, Record


def write(record: Any, *, in_one_line: tuple[type, ...] = ()) -> bytes:
    """UTF-8. Groups of the classes `in_one_line` are written as {a: b, c: d}."""
    yaml = YAML()
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.BytesIO()
    yaml.dump(_tree(record, in_one_line), out)
    lines = out.getvalue().decode().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines).encode()


def _tree(record: Any, in_one_line: tuple[type, ...]) -> CommentedMap:
    tree = CommentedMap()
    for word, attribute in words(type(record)):
        value = getattr(record, attribute.name)
        if value not in (None, ()):
            tree[word] = _written(attribute.metadata["kind"], value, in_one_line)
    if isinstance(record, in_one_line):
        tree.fa.set_flow_style()
    return tree


def _written(kind: Any, value: Any, in_one_line: tuple[type, ...]) -> Any:
    if isinstance(kind, Record):
        return _tree(value, in_one_line)
    if isinstance(kind, Many):
        return [_written(kind.of, member, in_one_line) for member in value]
    return kind.write(value)
