"""Writes the history. Called by the workflow engine and by `editing`, nowhere else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.audit import chain
from core.audit.middleware import current_request_id
from core.audit.models import Entry, Words
from core.clock import clock
from core.scoping import unit_of


@transaction.atomic
def record(
    *,
    actor: Any,
    verb: str,
    label: str,
    target: Any,
    unit: Any,
    changes: dict | None = None,
    note: str = "",
    needs: str = "",
) -> Entry:
    """Append one entry; last in its transaction, since it holds the end of the chain."""
    words = Words(
        actor_name=str(actor)[:200],
        label=label[:200],
        target_name=str(target)[:300],
        changes=changes or {},
        note=note,
    )
    entry = Entry(
        previous=chain.lock_head(),
        at=clock.now(),
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        unit=unit,
        needs=needs,
        request_id=current_request_id(),
        digest=chain.digest_of(words),
    )
    entry.hash = chain.hash_of(entry)
    entry.save(force_insert=True)
    words.entry = entry
    words.save(force_insert=True)
    return entry


@transaction.atomic
def record_many(
    *, actor: Any, verb: str, label: str, rows: Iterable[tuple[Any, Any, dict]], note: str = ""
) -> None:
    """Append an entry for each (target, unit, changes) of one act: three queries for any number."""
    previous, at = chain.lock_head(), clock.now()
    entries, words = [], []
    for target, unit, changes in rows:
        said = Words(
            actor_name=str(actor)[:200],
            label=label[:200],
            target_name=str(target)[:300],
            changes=changes,
            note=note,
        )
        entry = Entry(
            previous=previous,
            at=at,
            actor=actor,
            verb=verb,
            target_type=target._meta.label_lower,
            target_id=str(target.pk),
            unit=unit,
            request_id=current_request_id(),
            digest=chain.digest_of(said),
        )
        previous = entry.hash = chain.hash_of(entry)
        entries.append(entry)
        words.append(said)
    for entry, said in zip(Entry.objects.bulk_create(entries), words, strict=True):
        said.entry = entry
    Words.objects.bulk_create(words)


@contextmanager
def editing(target: Any, *, actor: Any, label: str) -> Iterator[dict[str, list[str]]]:
    """Record what a block of ordinary edits changed on `target`, if anything.

    The block is given a dict in which it says what it changed on rows below `target`: {name:
    [before, after]} as text.
    A target that is new inside the block is recorded with all its values. A target that has a
    version comes to the block with the next one, so that pages opened before are told. What
    stood before is read from the database: a form has put its values into `target` by then. So is
    what stands after, as a field gives back other signs for the same value than it was given: an
    instant in another zone, a number with more noughts, the keys of an object in another order.
    """
    with transaction.atomic():
        before = {} if target._state.adding else _snapshot(_kept(target))
        if hasattr(target, "version"):
            target.version += 1
        below: dict[str, list[str]] = {}
        yield below
        after = _snapshot(_stands(target))
        changes = {k: [before.get(k, ""), v] for k, v in after.items() if before.get(k) != v}
        changes |= {name: pair for name, pair in below.items() if pair[0] != pair[1]}
        if changes:
            record(
                actor=actor,
                verb=f"{target._meta.model_name}.edit",
                label=label,
                target=target,
                unit=unit_of(target),
                changes=changes,
            )


def changed_meanwhile(obj: Any, **among: Any) -> str:
    """The sentence for a stale page: who saved in between, and when.

    `among` narrows the lines of the row's history, where a page shows a part of it only.
    """
    last = (
        Entry.objects.filter(target_type=obj._meta.label_lower, target_id=str(obj.pk), **among)
        .select_related("words")
        .order_by("-pk")
        .first()
    )
    if last is None:
        return _("This page is older than what is kept now. Look at the new version first.")
    return meanwhile(last.actor_name, last.at)


def meanwhile(who: Any, at: datetime) -> str:
    """The same sentence where the row itself says who saved it."""
    return _("Changed meanwhile by %(who)s at %(when)s. Look at the new version first.") % {
        "who": who,
        "when": date_format(localtime(at), "DATETIME_FORMAT"),
    }


def _kept(target: Any) -> Any:
    """The row as it stands, under its lock."""
    rows = type(target)._base_manager.select_for_update(of=("self",))
    return rows.get(pk=target.pk)


def _stands(target: Any) -> Any:
    """The row as it was written within this transaction."""
    return type(target)._base_manager.get(pk=target.pk)


def _snapshot(obj: Any) -> dict[str, str]:
    """{field: its value as text} of a row as the database gives it."""
    many = {field.name for field in obj._meta.many_to_many}
    values = {
        name: sorted(value, key=lambda row: row.pk) if name in many else value
        for name, value in model_to_dict(obj).items()
    }
    return {name: str(_in_order(value)) for name, value in values.items() if name != "version"}


def _in_order(value: Any) -> Any:
    """An object by its keys: PostgreSQL keeps them in an order of its own, SQLite as they came."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(each) for each in value] if isinstance(value, list) else value
