"""A PostgreSQL of our own for tests and benchmarks: in a temporary folder, on a socket, no port."""

import os
import pwd
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from script.portal.terminal import Refusal

OLDEST = 15
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
QUIET = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "Asia/Ho_Chi_Minh",
    "logging_collector": "off",
}


def programs():
    """Folder of the newest PostgreSQL on this machine that is new enough, or None."""
    folders = [Path(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=number)]
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.insert(0, Path(said.stdout.strip()))
    fit = [folder for folder in folders if (folder / "initdb").exists() and major(folder) >= OLDEST]
    return fit[-1] if fit else None


def number(folder):
    return float(re.sub(r"[^\d.]", "", folder.parent.name) or 0)


def major(folder):
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+)", said.stdout)
    return int(found[1]) if found else 0


def owner():
    """Whom the server runs as. It refuses root, so root lends it to a user without rights."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refusal("This machine has neither a user postgres nor nobody: make one, then run again.")


@contextmanager
def running(*, lasting=False):
    """Start a server and answer with its URL for a database named portal; stop and remove it after.

    `lasting` keeps the settings that survive a power cut, for benchmarks and tests of losing nothing.
    """
    folder = programs()
    if folder is None:
        raise Refusal(f"PostgreSQL {OLDEST} or newer is missing: run script/test, which brings it.")
    who = owner()
    home = Path(mkdtemp(prefix="portal-pg-", dir="/tmp"))
    os.chown(home, who.pw_uid, who.pw_gid)
    data = home / "data"
    rights = (
        {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}

    def call(program, *words):
        ended = subprocess.run(
            [str(folder / program), *map(str, words)],
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
            **rights,
        )
        if ended.returncode:
            raise Refusal(f"PostgreSQL: {program} failed: {ended.stderr.strip()[-400:]}")
        return ended.stdout

    try:
        call("initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = QUIET | ({} if lasting else FAST) | {"unix_socket_directories": str(home)}
        (data / "postgresql.auto.conf").write_text(
            "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        )
        with (home / "server.log").open("wb") as log:
            os.chown(home / "server.log", who.pw_uid, who.pw_gid)
            server = subprocess.Popen(
                [folder / "postgres", "-D", data],
                env=environment,
                cwd=home,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **rights,
            )
        try:
            wait(server, call, home)
            call("createdb", "-h", home, "-U", "portal", "portal")
            yield f"postgres://portal@/{home}/portal"
        finally:
            server.send_signal(2)  # SIGINT: end sessions, then stop
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def create(url, *, copy_of="template1"):
    """Make the database of this URL anew on a server of ours, as a copy of another one there."""
    home, _, name = url.partition("@/")[2].rpartition("/")
    line = f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"'
    words = ["-h", home, "-U", "portal", "-qX", "-v", "ON_ERROR_STOP=1", "postgres"]
    run = [str(programs() / "psql"), *words, "-c"]
    for statement in (f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', line):
        ended = subprocess.run([*run, statement], capture_output=True, text=True, check=False)
        if ended.returncode:
            raise Refusal(f"PostgreSQL: {statement} failed: {ended.stderr.strip()[-400:]}")


def wait(server, call, home, *, seconds=30):
    """Wait until our server answers, and make sure that it is ours: it names its folder."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            said = call(
                "psql", "-h", home, "-U", "portal", "-At", "-c", "show data_directory", "postgres"
            )
        except Refusal:
            time.sleep(0.1)
            continue
        if Path(said.strip()) == home / "data":
            return
        raise Refusal(f"Another PostgreSQL answers in {home}: remove that folder, then run again.")
    raise Refusal(f"PostgreSQL did not start: {(home / 'server.log').read_text()[-400:]}")
