"""A year of results: 3,000 units report 30 targets for 12 months, and a leader asks for the page of
the province of one month after another, one visitor after another, the web server in this process.
"""

import statistics
import sys
import time

from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from campaigns.models import Campaign, Target, TargetResult
from tests import factories

UNITS, MONTHS, TARGETS = 3_000, 12, 30
YEAR = 2025
REQUESTS, WARMING = 120, 12
COMPARES = ("at_least", "at_most", "equal", "rank", "yes_no", "more_than")
MEASURES = ("%", "doanh nghiệp", "% GRDP", "", "", "dịch vụ")


def results():
    """Fill a year and ask for the page of each month."""
    call_command("createcachetable")
    campaign, leader = province()
    fill(campaign)
    client = Client(headers={"host": "localhost"})
    client.force_login(leader)
    pages = [
        f"{reverse('campaigns:results', args=[campaign.pk])}?ky={YEAR}-{month:02d}"
        for month in range(1, MONTHS + 1)
    ]
    spent = [ask(client, pages[turn % MONTHS]) for turn in range(WARMING + REQUESTS)][WARMING:]
    with CaptureQueriesContext(connection) as asked:
        busy = time.process_time()
        ask(client, pages[-1])
        busy = time.process_time() - busy
    return {
        "results_rows": TargetResult.objects.count(),
        "results_queries": len(asked),
        "results_cpu_ms": round(1000 * busy),
        "results_database_ms": round(sum(1000 * float(each["time"]) for each in asked)),
        "results_p50_ms": round(1000 * statistics.median(spent)),
        "results_p95_ms": round(1000 * statistics.quantiles(spent, n=100)[94]),
    }


def province():
    """A programme of 30 targets of every kind, 3,000 units below it, and a leader."""
    root = factories.unit("Tỉnh Đồng Tháp", kind="province")
    campaign = factories.campaign(unit=root, kind=Campaign.Kind.PROGRAMME)
    for number in range(TARGETS):
        compare = COMPARES[number % len(COMPARES)]
        Target.objects.create(
            campaign=campaign,
            code=f"T{number:02d}",
            order=number,
            name=f"Chỉ tiêu số {number}",
            compare=compare,
            value=None if compare == "yes_no" else 30 + number,
            unit_of_measure=MEASURES[number % len(MEASURES)],
        )
    leader = factories.member(Role.LEADER_VIEW, root)
    Authenticator.objects.create(user=leader, type=Authenticator.Type.TOTP, data={})
    for number in range(UNITS):
        root.refresh_from_db()
        factories.unit(f"Xã Số {number}", kind="commune", superior=root)
        if number % 1000 == 999:
            say(f"{number + 1} units are there")
    return campaign, leader


def fill(campaign):
    """All results by one statement: the database makes the million faster than we could."""
    root, by = campaign.unit_id, factories.user().pk
    table = TargetResult._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            f"""INSERT INTO "{table}"
                (target_id, unit_id, period, value, text, source, by_id, at, version)
            SELECT t.id, u.id, %s || '-' || lpad(m::text, 2, '0'),
                CASE WHEN t.compare = 'yes_no' THEN (u.id + m) %% 2
                ELSE (u.id * 7 + t.id * 3 + m) %% 100 END,
                '', 'Sở', %s, now(), 0
            FROM campaigns_target t, accounts_unit u, generate_series(1, %s) m
            WHERE t.campaign_id = %s AND (u.id = %s OR u.depth = 2)""",
            [str(YEAR), by, MONTHS, campaign.pk, root],
        )
        say(f"{cursor.rowcount} results are there")
        cursor.execute("VACUUM ANALYZE")


def ask(client, address):
    start = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address}: {answer.status_code}")
    return time.perf_counter() - start


def say(line):
    print(line, flush=True)
