"""Texts that were typed and not yet sent: kept on the server, offered again, dropped when sent.

The script autosave.js posts the whole form to `address_for(path)` after each pause. A page
that mixes in `KeepsDraft` shows what was typed when its person comes back.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.generic import View

from core.clock import clock
from core.text import whole, written
from core.ui.forms import draft_of
from core.ui.models import Draft
from core.ui.once import key_of, was_sent
from core.ui.views import SIGNED_IN, Guarded

MOST = 1_000_000  # characters of one draft
_OWN = {"csrfmiddlewaretoken", "once", "discard"}


def address_for(path: str) -> str:
    """Where the form at `path` saves its draft; the value of its `data-autosave`."""
    return f"{reverse('ui:draft')}?{urlencode({'form': path})}"


@transaction.atomic
def keep(*, user: Any, form: str, values: dict[str, list[str]]) -> Draft:
    """Keep what was typed; a later draft of the same form takes the place of an earlier one."""
    version = "".join(values.get("version", []))
    draft, _made = Draft.objects.update_or_create(
        user=user,
        form=form,
        defaults={
            "values": values,
            "version": whole(version),
            "saved_at": clock.now(),
        },
    )
    return draft


def discard(*, user: Any, form: str) -> None:
    Draft.objects.filter(user=user, form=form).delete()


def fill(form: forms.Form, draft: Draft) -> None:
    """Show the draft in an unbound form, as it was typed. Files and the form's key stay out."""
    for name, field in form.fields.items():
        if name in _OWN or isinstance(field, forms.FileField):
            continue
        typed = draft.values.get(name)
        if isinstance(field, forms.BooleanField):
            form.initial[name] = bool(typed)
        elif isinstance(field, forms.MultipleChoiceField):
            form.initial[name] = typed or []
        elif typed:
            form.initial[name] = typed[-1]


class KeepsDraft:
    """Before FormPage: the form comes back with what was typed, and a sent one leaves nothing."""

    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        self.draft = None
        if self.request.method == "GET" and not form.is_bound:
            self.draft = self.kept_draft()
        if self.draft:
            fill(form, self.draft)
        return form

    def kept_draft(self) -> Draft | None:
        """What this person typed and did not send; a page may merge it before it is shown."""
        return draft_of(self.request.user, self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["autosave"] = address_for(self.request.path)
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["draft"] = getattr(self, "draft", None)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if answer.status_code == 302:
            discard(user=self.request.user, form=self.request.path)
        return answer


class DraftPage(Guarded, View):
    """POST ?form=/the/page/ : keep what is typed there, or with `discard` drop it."""

    perm = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _page(request.GET.get("form", ""))
        if "discard" in request.POST:
            discard(user=request.user, form=form)
            return redirect(form)
        values = {
            written(name): [written(text) for text in typed]
            for name, typed in request.POST.lists()
            if name not in _OWN
        }
        if key := key_of(request):
            values["once"] = [key]  # of which form it is a copy: see `forms.draft_of`
        if sum(len(text) for typed in values.values() for text in typed) > MOST:
            return HttpResponse(status=413)
        if not was_sent(request):  # a copy on its way while the form itself was taken
            keep(user=request.user, form=form, values=values)
        return HttpResponse(status=204)


def _page(path):
    """A page of ours, so that a draft cannot send anybody elsewhere."""
    if not path.startswith("/") or path.startswith("//") or len(path) > 300:
        raise Http404
    try:
        resolve(path)
    except Resolver404:
        raise Http404 from None
    return path
