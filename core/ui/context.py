"""What every page shows around its content: menu, notices, the demo's day."""

from django.conf import settings

from core.clock import clock
from core.ui import nav


def page(request):
    """Context of `base.html`; nothing here touches the database for a signed-out visitor
    but the clock."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    row, more = nav.folded(nav.items_for(user, request.path))
    return {
        "demo": settings.DEMO,
        "today": clock.today(),
        "clock_stopped": clock.stopped() if settings.DEMO else None,
        "nav": row,
        "nav_more": more,
        "footer_links": nav.foot_for(user),
        "province": settings.PROVINCE,
        "unread": user.unread_notices() if signed_in else 0,
        "may_move_clock": settings.DEMO and signed_in and user.holds("clock.move"),
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }
