"""What script/setup, script/server, script/test and script/check begin with."""

import shutil

from script.portal import apt, env_file, front, pages, redis, stamps, venv
from script.portal.places import PYTHON, ROOT, VENV
from script.portal.terminal import run, step

ROOM = 2_000_000_000  # bytes a first set-up takes, system packages included


def prepare(*, for_tests=False):
    """Everything but the database: packages of the machine, of Python, of the pages, and .env."""
    room()
    built = stamps.holds(VENV / "requirements.txt.done", stamps.digest(ROOT / "requirements.txt"))
    groups = [apt.TO_RUN] + ([] if built else [apt.TO_BUILD])
    groups += [apt.TO_TEST] if for_tests else []
    queue = for_tests or env_file.embedded_queue()
    alone = queue and apt.missing(*groups, apt.TO_QUEUE) == list(apt.TO_QUEUE) and not apt.able()
    apt.provide(*groups, *([apt.TO_QUEUE] if queue and not alone else []))
    venv.prepare()
    if for_tests:
        venv.prepare(for_tests=True)
    if alone:
        redis.bring()
    front.prepare()
    env_file.prepare()
    pages.prepare()


def room():
    """Refuse a first set-up on a disk that cannot hold it, before filling it."""
    free = shutil.disk_usage(ROOT).free
    if not VENV.exists() and free < ROOM:
        raise OSError(28, f"only {free} bytes are free")


def prepare_database(*, environment=None):
    """Migrate, and load the demo province into an empty database of a demo."""
    with step("Preparing the database"):
        run(
            *(PYTHON, "-m", "script.portal.database", "--seed"),
            trouble="The database could not be prepared; see why, then run again.",
            env=environment,
        )
