"""The language of a page: Vietnamese, unless the visitor chose another by the switch.

Django's own middleware would follow the browser's settings, and many an office machine
has an English browser.
"""

from django.conf import settings
from django.utils import translation


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
