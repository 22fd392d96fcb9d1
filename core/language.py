"""The language of a page, and that of what is kept.

A page speaks Vietnamese, unless the visitor chose another by the switch. Django's own middleware
would follow the browser's settings, and many an office machine has an English browser.

What is written into rows (history, notices, titles, reasons) is read by everybody, for years: it
is Vietnamese whoever acts. `core.workflow.act` sees to that, and the pages that write without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import translation

_chosen: ContextVar[bool] = ContextVar("chosen", default=False)


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Within the block this is the language, also for blocks inside it that ask for another.

    Yields the language which it stands in for; nothing for such an inner block.
    """
    if _chosen.get():
        yield ""
        return
    token, before = _chosen.set(True), translation.get_language()
    try:
        with translation.override(language):
            yield before
    finally:
        _chosen.reset(token)


class ChosenLanguageMiddleware:
    """Speaks the language of the cookie that the switch sets, else the portal's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        request.LANGUAGE_CODE = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
