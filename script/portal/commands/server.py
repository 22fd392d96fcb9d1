"""script/server: set up what is missing and start the portal with its demo province.

Starts the web server, a job worker and the dispatcher; without DATABASE_URL and REDIS_URL also a
private Redis, and keeps everything in var/. Prints the address and the demo sign-ins. Ctrl-C stops
it all.

  PORT=8000           where it listens
  HOST=127.0.0.1      on which address; 0.0.0.0 is every one of this machine
  DATABASE_URL=…      use this PostgreSQL instead of var/portal.sqlite3
  REDIS_URL=…         use this Redis instead of a private one
"""

import fcntl
import http.client
import os
import socket
import time
from contextlib import contextmanager

from script.portal import env_file, processes, redis, setup
from script.portal.places import SIGN_INS, VAR
from script.portal.supervisor import Supervisor
from script.portal.terminal import Refusal, say


def main():
    host, port = os.environ.get("HOST", "127.0.0.1"), wanted_port()
    with only_one():
        refuse_taken(host, port)
        setup.prepare()
        supervisor = Supervisor(environment(host, port))
        try:
            serve(supervisor, host, port)
        except (KeyboardInterrupt, SystemExit):
            say("\nStopping …")
        finally:
            supervisor.stop()
    say("Stopped.")


def serve(supervisor, host, port):
    setup.finish(environment=supervisor.environment)
    if env_file.embedded_queue():
        folder = env_file.socket_folder()
        supervisor.start(processes.queue(folder))
        redis.wait(folder / "redis.sock")
    supervisor.start(processes.worker())
    supervisor.start(processes.dispatcher())
    supervisor.start(processes.web(host, port))
    wait(supervisor, host, port)
    say(f"\nThe portal is at http://{shown(host)}:{port}/  (Ctrl-C stops it)\n")
    if SIGN_INS.exists():
        say(SIGN_INS.read_text())
    supervisor.watch()


def wanted_port():
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} is no port: give a number from 1 to 65535, such as PORT=8080.")
    return int(text)


def shown(host):
    return "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host


def environment(host, port):
    """What the children are told, besides what stands in .env."""
    told = {"PORTAL_ADDRESS": f"http://{shown(host)}:{port}", "PYTHONUNBUFFERED": "1"}
    if env_file.embedded_queue():
        told["REDIS_URL"] = f"unix://{env_file.socket_folder()}/redis.sock"
    if host not in {"127.0.0.1", "localhost"} and not env_file.value("ALLOWED_HOSTS"):
        told["ALLOWED_HOSTS"] = "*"
    return told | os.environ


@contextmanager
def only_one():
    """Hold the lock of this folder's server: two on one set of files would disturb each other."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "server.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                "The portal already runs from this folder: stop that one with Ctrl-C first."
            ) from None
        yield


def refuse_taken(host, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Refusal(f"Port {port} is for root only: choose another, PORT=8080.") from None
        except OSError as error:
            raise Refusal(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what runs there"
                f" or choose another, PORT={port + 1} script/server."
            ) from None


def wait(supervisor, host, port, *, seconds=60):
    """Wait until the sign-in page is served; raise Refusal if it never is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        supervisor.revive()
        if answers("127.0.0.1" if host == "0.0.0.0" else host, port):
            return
        time.sleep(0.2)
    raise Refusal("The web server does not answer: var/log/web.log says why.")


def answers(host, port):
    try:
        line = http.client.HTTPConnection(host, port, timeout=20)
        line.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return line.getresponse().status < 500
    except OSError:
        return False
