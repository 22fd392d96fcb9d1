"""Whether the database and the queue that were named answer: one sentence if one does not.

Runs inside .venv: `python -m script.portal.reach queue database`. Ends with REFUSED after the sentence.
"""

import os
import re
import sys
from urllib.parse import unquote

import django
import redis
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection

from config.hidden import hidden
from script.portal.places import value
from script.portal.terminal import REFUSED

SECONDS = 10


def queue():
    """Ask REDIS_URL; raise Refusal's sentence as ImproperlyConfigured where no Redis answers."""
    address = value("REDIS_URL")
    try:
        with redis.Redis.from_url(address, socket_timeout=SECONDS) as line:
            line.ping()
    except (redis.RedisError, ValueError) as error:
        raise ImproperlyConfigured(
            f"REDIS_URL={hidden(address)} leads to no Redis that answers ({why(error, address)}):"
            " write redis://HOST:PORT/0, or leave it out for a private one."
        ) from error


def database():
    """Ask the database of the settings, likewise."""
    address = value("DATABASE_URL")
    try:
        connection.ensure_connection()
    except (Error, ImproperlyConfigured) as error:
        given = hidden(address) if address else "(none)"
        raise ImproperlyConfigured(
            f"DATABASE_URL={given} leads to no database that answers ({why(error, address)}): write"
            " postgres://USER:PASSWORD@HOST:PORT/NAME, or leave it out for SQLite."
        ) from error


def why(error, address):
    """The first line of what a driver said, without the words that hidden() left out: it quotes
    what it takes for a host or a port."""
    said = str(error).strip().partition("\n")[0]
    kept = set(re.split(r"\W+", hidden(address)))
    rest = address.partition("://")[2]
    words = {*re.split(r"\W+", rest), *re.split(r"\W+", unquote(rest))} - kept - {""}
    for word in sorted(words, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "…", said)
    return said


def refusing(task):
    """Run a task of a process that set-up started; end it with the sentence for a wrong setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        task()
    except ImproperlyConfigured as fault:
        print(fault, flush=True)
        sys.exit(REFUSED)


def main(*kinds):
    if "queue" in kinds:
        queue()
    if "database" in kinds:
        django.setup()
        database()


if __name__ == "__main__":
    refusing(lambda: main(*sys.argv[1:]))
