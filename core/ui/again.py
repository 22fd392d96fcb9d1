"""Forms that came too late for their session: nothing typed is lost by it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.ui.once import OF_THE_PAGE

READING = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_TEXTS = 20  # of those shown to whoever typed them; all of them are sent again


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: after signing in anew, the form of an older page is offered again.

    Only to somebody signed in, and only when the form came from a page of ours: else another
    site could put words into a form that its visitor then sends. What goes to the pages of
    signing in is never shown again.
    """
    inside = _is_ours(request) and not request.path.startswith("/accounts/")
    context: dict[str, Any] = {"back": page_before(request)}
    if inside and request.user.is_authenticated:
        fields = [
            (name, text)
            for name, said in request.POST.lists()
            if name not in OF_THE_PAGE - {"once"} and "password" not in name.lower()
            for text in said
        ]
        context |= {
            "address": request.get_full_path(),
            "fields": fields,
            "texts": [text for name, text in fields if _is_written(name, text)][:MOST_TEXTS],
            "files": [each.name for _name, said in request.FILES.lists() for each in said],
        }
    return render(request, "403_csrf.html", context, status=403)


def _is_written(name, text):
    """Words that somebody wrote: the page's own marks of what it showed are none."""
    return " " in text.strip() and name.rpartition("-")[2] != "seen"


def page_before(request: HttpRequest) -> str:
    """The page of ours on which the form stood, with its filters; nothing if none is known."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    if f"{came.scheme}://{came.netloc}" not in _ourselves(request):
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def _is_ours(request):
    origin = request.META.get("HTTP_ORIGIN")
    return origin in _ourselves(request) if origin else bool(page_before(request))


def _ourselves(request):
    return {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


class SignInMiddleware(LoginRequiredMiddleware):
    """Who presses a button after the session ended signs in and is back on the button's page."""

    def handle_no_permission(self, request, view_func):
        before = page_before(request)
        if request.method in READING or not before:
            return super().handle_no_permission(request, view_func)
        field = self.get_redirect_field_name(view_func)
        return redirect_to_login(before, self.get_login_url(view_func), field)
