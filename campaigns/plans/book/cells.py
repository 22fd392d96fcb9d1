"""One value as what stands in a cell, and how the reader of a cell understands it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.plans.deadlines import Deadline
from core.text import fold
from core.yaml.kinds import Code, Day, Flag, Many, Month, Number, OneOf, Text, Whole, Wrong
from core.yaml.nodes import Leaf
from core.yaml.reading import Reader


def written(kind: Any, value: Any) -> Any:
    """What stands in the cell: text, or a whole number."""
    if value is None or value == ():
        return None
    match kind:
        case Many(of):
            return "\n".join(str(written(of, member)) for member in value)
        case OneOf():
            return labels(kind)[value]
        case Flag():
            return "có" if value else "không"
        case Deadline() | Month() | Day():
            return _as_printed(kind.write(value))
    return kind.write(value)


def labels(kind: OneOf) -> dict[str, str]:
    """The words of a choice as they stand in the workbook: {word of the file: Vietnamese}."""
    with override("vi"):
        return {word: str(label) for word, label in kind.choices}


def _as_printed(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and len(value) == len("2025-12") and value[4] == "-":
        return f"{value[5:]}/{value[:4]}"
    return value


def hint(kind: Any) -> str:
    """How to fill in a cell of this kind, in one short sentence; “” where nothing is to say."""
    match kind:
        case Many(of):
            inner = hint(of)
            return " ".join(filter(None, [_("One entry a line (Alt+Enter)."), inner]))
        case OneOf():
            return _("Choose from the list.")
        case Flag():
            return _("Write có or không.")
        case Day():
            return _("A day such as 07/06/2022.")
        case Month():
            return _("A month such as 12/2025.")
        case Deadline():
            return _(
                "10/12 each year, 10/12/2025, 12/2025, 20 (of each month) or "
                "“5 ngày làm việc sau CODE”."
            )
        case Code():
            return _("Letters without marks, digits and hyphens.")
        case Number():
            return _("A number such as 1900 or 0,8.")
        case Whole(least, most):
            return _("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        case Text(most):
            return _("Up to %(most)s characters.") % {"most": most}
    return ""


class CellReader(Reader):
    """Reads nodes whose `line` is a cell: choices by their Vietnamese label, faults in words of
    the workbook."""

    def leaf(self, kind: Any, node: Leaf) -> Any:
        cell, text = node.line, node.text or ""
        if cell.why == "date" and isinstance(kind, Day):
            return kind.read(text[:10])
        if cell.why and not (cell.why == "decimal" and isinstance(kind, Number | Whole)):
            raise Wrong(cell.oddity)
        if isinstance(kind, OneOf):
            return _chosen(kind, text)
        return kind.read(text)

    def missing(self, word: str, attribute: Any) -> str:
        with override("vi"):
            label = str(attribute.metadata["label"])
        return _("“%(label)s” is missing.") % {"label": label}


def _chosen(kind: OneOf, text: str) -> str:
    known = labels(kind)
    by_label = {fold(label): word for word, label in known.items()}
    word = text if text in known else by_label.get(fold(text))
    if word is None:
        raise Wrong(
            _("Choose one of these: %(words)s, not “%(value)s”.")
            % {"words": "; ".join(known.values()), "value": text[:60]}
        )
    return word
