"""The calendar of a unit, for calendar programs: whoever has its address may read it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import View

from campaigns.figures import calendar
from core.clock import clock
from core.ui.views import PUBLIC, Guarded


@method_decorator(login_not_required, name="dispatch")
class UnitCalendar(Guarded, View):
    perm = PUBLIC

    def get(self, request, token):
        unit = calendar.unit_of(token)
        if unit is None:
            raise Http404
        text = calendar.calendar_of(unit, clock.now())
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Cache-Control"] = "no-store, private"
        return response
