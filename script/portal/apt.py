"""What the machine itself must bring: found by looking for the thing, not for its package.

So a machine that has the libraries from elsewhere is left alone, and one that lacks some gets only
those. Nothing here starts a system service: redis-tools carries the server without its daemon, and
postgresql-common is told first to make no cluster.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from script.portal import redis, stamps
from script.portal.places import VAR, value
from script.portal.postgres import programs
from script.portal.terminal import Refusal, run, step

VERSION = f"python3.{sys.version_info.minor}"
SHELL = "chromium-headless-shell"
NO_SHELL = VAR / "steps" / "no-chromium-shell"
PATIENCE = 120  # seconds: dpkg that is killed leaves the machine's packages half there
CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")


def library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def chromium():
    """The browser of the journeys, by CHROMIUM= or by its usual names; None without one.

    First the one without windows: a page takes it less than half of the processor time.
    """
    names = (SHELL, "chromium", "chromium-browser", "google-chrome")
    return value("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


TO_RUN = {
    "ca-certificates": lambda: Path("/etc/ssl/certs/ca-certificates.crt").exists(),
    f"{VERSION}-venv": lambda: importlib.util.find_spec("ensurepip"),
    "libpango-1.0-0": lambda: library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: library("libharfbuzz-subset.so.0"),
    "libmagic1": lambda: library("libmagic.so.1"),
}
TO_BUILD = {  # psycopg2 is compiled, having no wheel for Linux
    "gcc": lambda: shutil.which("gcc"),
    "libc6-dev": lambda: Path("/usr/include/stdio.h").exists(),
    "libpq-dev": lambda: shutil.which("pg_config"),
    f"{VERSION}-dev": lambda: Path(sysconfig.get_path("include"), "Python.h").exists(),
}
TO_QUEUE = {"redis-tools": redis.program}
TO_TEST = {
    "postgresql": programs,
    "chromium": chromium,
    "poppler-utils": lambda: shutil.which("pdftoppm"),
}


def missing(*groups):
    """The packages of these groups whose things are not on this machine, in order."""
    return [name for group in groups for name, there in group.items() if not there()]


def provide(*groups):
    """Install what is missing; raise Refusal where that cannot be done."""
    names = missing(*groups)
    if not names:
        return
    install(names)
    if left := missing(*groups):
        raise Refusal(
            f"apt-get ended well but {' '.join(left)} cannot be used; install it by hand."
        )


def bring_shell():
    """Install Chromium without windows, once, where the machine's own packages have it.

    Only as root: nobody is asked for a password for what is merely quicker.
    """
    if value("CHROMIUM") or shutil.which(SHELL) or stamps.holds(NO_SHELL, VERSION):
        return
    if os.geteuid() != 0:
        return
    try:
        install([SHELL])
    except Refusal:
        stamps.leave(NO_SHELL, VERSION)  # the one with windows will do


def install(names):
    """Install these packages; raise Refusal where that cannot be done."""
    prefix = [*rights(names), "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    trouble = f"apt-get could not install {' '.join(names)}; see why, then run again."
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {' '.join(names)}"):
        run(*prefix, "update", "-q", trouble=trouble, env=quiet, patience=PATIENCE)
        for batch in batches(names):
            run(
                *(*prefix, "install", "-q", "-y", "--no-install-recommends", *batch),
                trouble=trouble,
                env=quiet,
                patience=PATIENCE,
            )
            if "postgresql-common" in batch:
                forbid_clusters(trouble)


def batches(names):
    """postgresql-common alone and first, so that PostgreSQL then starts no cluster of its own."""
    if "postgresql" not in names:
        return [names]
    return [["postgresql-common"], [name for name in names if name != "postgresql-common"]]


def forbid_clusters(trouble):
    line = "create_main_cluster = false"
    script = f"grep -qx '{line}' {CLUSTERS} || echo '{line}' >> {CLUSTERS}"
    run(*rights([]), "sh", "-c", script, trouble=trouble)


def able():
    """Whether packages can be installed here at all."""
    try:
        rights([])
    except Refusal:
        return False
    return True


def rights(names):
    """The words before a command that needs root; raise Refusal if there is no way."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    if not shutil.which("apt-get"):
        raise Refusal(
            f"This machine has no apt-get to bring {', '.join(names)}: install what they hold"
            " with the machine's own package manager, then run again."
        )
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        if subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
            return ["sudo", "-n"]
        if sys.stdin.isatty() and subprocess.call(["sudo", "-v"]) == 0:
            return ["sudo", "-n"]
    raise Refusal(f"This needs an administrator once: ask for `{line}`, then run again.")
