"""Which pages are measured, who looks at them, and how their requests are made."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from awards.models import Award
from campaigns.models import AwardRound
from core.clock import clock
from dossiers.models import Dossier
from tests.bench.paging import copies
from tests.bench.paging.province import holders

State = Dossier.State
HOST = {"Host": "localhost", "Accept-Encoding": "gzip, br", "Accept-Language": "vi"}
SOME = 20  # rows that the pages of one row are opened for, in turn
SERVED = {"DEMO": False, "MFA_REQUIRED": True}  # as the server that is measured beside
CONTROL = "tests.bench.paging.careless"


@dataclass(frozen=True)
class Page:
    """One kind of page: what its visitor brings along and the addresses asked in turn."""

    name: str
    headers: dict[str, str]
    addresses: list[str]
    most_queries: int = 15


@dataclass(frozen=True)
class Answer:
    seconds: float
    size: int  # bytes of the body, as sent


def pages() -> list[Page]:
    """Every page of the benchmark, for rows that no copy has changed."""
    leader, officer = cookie(holders(Role.LEADER_VIEW)[0]), cookie(holders(Role.OFFICER)[0])
    draft = Dossier.objects.filter(state=State.DRAFT).order_by("pk")[0]
    staff = cookie(User.objects.get(memberships__role=Role.UNIT_STAFF, home_unit=draft.unit))
    listed, queue = reverse("dossiers:list"), reverse("dossiers:queue")
    last = AwardRound.objects.order_by("-order")[0]
    read = Dossier.objects.exclude(state__in=[State.DRAFT, State.UNIT_REVIEW])
    desk = Dossier.objects.filter(state=State.APPRAISING)
    valid = Award.objects.filter(state=Award.State.VALID)
    own = Dossier.objects.filter(unit=draft.unit, state=State.DRAFT)
    codes = [reverse("awards:check", args=[award.code]) for award in some(valid)]
    sheets = [reverse("dossiers:appraise", args=[dossier.pk]) for dossier in some(desk)]
    words = ["nguyen thi huong", "xa thap muoi", "tram y te"]
    return [
        Page("list", leader, [listed, f"{listed}?page=2", f"{listed}?sort=unit_name"], 12),
        Page("filtered", leader, [f"{listed}?where=elsewhere&round={last.pk}"], 12),
        Page("search", leader, [f"{listed}?q={word.replace(' ', '+')}" for word in words], 12),
        Page("dossier", leader, [each.get_absolute_url() for each in some(read)]),
        Page("draft", staff, [each.get_absolute_url() for each in some(own)]),
        Page("queue", officer, [queue, f"{queue}?show=mine"], 12),
        Page("sheet", officer, sheets),
        Page("dashboard", leader, [reverse("dashboard:overview")]),
        Page("home", officer, [reverse("home")]),
        Page("check", {}, codes),
    ]


def some(rows):
    """Rows spread over the originals, so that both sizes are asked for the same."""
    originals = rows.filter(pk__lt=copies.APART).order_by("pk")
    keys = list(originals.values_list("pk", flat=True))
    return rows.filter(pk__in=keys[:: max(1, len(keys) // SOME)]).order_by("pk")[:SOME]


def cookie(user: User) -> dict[str, str]:
    """The header of somebody who has signed in; the row is made here, without the form."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["seen"] = int(clock.real_now().timestamp())
    session.create()
    return {"Cookie": f"sessionid={session.session_key}"}


def ask(port: int, page: Page, *, requests: int, clients: int) -> list[Answer]:
    """So many requests by so many visitors at once; anything but a page ends the run."""
    headers = HOST | page.headers
    addresses = enumerate(islice(cycle(page.addresses), requests))
    with ThreadPoolExecutor(clients) as crowd:
        return list(crowd.map(lambda turn: one(port, *turn, headers), addresses))


def one(port: int, turn: int, address: str, headers: dict[str, str]) -> Answer:
    """One request; everybody comes from an address of their own, since the check counts them."""
    began = time.perf_counter()
    source = (f"127.1.{turn // 250}.{turn % 250 + 1}", 0)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=source)
    line.request("GET", address, headers=headers)
    answer = line.getresponse()
    size = len(answer.read())
    line.close()
    if answer.status != 200:
        raise SystemExit(f"{address} answers {answer.status} {answer.headers.get('Location', '')}")
    return Answer(time.perf_counter() - began, size)


def queries(page: Page) -> int:
    """The most that any address of a page asks of the database, session and all."""
    return max(counted(page.headers, page.addresses))


def counted(headers: dict[str, str], addresses: list[str]) -> Iterator[int]:
    client = Client(SERVER_NAME="localhost")
    if headers:
        client.cookies["sessionid"] = headers["Cookie"].partition("=")[2]
    client.get(addresses[0])  # what a process asks once in its life
    for address in addresses:
        with override_settings(**SERVED), CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        yield len(caught)


def careless(visitor: User) -> int:
    """Queries of a list that asks again for every row: the control, which must be found out."""
    with override_settings(ROOT_URLCONF=CONTROL):
        return max(counted(cookie(visitor), [reverse("careless")]))
