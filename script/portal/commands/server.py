"""script/server: set up what is missing and start the portal with its demo province.

Starts the web server, a job worker and the dispatcher; without DATABASE_URL and REDIS_URL also a
private Redis, and keeps everything in var/. Prints the address and the demo sign-ins. Ctrl-C stops
it all.

  PORT=8000           where it listens
  HOST=127.0.0.1      on which address; 0.0.0.0 is every one of this machine
  DATABASE_URL=…      use this PostgreSQL instead of var/portal.sqlite3
  REDIS_URL=…         use this Redis instead of a private one
"""

import errno
import fcntl
import http.client
import os
import socket
import time
from contextlib import contextmanager, suppress

from script.portal import env_file, processes, redis, setup
from script.portal.places import LOGS, SIGN_INS, VAR, value
from script.portal.supervisor import Supervisor
from script.portal.terminal import Refusal, say, shown, unfinished


def main():
    host, port = value("HOST", "127.0.0.1"), wanted_port()
    with only_one(), listening(host, port) as listener:
        supervisor = Supervisor(os.environ)
        try:
            with unfinished():
                setup.prepare()
                supervisor.environment = environment(host, port)
                begin(supervisor, listener)
            with suppress(KeyboardInterrupt, SystemExit):
                announce(host, port)
                supervisor.watch()
            say("\nStopping …")
        finally:
            supervisor.stop()
    say("Stopped.")


def begin(supervisor, listener):
    """Start all there is and wait until it serves."""
    setup.finish(environment=supervisor.environment)
    if env_file.embedded_queue():
        folder = env_file.socket_folder()
        supervisor.start(processes.queue(folder))
        redis.wait(folder / "redis.sock")
    else:
        setup.reach("queue")
    supervisor.start(processes.worker())
    supervisor.start(processes.dispatcher())
    supervisor.start(processes.web(f"fd://{listener.fileno()}"))
    wait(supervisor, *listener.getsockname()[:2])


def announce(host, port):
    say(f"\nThe portal is at http://{known(host)}:{port}/  (Ctrl-C stops it)\n")
    if SIGN_INS.exists():
        say(SIGN_INS.read_text())


def wanted_port():
    text = value("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Refusal(f"PORT={text} is no port: give a number from 1 to 65535, such as PORT=8080.")
    return int(text)


def known(host):
    return "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host


def environment(host, port):
    """What the children are told, besides what stands in the environment and in .env."""
    told = {"PYTHONUNBUFFERED": "1"}
    if not value("PORTAL_ADDRESS"):
        told["PORTAL_ADDRESS"] = f"http://{known(host)}:{port}"
    if env_file.embedded_queue():
        told["REDIS_URL"] = f"unix://{env_file.socket_folder()}/redis.sock"
    if host not in {"127.0.0.1", "localhost"} and not value("ALLOWED_HOSTS"):
        told["ALLOWED_HOSTS"] = "*"
    return {**os.environ, **told}


@contextmanager
def only_one():
    """Hold the lock of this folder's server: two on one set of files would disturb each other."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "server.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                "The portal already runs from this folder: stop that one with Ctrl-C first."
            ) from None
        yield


@contextmanager
def listening(host, port):
    """Take the port before anything is set up and keep it to the end: the web server is handed the
    socket, so no other can come between, and whoever comes early waits."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()
        except OSError as error:
            raise Refusal(unusable(host, port, error)) from None
        yield listener


def unusable(host, port, error):
    """The sentence for a place where we cannot listen."""
    if isinstance(error, PermissionError):
        return f"Port {port} is for root only: choose another, PORT=8080."
    if error.errno != errno.EADDRINUSE:
        return (
            f"HOST={host} is no address of this machine ({error.strerror}): leave it out to serve"
            " this machine alone, or write HOST=0.0.0.0 to serve others."
        )
    other = port + 1 if port < 65535 else 8080
    return (
        f"Port {port} on {host} cannot be used ({error.strerror}): stop what runs there"
        f" or choose another, PORT={other} script/server."
    )


def wait(supervisor, host, port, *, seconds=60):
    """Wait until the sign-in page is served; raise Refusal if it never is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        supervisor.revive()
        if answers("127.0.0.1" if host == "0.0.0.0" else host, port):
            return
        time.sleep(0.2)
    raise Refusal(f"The web server does not answer: {shown(LOGS)}/web.log says why.")


def answers(host, port):
    try:
        line = http.client.HTTPConnection(host, port, timeout=20)
        line.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return line.getresponse().status < 500
    except OSError:
        return False
