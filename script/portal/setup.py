"""What script/setup, script/server, script/test and script/check begin with."""

import shutil
from functools import partial

from script.portal import apt, env_file, front, pages, redis, stamps, venv
from script.portal.places import PYTHON, ROOT, VENV
from script.portal.terminal import run, step, together

ROOM = 2_000_000_000  # bytes a first set-up takes, system packages included


def prepare(*, for_tests=False):
    """Packages of the machine, of Python and of the pages, .env, and the compiled catalogue."""
    room()
    if for_tests:
        apt.bring_shell()
    built = stamps.holds(VENV / "requirements.txt.done", stamps.digest(ROOT / "requirements.txt"))
    groups = [apt.TO_RUN] + ([] if built else [apt.TO_BUILD])
    groups += [apt.TO_TEST] if for_tests else []
    queue = for_tests or env_file.embedded_queue()
    alone = queue and apt.missing(*groups, apt.TO_QUEUE) == list(apt.TO_QUEUE) and not apt.able()
    apt.provide(*groups, *([apt.TO_QUEUE] if queue and not alone else []))
    venv.prepare()
    fetching = [] if front.ready() else [front.fetch]
    together(partial(install, for_tests), *fetching)
    if alone:
        redis.bring()
    if fetching:
        front.build()
    env_file.prepare()
    pages.prepare_catalogues()


def install(for_tests):
    venv.install("requirements.txt")
    if for_tests:
        venv.install("requirements-dev.txt")


def room():
    """Refuse a first set-up on a disk that cannot hold it, before filling it."""
    free = shutil.disk_usage(ROOT).free
    if not VENV.exists() and free < ROOM:
        raise OSError(28, f"only {free} bytes are free")


def finish(*, environment=None):
    """What serving needs besides: static files and the database."""
    together(pages.prepare_static, partial(prepare_database, environment=environment))


def prepare_database(*, environment=None):
    """Migrate, and load the demo province into an empty database of a demo."""
    with step("Preparing the database"):
        run(
            *(PYTHON, "-m", "script.portal.database", "--seed"),
            trouble="The database could not be prepared; see why, then run again.",
            env=environment,
        )
