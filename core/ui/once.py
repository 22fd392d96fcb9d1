"""A form sent twice does its work once: the key that every form carries."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.clock import clock
from core.ui.models import SentForm
from core.workflow import NotNow

TAKEN = "taken"  # the cookie that autosave.js reads
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "once"})  # fields that nobody typed


class Repeated(Exception):
    """The same form was sent before; `address` is where the first sending led."""

    def __init__(self, address: str):
        self.address = address
        super().__init__(address)


class Reused(NotNow):
    """Under this key something else was carried out: `first`, with what it left."""

    def __init__(self, first: SentForm):
        self.first = first
        super().__init__(
            _(
                "This page was sent before, and what it said then is saved. What was changed since "
                "is not saved yet: look it over and send it again."
            )
        )


def new_key() -> str:
    """A fresh key for the hidden field `once` of a form."""
    return str(uuid.uuid4())


@contextmanager
def once(request) -> Iterator[SentForm]:
    """Run the block in a transaction that holds the form's key, or raise Repeated or Reused.

    A form without a key (a client without our templates) simply runs. A block that raises
    leaves no key behind, so the person can mend the form and send it again.
    """
    key = key_of(request)
    with transaction.atomic():
        sent = SentForm(
            key=key or new_key(),
            user_id=request.user.pk,
            path=request.path[:300],
            digest=_digest(request) if key else "",
        )
        if key:
            try:
                with transaction.atomic():
                    sent.save(force_insert=True)
            except IntegrityError:
                raise _before(SentForm.objects.get(key=key), request) from None
        yield sent
        if key:
            sent.save(update_fields=["address", "version", "marks"])


def ask_first(request: Any) -> None:
    """Raise Repeated or Reused if the form that this came from was carried out, else nothing.

    A page asks before it looks for faults: the row has moved on by that very form.
    """
    key = key_of(request)
    first = SentForm.objects.filter(key=key).first() if key else None
    if first:
        raise _before(first, request)


def _before(first: SentForm, request: Any) -> Exception:
    if first.digest in ("", _digest(request)):
        return Repeated(first.address or request.path)
    return Reused(first)


def _digest(request: Any) -> str:
    """A print of what was sent, where to and by whom, files with their bytes; once a request."""
    if not hasattr(request, "_print_of_form"):
        typed = sorted(
            (name, said) for name, said in request.POST.lists() if name not in OF_THE_PAGE
        )
        files = [(name, [_of_file(each) for each in said]) for name, said in request.FILES.lists()]
        whole = json.dumps([request.user.pk, request.path, typed, sorted(files)])
        request._print_of_form = hashlib.sha256(whole.encode()).hexdigest()
    return request._print_of_form


def _of_file(upload: UploadedFile) -> tuple[str | None, int | None, str]:
    """Name, size in bytes and print of the bytes, read in pieces; as much as reached the disk."""
    digest = hashlib.sha256()
    if upload.file is not None:  # else the disk was full (core.documents.uploads)
        for chunk in upload.chunks():
            digest.update(chunk)
        upload.seek(0)
    return upload.name, upload.size, digest.hexdigest()


def taken(answer: Any, request: Any) -> Any:
    """Tell the browser that the form was carried out, so that it may drop its copy of the text.

    A page that merely opens again says nothing of the kind: it may follow a sign-in that came
    in place of the answer.
    """
    key = key_of(request)
    if key:
        answer.set_cookie(TAKEN, key, max_age=60, secure=settings.HTTPS, samesite="Lax")
    return answer


def _valid(key: str) -> str:
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return ""


def key_of(request: Any) -> str:
    """The key of the form that this came from, or nothing."""
    return _valid(request.POST.get("once", ""))


def was_sent(request: Any) -> bool:
    """Whether the form that this came from has been carried out meanwhile."""
    return was_taken(key_of(request), request.user)


def was_taken(key: str, user: Any) -> bool:
    """Whether this person's form with this key has been carried out."""
    return bool(key) and SentForm.objects.filter(key=key, user_id=user.pk).exists()


def forget_before(days: int) -> int:
    """Drop keys that no browser will send again; returns how many."""
    limit = clock.real_now() - timedelta(days=days)
    return SentForm.objects.filter(sent_at__lt=limit).delete()[0]
