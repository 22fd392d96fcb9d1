"""The public check: is this certificate in the golden book, and still valid?

The only page of the register that needs no sign-in. It says what award, whose, by which decision
of which day, and the state: no more (S13, P8). A code has 128 random bits, every wrong one gets the
same answer, and an address may ask 60 times a minute.
"""

import ipaddress
import re

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from awards.models import Award
from core.clock import clock
from core.ui.views import PUBLIC, Guarded

MOST = 60  # questions
PERIOD = 60  # seconds
LONGEST = 40  # characters of a code that are looked at


@method_decorator(login_not_required, name="dispatch")
class CheckPage(Guarded, TemplateView):
    """`/kiem-tra/` asks for the code; `/kiem-tra/<code>/`, where the QR code leads, answers."""

    perm = PUBLIC
    template_name = "awards/check_page.html"

    def get(self, request, code=""):
        if "ma" in request.GET and (typed := plain(request.GET["ma"])):
            return redirect(reverse("awards:check", args=[typed]))
        answer, status = self.answer(code) if code else ({}, 200)
        response = self.render_to_response(self.get_context_data(**answer), status=status)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        if status == 429:
            response["Retry-After"] = str(PERIOD)
        return response

    def answer(self, code):
        """(context, status) for a code; the award is None for every code that is not one."""
        if asks_too_often(visitor(self.request)):
            return {"too_often": True}, 429
        asked = plain(code)
        granted = Award.objects.exclude(state=Award.State.PENDING)
        award = granted.select_related("award_type", "decision").filter(code=asked).first()
        return {"asked": asked, "award": award, "at": clock.now()}, 200 if award else 404

    def get_context_data(self, **kwargs):
        if "ma" in self.request.GET:  # else it was sent on to its own address
            typed = self.request.GET["ma"].strip()[:LONGEST]
            kwargs |= {"asked": typed, "wrong": _no_code(typed)}
        return super().get_context_data(page_title=_("Check a certificate"), **kwargs)


def _no_code(typed):
    if not typed:
        return _("Type the code first.")
    return _(
        "“%(typed)s” is no code. A code has 26 letters without accents and digits, "
        "for example K7QF2M9XTB4HNWE3RYPD6VJCAZ."
    ) % {"typed": typed}


def plain(code: str) -> str:
    """The letters and digits of what was typed; blanks and hyphens are for the eye."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())[:LONGEST]


def visitor(request) -> str:
    """The address, or the network of an IPv6 address: its owner has 2⁶⁴ of them."""
    address = get_adapter().get_client_ip(request)
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else address


def asks_too_often(address: str) -> bool:
    """Count a question; true from the 61st within the same minute."""
    minute = int(clock.real_now().timestamp()) // PERIOD
    key = f"check:{address}:{minute}"
    cache.add(key, 0, timeout=2 * PERIOD)
    try:
        return cache.incr(key) > MOST
    except ValueError:  # dropped from the cache in between
        return False
