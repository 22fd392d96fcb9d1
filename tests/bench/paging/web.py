"""gunicorn as `script/server` starts it, and what it and PostgreSQL take of the processor."""

import http.client
import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from script.portal import processes
from script.portal.places import ROOT
from tests.ports import free_port

TICK = os.sysconf("SC_CLK_TCK")
BEFORE_START = 60  # seconds


class Server:
    """A running web server with its two workers, and the database beside it."""

    def __init__(self, process, port):
        self.process, self.port = process, port
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            folder = Path(cursor.fetchone()[0])
        self.database = int((folder / "postmaster.pid").read_text().split()[0])

    def cpu(self):
        """Seconds of processor, of the web server and of PostgreSQL, since each began."""
        roots = (self.process.pid, self.database)
        return sum(spent(pid) for root in roots for pid in (root, *children(root)))

    def memory(self):
        """MB that the largest worker holds."""
        return max(resident(pid) for pid in children(self.process.pid))


def copy_of_database():
    """Copy the database as it is now beside itself; answers the copy's URL."""
    name = f"{connection.settings_dict['NAME']}_apart"
    original = connection.ops.quote_name(connection.settings_dict["NAME"])
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE {original}")
    place, mark, options = os.environ["DATABASE_URL"].partition("?")
    return f"{place.rpartition('/')[0]}/{name}{mark}{options}"


@contextmanager
def serving(environment):
    """Start gunicorn on a free port of the loopback; stop it and its workers after."""
    port = free_port()
    words = list(map(str, processes.web(f"127.0.0.1:{port}").words))
    process = subprocess.Popen(words, env=environment, cwd=ROOT)
    try:
        wait(process, port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def wait(process, port):
    until = time.monotonic() + BEFORE_START
    while time.monotonic() < until and process.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            line.request("GET", "/accounts/login/", headers={"Host": "localhost"})
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            line.close()
    raise SystemExit("gunicorn does not serve the sign-in page.")


def children(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def spent(pid):
    """User and system time of a process and of its children that have ended, in seconds."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:  # it ended just now; its parent has counted it
        return 0
    return sum(map(int, line.rpartition(")")[2].split()[11:15])) / TICK


def resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0
