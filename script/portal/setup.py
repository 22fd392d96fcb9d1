"""What script/setup, script/server, script/test and script/check begin with."""

import errno
import fcntl
import getpass
import os
import shutil
from contextlib import contextmanager
from functools import partial

from script.portal import apt, env_file, front, pages, redis, stamps, venv
from script.portal.places import ENV_FILE, LOGS, PYTHON, ROOT, VAR, VENV
from script.portal.terminal import Refusal, run, say, step, together

ROOM = 2_000_000_000  # bytes a first set-up takes, system packages included


def prepare(*, for_tests=False):
    """Packages of the machine, of Python and of the pages, .env, and the compiled catalogue."""
    rights()
    room()
    with alone():
        bring(for_tests)


@contextmanager
def alone():
    """Wait until no other command sets this folder up: two would make the same things, and migrate
    the same database."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Waiting for another set-up of this folder to end …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def bring(for_tests):
    env_file.prepare()
    if for_tests:
        apt.bring_shell()
    built = stamps.holds(VENV / "requirements.txt.done", stamps.digest(ROOT / "requirements.txt"))
    groups = [apt.TO_RUN] + ([] if built else [apt.TO_BUILD])
    groups += [apt.TO_TEST] if for_tests else []
    queue = for_tests or env_file.embedded_queue()
    alone = bool(queue and apt.missing(apt.TO_QUEUE)) and not apt.able()
    apt.provide(*groups, *([apt.TO_QUEUE] if queue and not alone else []))
    venv.prepare()
    fetching = [] if front.ready() else [front.fetch]
    together(partial(install, for_tests), *fetching)
    if alone:
        redis.bring()
    if fetching:
        front.build()
    pages.prepare_catalogues()


def install(for_tests):
    venv.install("requirements.txt")
    if for_tests:
        venv.install("requirements-dev.txt")


def rights():
    """Refuse to begin where some file of ours is another user's, as after a start with sudo."""
    beside = [path for folder in (VAR, LOGS) if folder.is_dir() for path in folder.iterdir()]
    for path in [ROOT, VENV, ENV_FILE, VAR, *beside]:
        if path.exists() and not os.access(path, os.W_OK):
            raise Refusal(closed(path))


def closed(path):
    """The sentence for a file or folder that whoever runs this may not write."""
    who = getpass.getuser()
    return (
        f"{path} may not be written by {who}: give it away with `sudo chown -R {who} {ROOT}`, or"
        f" run this as {owner(path)}."
    )


def owner(path):
    """Who may write in the nearest folder above that there is."""
    there = next(place for place in (path, *path.parents) if os.path.lexists(place))
    try:
        return there.owner()
    except (KeyError, OSError):
        return "its owner"


def room():
    """Refuse a first set-up on a disk that cannot hold it, before filling it."""
    free = shutil.disk_usage(ROOT).free
    if not VENV.exists() and free < ROOM:
        raise OSError(errno.ENOSPC, f"only {free} bytes are free", str(ROOT))


def finish(*, environment=None):
    """What serving needs besides: static files and the database."""
    with alone():
        together(pages.prepare_static, partial(prepare_database, environment=environment))


def prepare_database(*, environment=None):
    """Migrate, and load the demo province into an empty database of a demo."""
    with step("Preparing the database"):
        run(
            *(PYTHON, "-m", "script.portal.database", "--seed"),
            trouble="The database could not be prepared; see why, then run again.",
            env=environment,
        )


def reach(*kinds):
    """Ask the queue or the database that was named; raise Refusal where none answers."""
    run(
        *(PYTHON, "-m", "script.portal.reach", *kinds),
        trouble="What REDIS_URL or DATABASE_URL name could not be asked; see why, then run again.",
    )
