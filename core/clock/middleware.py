from core.clock import clock


class HeldClockMiddleware:
    """While a page is read it is one and the same instant, asked for once at most.

    Requests that write are left alone: their instant is that of their transaction.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with clock.hold():
            return self.get_response(request)
