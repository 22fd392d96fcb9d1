"""The portal as people run it: script/server with its real processes, on a database of its own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from script.portal import postgres, redis, servers
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


class Stack:
    """A running portal: its address, its folder for files, and ways to disturb it."""

    def __init__(self, variables):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.var = Path(variables["VAR_DIR"])
        settings = {"PORT": str(self.port), "DEMO": "on", "DEBUG": "off", "PYTHONUNBUFFERED": "1"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        self.environment = {**kept, **variables, **settings}
        self.output = self.var / "server.txt"

    def start(self, *, seconds=600):
        """Start script/server and wait until it says that it serves."""
        with self.output.open("wb") as out:
            self.server = subprocess.Popen(
                [ROOT / "script" / "server"],
                env={**self.environment, "PYTHON": sys.executable},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + seconds
        while "The portal is at" not in self.said():
            if self.server.poll() is not None or time.monotonic() > until:
                self.stop()
                raise AssertionError(f"script/server did not start:\n{self.said()}{self.logs()}")
            time.sleep(0.2)

    def stop(self, *, seconds=60):
        """Press Ctrl-C and answer with the exit code; nothing that it started may live on."""
        started = family(self.server.pid)
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
        try:
            code = self.server.wait(seconds)
        except subprocess.TimeoutExpired:
            self.server.kill()
            raise
        left = living(started)
        assert not left, left
        return code

    def said(self):
        return self.output.read_text(errors="replace")

    def logs(self):
        """The last lines of every log, for a test that failed."""
        return "".join(
            f"\n--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-25:])
            for log in sorted((self.var / "log").glob("*.log"))
        )

    def pid(self, name):
        """Process id of web, worker, dispatcher or redis, as started last."""
        return int((self.var / "run" / f"{name}.pid").read_text())

    def kill(self, name):
        """kill -9 for a process and all of its children, as when the machine loses them."""
        os.killpg(self.pid(name), signal.SIGKILL)

    def manage(self, *words):
        """Run a management command on the stack's database; answer with what it printed."""
        ended = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**self.environment, "REDIS_URL": self.queue()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr + ended.stdout
        return ended.stdout

    def queue(self):
        return self.environment.get("REDIS_URL", f"unix://{self.var}/redis/redis.sock")

    def ask(self, expression, *, imports=""):
        """The value of a Python expression on the stack's database, as text."""
        return self.manage("shell", "-v", "0", "-c", f"{imports}\nprint({expression})").strip()


@contextmanager
def variables():
    """What one stack runs on: the kind of servers this run was given, but none shared with others."""
    with ExitStack() as stay:
        given = {"VAR_DIR": str(stay.enter_context(servers.folder()))}
        if database := os.environ.get("DATABASE_URL"):
            name = "journeys_" + os.environ.get("PYTEST_XDIST_WORKER", "main")
            given["DATABASE_URL"] = f"{database.rpartition('/')[0]}/{name}"
            postgres.create(given["DATABASE_URL"], copy_of=os.environ.get("COPY_OF", "template1"))
            if files := os.environ.get("COPY_OF_FILES"):
                links = shutil.ignore_patterns("vendor", "fonts", "static")
                shutil.copytree(files, given["VAR_DIR"], ignore=links, dirs_exist_ok=True)
            given["REDIS_URL"] = stay.enter_context(redis.running())
        yield given


def family(pid):
    """{(process, when it began): its words} of a process's descendants."""
    found, parents = {}, {pid}
    rows = {row[0]: row[1:] for row in map(_process, Path("/proc").glob("[0-9]*")) if row}
    while parents:
        born = {child: row for child, row in rows.items() if row[0] in parents}
        found |= {(child, began): words for child, (_parent, began, words) in born.items()}
        parents = set(born)
    return found


def living(of):
    """The words of those of a family that still run: a number may be another's by now."""
    rows = filter(None, (_process(Path(f"/proc/{pid}")) for pid, _began in of))
    return [words for pid, _parent, began, words in rows if (pid, began) in of]


def _process(folder):
    """(process, parent, when it began, words); None for one that has ended."""
    try:
        state, parent, *rest = (folder / "stat").read_text().rpartition(")")[2].split()
        words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state == "Z" else (int(folder.name), int(parent), rest[17], words)
