"""A form sent twice does its work once: the key that every form carries."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from core.clock import clock
from core.ui.models import SentForm

TAKEN = "taken"  # the cookie that autosave.js reads


class Repeated(Exception):
    """This form was sent before; `address` is where the first sending led."""

    def __init__(self, address: str):
        self.address = address
        super().__init__(address)


def new_key() -> str:
    """A fresh key for the hidden field `once` of a form."""
    return str(uuid.uuid4())


@contextmanager
def once(request) -> Iterator[SentForm]:
    """Run the block in a transaction that holds the form's key, or raise Repeated.

    A form without a key (a client without our templates) simply runs. A block that raises
    leaves no key behind, so the person can mend the form and send it again.
    """
    key = key_of(request)
    with transaction.atomic():
        sent = SentForm(key=key or new_key(), user_id=request.user.pk, path=request.path[:300])
        if key:
            try:
                with transaction.atomic():
                    sent.save(force_insert=True)
            except IntegrityError:
                first = SentForm.objects.get(key=key)
                raise Repeated(first.address or request.path) from None
        yield sent
        if key:
            sent.save(update_fields=["address"])


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
