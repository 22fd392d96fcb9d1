"""Private servers for tests and benchmarks: never one that happens to be running on the machine."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from script.portal import apt, postgres, redis
from script.portal.places import VAR


@contextmanager
def private(*, lasting=False):
    """PostgreSQL, Redis and a folder for files, all gone afterwards; answers with the variables."""
    with folder() as var, redis.running() as queue, postgres.running(lasting=lasting) as database:
        yield {
            "DATABASE_URL": database,
            "REDIS_URL": queue,
            "CHROMIUM": apt.chromium() or "",
            "VAR_DIR": str(var),
        }


@contextmanager
def embedded():
    """The embedded default in a folder of its own: SQLite, and no server but what it starts."""
    with folder() as var:
        yield {"CHROMIUM": apt.chromium() or "", "VAR_DIR": str(var)}


@contextmanager
def folder():
    """A temporary VAR_DIR with what set-up has prepared: made once, only read from here."""
    var = Path(mkdtemp(prefix="portal-var-", dir="/tmp"))
    try:
        for name in ("vendor", "fonts", "static"):
            (var / name).symlink_to(VAR / name)
        shutil.copytree(VAR / "steps", var / "steps")
        yield var
    finally:
        shutil.rmtree(var, ignore_errors=True)
