"""Numbers for leaders: brief, stats, funnel, quotas, charts. Each number opens its list."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from core.ui.components.marks import check_tone
from core.ui.components.pieces import part

register = template.Library()

CHARTS = ("line", "bar", "hbar")


@register.inclusion_tag("components/brief.html")
def brief(*, items: Iterable[Any], label: Any = ""):
    """Up to five sentences, numbers first; each may carry one link (mark it safe)."""
    return {"items": list(items), "label": label}


@register.simple_block_tag
def stats(content, *, label: Any) -> SafeString:
    """A row of at most eight `stat`s."""
    return part("stats", content=content, label=label)


@register.inclusion_tag("components/stat.html")
def stat(
    *,
    number: Any,
    label: Any,
    url: str = "",
    note: Any = "",
    tone: str = "",
    icon: str = "",
):
    """One number; it opens the list that it counts. `tone` and `icon` belong to the note."""
    return {
        "number": number,
        "label": label,
        "url": url,
        "note": note,
        "icon": icon,
        "tone": check_tone(tone) if tone else "",
    }


@register.inclusion_tag("components/funnel.html")
def funnel(*, items: Sequence[tuple[Any, int, str]]):
    """Steps from many to few: (label, number, url or ""); shares are of the first."""
    most = max([number for _label, number, _url in items], default=0)
    first = items[0][1] if items else 0
    rows = [
        {
            "label": label,
            "number": number,
            "url": url,
            "share": round(100 * number / first) if first else 0,
        }
        for label, number, url in items
    ]
    return {"items": rows, "most": most or 1}


@register.inclusion_tag("components/quota.html")
def quota(*, label: Any, used: int, size: int, note: Any = "", url: str = ""):
    """Places used of a quota; over it the bar is full and the words say by how many."""
    over = max(0, used - size)
    tone = "err" if over else ("warn" if used == size else "ok")
    return {
        "label": label,
        "used": used,
        "size": size,
        "note": note,
        "url": url,
        "over": over,
        "tone": tone,
        "value": min(used, size),
        "most": size or 1,
        "left": size - used,
    }


@register.inclusion_tag("components/chart.html")
def chart(
    *,
    id: str,
    title: Any,
    labels: Sequence[Any],
    series: Sequence[tuple[Any, Sequence[float | None]]],
    kind: str = "line",
    unit: Any = "",
    most: float | None = None,
    stress: int | None = None,
    points: Any = "",
    lists: Sequence[tuple[Any, Sequence[float | None], Sequence[str]]] = (),
):
    """A chart and, folded under it, the same numbers as a table.

    `series` is (name, numbers) for each line or set of bars; `stress` is the index of the bar
    that is red. `points` says what the labels are, at the head of the table; `lists` are columns
    (name, numbers, addresses) of the table alone, each number leading to what it counts; one of
    the same name as a series stands in its place. The page puts `components/chart_scripts.html` into its block `head`.
    """
    if kind not in CHARTS:
        raise ValueError(f"Unknown kind {kind!r}; there are {', '.join(CHARTS)}")
    there = {str(name) for name, _numbers, _urls in lists}
    plain = [(name, numbers, [""] * len(labels)) for name, numbers in series]
    columns = [*lists, *(column for column in plain if str(column[0]) not in there)]
    return {
        "id": id,
        "data_id": f"{id}-data",
        "title": title,
        "unit": unit,
        "points": points,
        "names": [name for name, _numbers, _urls in columns],
        "rows": [
            (label, [(numbers[i], urls[i]) for _name, numbers, urls in columns])
            for i, label in enumerate(labels)
        ],
        "data": {
            "kind": kind,
            "labels": [str(label) for label in labels],
            "unit": str(unit),
            "most": most,
            "stress": stress,
            "series": [{"name": str(name), "numbers": list(numbers)} for name, numbers in series],
        },
    }
