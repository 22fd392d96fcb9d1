"""The history: what somebody did, when, to what. Written once, never changed."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.clock import clock
from core.scoping import ScopedQuerySet


class EntryQuerySet(ScopedQuerySet["Entry"]):
    def about(self, obj, user):
        """The history of one object, newest first, as far as this person may read it."""
        return readable(self.of(obj), obj, user)

    def of(self, obj):
        """Every line on one object, with its words, newest first, whoever may read it."""
        return self.of_rows([(type(obj), [obj.pk])])

    def of_rows(self, rows):
        """The same of many rows, given as (model, keys)."""
        wanted = models.Q(pk=None)
        for model, keys in rows:
            named = {"target_id__in": [str(key) for key in keys]}
            wanted |= models.Q(target_type=model._meta.label_lower, **named)
        return self.filter(wanted).select_related("words").order_by("-pk")


def readable(lines, obj, user):
    """Those of an object's lines that this person may read."""
    return [entry for entry in lines if not entry.needs or user.can(entry.needs, obj)]


class Entry(models.Model):
    """One link of the chain: who, when, what happened to which row, and digests.

    A trigger refuses every change and deletion. The words a person reads stand in
    `Words`, whose digest is part of the chain: personal values can be erased by law
    without breaking it (docs/decisions/0006-history.md).
    """

    unit_lookup = "unit"

    at = models.DateTimeField(default=clock.now, db_index=True, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=100, db_index=True)
    target_type = models.CharField(max_length=100)
    target_id = models.CharField(max_length=40)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    needs = models.CharField(max_length=50, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_entry_target")]

    def __str__(self):
        return f"{self.verb} {self.target_type} {self.target_id}"

    @property
    def told(self) -> "Words":
        """The words for a reader; where the law had them erased, what tells of that."""
        return getattr(self, "words", None) or Words(
            actor_name=_("somebody (name erased)"),
            label=_("Erased as the law asks"),
            target_name=_("something (name erased)"),
        )

    @property
    def label(self) -> str:
        return self.told.label

    @property
    def actor_name(self) -> str:
        return self.told.actor_name

    @property
    def note(self) -> str:
        return self.told.note

    @property
    def changed(self) -> Iterator[tuple[str, str, str]]:
        """(label, before, after) of the fields whose values every reader of the row may see, which
        the model names in `told_changes`; empty for nothing."""
        model = apps.get_model(self.target_type)
        for name in getattr(model, "told_changes", ()):
            field = model._meta.get_field(name)
            before, after = (_said(field, kept) for kept in self.told.changes.get(name, ("", "")))
            if before != after:
                yield str(field.verbose_name), before, after


def _said(field: models.Field, kept: str) -> str:
    """A value that is kept as text, as pages write it: “27/11/2025” for “2025-11-27”.

    An instant at which a day begins is the open end of a deadline (`core.clock`): the day before.
    """
    try:
        if not isinstance(field, models.DateTimeField):
            return f"{date.fromisoformat(kept):%d/%m/%Y}"
        at = datetime.fromisoformat(kept).astimezone(clock.ZONE)
    except ValueError:
        return "" if kept == "None" else ", ".join(kept.splitlines())
    return (
        f"{at:%H:%M, %d/%m/%Y}" if at.time() != time() else f"{clock.last_day_before(at):%d/%m/%Y}"
    )


class Check(models.Model):
    """The chain was walked from its first entry to `last`; `fault` says what was wrong at `broken`.

    `head` is the hash of `last`; nothing where there was no entry, or an older version looked.
    `fault` is a msgid of `chain`, or nothing. `lost` are ids of entries whose words this walk was
    the first to miss.
    """

    at = models.DateTimeField(default=clock.now, editable=False)
    last = models.BigIntegerField()
    entries = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64, blank=True)
    broken = models.BigIntegerField(null=True)
    fault = models.CharField(max_length=100, blank=True)
    lost = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.at:%d/%m/%Y}: {self.last}"


class Words(models.Model):
    """What an entry says to a reader: names, sentence, reason and values as of that day."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="words")
    actor_name = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    target_name = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    def __str__(self):
        return f"{self.actor_name}: {self.label} – {self.target_name}"
