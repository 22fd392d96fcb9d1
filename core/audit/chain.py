"""The hash chain: each entry carries the hash of the one before, keyed outside the database."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, tzinfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from core.audit.models import Check, Entry, Words

GENESIS = "0" * 64
LOCK = 0x7D6B  # any number that no other advisory lock of the portal uses


def lock_head() -> str:
    """Hold the end of the chain until the transaction ends; returns the last hash.

    SQLite needs no lock of its own: a writing transaction there is already alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Entry.objects.order_by("-pk").values_list("hash", flat=True).first()
    return last or GENESIS


def digest_of(words: Words) -> str:
    """sha256 over the readable part, so that a changed word is found."""
    parts = [words.actor_name, words.label, words.target_name, words.changes, words.note]
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def hash_of(entry: Entry, zone: tzinfo = UTC) -> str:
    """HMAC over everything that an entry says and over the hash before it.

    The instant stands in UTC, as databases give it back, whatever zone the clock answered in.
    """
    parts = [
        entry.previous,
        entry.at.astimezone(zone).isoformat(),
        str(entry.actor_id),
        entry.verb,
        entry.target_type,
        entry.target_id,
        str(entry.unit_id),
        entry.needs,
        entry.request_id,
        entry.digest,
    ]
    key = settings.AUDIT_KEY.encode()
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def without_words() -> list[int]:
    """Ids of the entries whose words are gone, oldest first: who did what can no longer be read."""
    return list(Entry.objects.filter(words=None).order_by("pk").values_list("pk", flat=True))


def first_fault() -> tuple[Entry, str] | None:
    """The first row of the history that is not as it was written, with what is wrong.

    Words that are gone break no chain (the law may ask for it): `without_words` names them. A cut tail
    is found by `verify`, or against a head that was kept elsewhere: see `verify_history --head`.
    """
    previous = GENESIS
    rows = Entry.objects.select_related("words").order_by("pk")
    for entry in rows.iterator(chunk_size=2000):
        if entry.previous != previous:
            return entry, _("the entry before it was removed, swapped or inserted")
        if hash_of(entry) != entry.hash:
            # a demonstration's clock answered in local time, which older versions signed
            if settings.DEMO and hash_of(entry, timezone.get_default_timezone()) == entry.hash:
                return entry, _("an older version signed it; load the demonstration anew")
            return entry, _("the entry was changed")
        words = getattr(entry, "words", None)
        if words is not None and digest_of(words) != entry.digest:
            return entry, _("its words were changed")
        previous = entry.hash
    return None


def verify(say: Callable[[Check], object] | None = None) -> Check:
    """Walk the chain and keep what was found. Seconds for a hundred thousand entries.

    What an earlier walk saw whole must still be there, under the hash that it saw last: so a cut
    tail is found, also one that other entries took the place of, unless the checks were changed or
    cut with it (then see `verify_history --head`). Words that are gone may have been erased by law,
    which no program knows: they are `lost` once, for a person to answer for. `say` tells that
    person, in the transaction that keeps the check: what was not told is not kept as told.
    """
    last, head = Entry.objects.order_by("-pk").values_list("pk", "hash").first() or (0, "")
    entries = Entry.objects.filter(pk__lte=last).count()
    entry, fault = first_fault() or (None, "")
    broken = entry.pk if entry else None
    before = Check.objects.filter(fault="").order_by("-last", "-pk").first()
    if before and not fault and not _still_there(before):
        broken, fault = before.last, _("the end of the history was cut off")
    told = {
        pk for lost in Check.objects.exclude(lost=[]).values_list("lost", flat=True) for pk in lost
    }
    check = Check(
        last=last,
        entries=entries,
        head=head,
        broken=broken,
        fault=fault,
        lost=[pk for pk in without_words() if pk not in told],
    )
    with transaction.atomic():
        check.save()
        if say:
            say(check)
    return check


def _still_there(seen: Check) -> bool:
    """Whether the entries of an earlier walk, which take their ids in the order of commits, are all here.

    Each hash holds the one before it, so the last says all; older versions only counted.
    """
    upto = Entry.objects.filter(pk__lte=seen.last)
    if seen.head and not upto.filter(pk=seen.last, hash=seen.head).exists():
        return False
    return upto.count() == seen.entries
