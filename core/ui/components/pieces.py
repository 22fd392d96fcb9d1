"""Pieces that most pages are made of: sections, tasks, facts, findings, folds, histories."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.audit.middleware import current_request_id
from core.findings import Finding, Weight
from core.ui.components.marks import TONE_ICONS, check_tone, day, moment

register = template.Library()


def part(name: str, **context: Any) -> SafeString:
    """The markup of one component."""
    return render_to_string(f"components/{name}.html", context)


@register.simple_block_tag
def section(
    content, *, title: Any, id: str, note: Any = "", link: str = "", link_text: Any = ""
) -> SafeString:
    """A part of a page under an h2, with a note and a link beside it."""
    return part(
        "section",
        content=content,
        title=title,
        id=id,
        note=note,
        link=link,
        link_text=link_text,
    )


@register.simple_block_tag
def panel(content, *, title: Any = "", id: str = "", note: Any = "", campaign: bool = False):
    """A bordered panel; with a title it is a section of its own (give it an `id`)."""
    return part("panel", content=content, title=title, id=id, note=note, campaign=campaign)


@register.simple_block_tag
def task(
    content,
    *,
    title: Any,
    url: str,
    verb: Any,
    icon: str = "file-earmark-text",
    tone: str = "info",
    due: date | None = None,
    left: int | None = None,
    soon: int | None = None,
    paused: bool = False,
    note: Any = "",
    reasons: Sequence[Any] = (),
    reasons_title: Any = "",
    reasons_by: Any = "",
    primary: bool = False,
    level: int = 3,
) -> SafeString:
    """One thing to do: what, by when, one verb. `reasons` say why it came back, and by whom.

    `level` is that of its heading: 2 where no section stands around it.
    """
    return part(
        "task",
        content=content,
        title=title,
        url=url,
        verb=verb,
        icon=icon,
        tone=check_tone(tone),
        due=due,
        left=left,
        soon=soon,
        paused=paused,
        note=note,
        reasons=reasons,
        reasons_title=reasons_title or _("Reasons of the return"),
        reasons_by=reasons_by,
        primary=primary,
        level=level,
    )


@register.inclusion_tag("components/counts.html")
def counts(*, items: Iterable[tuple[int, Any, str]]):
    """Numbers that open lists: (number, label, url), five at most."""
    return {"items": list(items)}


@register.inclusion_tag("components/phases.html")
def phases(*, items: Iterable[tuple[Any, Any, str]]):
    """The way of a campaign: (title, days in words, "done" | "now" | "")."""
    return {"items": list(items)}


@register.inclusion_tag("components/facts.html")
def facts(*, items: Iterable[tuple[Any, Any]], small: bool = False):
    """Labels and values: (label, value); a pair without a value is left out."""
    return {
        "items": [(label, value) for label, value in items if value not in (None, "")],
        "small": small,
    }


@register.inclusion_tag("components/facts.html")
def field_list(*, of: Model, fields: str):
    """Fields of a row as facts: `fields="code title signed_on"`; choices and days in words."""
    return {
        "items": [
            (_label(of, name), value)
            for name in fields.replace(",", " ").split()
            if (value := _value(of, name)) not in (None, "")
        ]
    }


def _label(of: Model, name: str) -> str:
    try:
        words = str(of._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _value(of: Model, name: str) -> Any:
    value = getattr(of, name)
    shown = getattr(of, f"get_{name}_display", None)
    if shown:
        return shown()
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


@register.inclusion_tag("components/rail.html")
def rail(*, items: Iterable[dict], label: Any = ""):
    """The parts of a thing and what each lacks, to jump freely.

    An item is {"title", "url", "tone": "ok" | "warn" | "err" | "idle", "text": what is
    missing in words, "current": bool}. Above them stands how many are done.
    """
    rows = [{**item, "icon": TONE_ICONS[check_tone(item["tone"])]} for item in items]
    done = sum(row["tone"] == "ok" for row in rows)
    return {
        "items": rows,
        "done": done,
        "total": len(rows),
        "label": label or _("Parts"),
    }


@register.inclusion_tag("components/findings.html")
def findings(*, items: Iterable[Finding], passed: int | None = None, verb: Any = ""):
    """What the rules have to say, what must be mended first; `passed` counts the rest."""
    order = sorted(items, key=lambda finding: finding.weight is not Weight.BLOCK)
    blocks = sum(finding.weight is Weight.BLOCK for finding in order)
    return {
        "items": order,
        "blocks": blocks,
        "warns": len(order) - blocks,
        "passed": passed,
        "verb": verb or _("Go there"),
    }


@register.simple_block_tag
def fold(
    content,
    *,
    title: Any,
    open: bool = False,
    id: str = "",
    status: Any = "",
    tone: str = "idle",
    icon: str = "",
) -> SafeString:
    """A part of a long page that opens and closes, with its state on the right."""
    return part(
        "fold",
        content=content,
        title=title,
        open=open,
        id=id,
        status=status,
        tone=check_tone(tone),
        icon=icon,
    )


@register.simple_block_tag
def notice(content, *, tone: str = "info", icon: str = "") -> SafeString:
    """A line inside a page that says how things stand; never the errors of a form."""
    return part("notice", content=content, tone=check_tone(tone), icon=icon or TONE_ICONS[tone])


@register.inclusion_tag("components/summary.html")
def summary(*, form: Any, formsets: Iterable[Any] = ()):
    """The errors of a refused form at its top, each a link to its field; it takes the focus."""
    return {"errors": _errors(form, formsets)}


def _errors(form: Any, formsets: Iterable[Any]) -> list[tuple[str, str, str]]:
    """(id of the field or "", its label, the sentence) for every error. One that belongs to no
    field may name its place on the page in its code: “#nominee-12”."""
    rows = []
    for error in form.non_field_errors().as_data():
        where = error.code[1:] if (error.code or "").startswith("#") else ""
        rows += [(where, "", sentence) for sentence in error]
    rows += _field_errors(form)
    for formset in formsets:
        rows += [("", "", sentence) for sentence in formset.non_form_errors()]
        kept = [inner for inner in formset.forms if not _is_dropped(formset, inner)]
        for line, inner in enumerate(kept, start=1):
            said = _("Line %(line)s") % {"line": line}
            own = [("", "", sentence) for sentence in inner.non_field_errors()]
            found = own + _field_errors(inner)
            rows += [(where, f"{said}, {label}", sentence) for where, label, sentence in found]
    return rows


def _is_dropped(formset: Any, form: Any) -> bool:
    return formset.can_delete and bool(form["DELETE"].value())


def _field_errors(form: Any) -> list[tuple[str, str, str]]:
    return [
        (bound.id_for_label or f"div_{bound.auto_id}", bound.label, sentence)
        for bound in form
        for sentence in bound.errors
    ]


@register.inclusion_tag("components/empty.html")
def empty(*, title: Any, text: Any = "", url: str = "", verb: Any = ""):
    """A list without rows: what was looked for, why there may be none, one way out."""
    return {"title": title, "text": text, "url": url, "verb": verb}


@register.inclusion_tag("components/history.html")
def history(*, entries: Iterable[Any]):
    """Who did what and when, newest first (rows of core.audit)."""
    return {"entries": entries}


@register.simple_block_tag
def verdict(
    content,
    *,
    tone: str,
    title: Any,
    text: Any = "",
    icon: str = "",
    id: str = "verdict",
):
    """The answer to a question: ok, err or warn; the heading says it. Content: facts, acts."""
    icons = {
        "ok": "patch-check-fill",
        "err": "slash-circle-fill",
        "warn": "question-circle-fill",
    }
    return part(
        "verdict",
        content=content,
        tone=check_tone(tone),
        title=title,
        text=text,
        icon=icon or icons[tone],
        id=id,
    )


@register.simple_tag
def code_to_quote() -> SafeString:
    """By which code the history and the log know the request; nothing outside of one."""
    return part("code_to_quote", code=current_request_id())


@register.filter
def unprompted(bound: Any) -> Any:
    """A field of a form not ours without its placeholder: the label stands above already."""
    bound.field.widget.attrs.pop("placeholder", None)
    return bound
