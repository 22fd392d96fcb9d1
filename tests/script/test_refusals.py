"""What a command cannot do it says in one sentence, and then ends with an error."""

import fcntl
import os
import socket
import subprocess

import pytest

from tests.ports import free_port
from tests.script.conftest import in_clone, python

NOBODY = 65534
# a history of before there were two keys was signed with the one there was
OLDER = "; but in a portal that ran without it, AUDIT_KEY is the value of SECRET_KEY"
TOOLS = ("sh", "dirname", "grep", "echo")


def test_python_that_is_too_old_is_named_with_what_to_do(command, programs):
    old = 'if [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi'
    path = programs("sh", "dirname", python3=old)

    ended = command("server", PATH=path, PYTHON="")

    assert ended.returncode == 1
    assert ended.stderr == (
        "The portal needs Python 3.11 or newer and this machine has Python 3.9.2: install it"
        " (Debian 12 and Ubuntu 24.04 bring it) or name one with PYTHON=/path/to/python3,"
        " then run again.\n"
    )


def test_a_taken_port_is_refused_before_anything_is_set_up(command, clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        ended = command("server", PORT=str(port))

    assert ended.returncode == 1
    assert ended.stderr == (
        f"Port {port} on 127.0.0.1 cannot be used (Address already in use): stop what runs there"
        f" or choose another, PORT={port + 1} script/server.\n"
    )
    assert not (clone / ".venv").exists()


def test_the_highest_port_is_answered_with_one_that_there_is(command):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 65535))
        other.listen()

        ended = command("server", PORT="65535")

    assert ended.stderr.endswith("or choose another, PORT=8080 script/server.\n")


def test_an_address_that_is_not_of_this_machine_is_refused_as_such(command):
    ended = command("server", HOST="no-such-host.invalid", PORT="8799")

    assert ended.returncode == 1
    assert ended.stderr.startswith("HOST=no-such-host.invalid is no address of this machine (")
    assert "PORT=" not in ended.stderr


@pytest.mark.parametrize("port", ["http", "²", "0", "65536"])
def test_a_port_that_is_no_number_is_refused(command, port):
    ended = command("server", PORT=port)

    assert ended.returncode == 1
    assert ended.stderr == (
        f"PORT={port} is no port: give a number from 1 to 65535, such as PORT=8080.\n"
    )


def test_host_port_and_folder_may_stand_in_env(command, clone):
    (clone / ".env").write_text("PORT=none\n")
    assert command("server").stderr.startswith("PORT=none is no port")

    (clone / ".env").write_text("HOST=no-such-host.invalid\nPORT=8799\nVAR_DIR=deep/down/var\n")
    assert command("server").stderr.startswith("HOST=no-such-host.invalid is no address")
    assert (clone / "deep" / "down" / "var" / "server.lock").exists()


@pytest.mark.parametrize(
    ("lines", "lacking", "older"),
    [
        ("SECRET_KEY=\nAUDIT_KEY=\n", "SECRET_KEY and AUDIT_KEY", ""),
        ("SECRET_KEY=something\nAUDIT_KEY=\n", "AUDIT_KEY", OLDER),
        ("SECRET_KEY=something\n", "AUDIT_KEY", OLDER),
    ],
)
@pytest.mark.parametrize("name", ["setup", "server"])
def test_without_a_key_nothing_is_set_up(command, clone, name, lines, lacking, older):
    (clone / ".env").write_text(lines)

    ended = command(name, PORT=str(free_port()))

    assert ended.returncode == 1
    assert ended.stderr == (
        f"{lacking} may not be empty: give each a line of its own in .env, made with"
        f' `python3 -c "import secrets; print(secrets.token_urlsafe(50))"`{older}.\n'
    )
    assert (clone / ".env").read_text() == lines
    assert not (clone / ".venv").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
@pytest.mark.parametrize("closed", [".", "var", ".venv", ".env", "var/portal.sqlite3"])
def test_a_folder_of_another_user_is_named_with_its_owner(command, clone, closed):
    (clone / "var").mkdir(mode=0o777)
    (clone / "var").chmod(0o777)
    if closed in {"var", ".venv"}:
        (clone / closed).mkdir(exist_ok=True)
    elif closed != ".":
        (clone / closed).touch()
    (clone / closed).chmod(0o755 if (clone / closed).is_dir() else 0o600)

    ended = command("setup", user=NOBODY)

    assert ended.returncode == 1
    assert ended.stderr == (
        f"{(clone / closed).resolve()} may not be written by nobody: give it away with"
        f" `sudo chown -R nobody {clone}`, or run this as root.\n"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
def test_a_server_in_a_folder_of_another_user_is_refused_likewise(command, clone):
    clone.chmod(0o755)

    ended = command("server", user=NOBODY, PORT=str(free_port()))

    assert ended.returncode == 1
    assert ended.stderr == (
        f"{clone}/var may not be written by nobody: give it away with"
        f" `sudo chown -R nobody {clone}`, or run this as root.\n"
    )


@pytest.mark.parametrize("name", ["translations", "worker"])
def test_what_needs_a_set_up_says_so(command, name):
    ended = command(name, REDIS_URL="redis://127.0.0.1:1/0", DATABASE_URL="postgres://x/y")

    assert ended.returncode == 1
    assert ended.stderr == (
        "Run script/setup first: the packages of the portal are not installed.\n"
    )


def test_a_second_server_of_one_folder_is_refused(command, clone):
    (clone / "var").mkdir()
    with (clone / "var" / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        ended = command("server")

    assert ended.returncode == 1
    assert ended.stderr == (
        "The portal already runs from this folder: stop that one with Ctrl-C first.\n"
    )


def test_a_second_set_up_of_one_folder_waits_for_the_first(clone, programs):
    (clone / "var").mkdir()
    words = {"PATH": programs(*TOOLS), "PYTHON": python(), "HOME": str(clone)}
    with (clone / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [clone / "script" / "setup"], env=words, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

        said = second.stdout.readline().decode()

        assert said == "  Waiting for another set-up of this folder to end …\n"
        assert not (clone / ".env").exists()
    _out, refusal = second.communicate(timeout=60)
    assert refusal.startswith(b"This machine has no apt-get")  # it went on
    assert (clone / ".env").exists()


def test_without_apt_the_missing_packages_are_named(command, programs):
    ended = command("setup", PATH=programs(*TOOLS))

    assert ended.returncode == 1
    assert ended.stderr == (
        "This machine has no apt-get to bring gcc, libpq-dev: install what they hold"
        " with the machine's own package manager, then run again.\n"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
def test_without_root_the_line_for_an_administrator_is_given(command, programs):
    ended = command("setup", user=NOBODY, PATH=programs(*TOOLS, apt_get="exit 0"))

    assert ended.returncode == 1
    assert ended.stderr == (
        "This needs an administrator once: ask for `apt-get update && apt-get install -y"
        " --no-install-recommends gcc libpq-dev`, then run again.\n"
    )


def test_apt_that_fails_leaves_its_last_words_and_a_sentence(command, programs):
    path = programs(*TOOLS, apt_get="echo E: no such package >&2; exit 100", sudo='shift; "$@"')

    ended = command("setup", PATH=path)

    assert ended.returncode == 1
    assert ended.stderr == (
        "E: no such package\n"
        "apt-get could not install gcc libpq-dev redis-tools; see why, then run again."
        " All of its output is in var/log/setup.log.\n"
    )


def test_a_disk_too_small_for_a_first_set_up_is_refused_before_anything_is_made(clone):
    ended = in_clone(
        clone,
        "import shutil, sys\n"
        "from collections import namedtuple\n"
        "shutil.disk_usage = lambda path: namedtuple('Usage', 'free')(1_999_999_999)\n"
        "from script.portal.__main__ import main\n"
        "sys.exit(main('setup'))",
    )

    assert ended.returncode == 1
    assert ended.stderr == (
        f"The disk under {clone} is full: free at least 2 GB, then run again.\n"
    )
    assert not (clone / ".env").exists()


def test_of_two_disks_the_full_one_is_named(clone):
    ended = in_clone(
        clone,
        "import errno, shutil, sys\n"
        "from collections import namedtuple\n"
        "free = lambda path: 10 if str(path) == '/dev/shm' else 10**12\n"
        "shutil.disk_usage = lambda path: namedtuple('Usage', 'free')(free(path))\n"
        "from script.portal import __main__ as command\n"
        "print(command.explained(OSError(errno.ENOSPC, 'No space left on device')))",
        TMPDIR="/dev/shm",
    )

    assert ended.stdout == "The disk under /dev/shm is full: free at least 2 GB, then run again.\n"


def test_a_full_disk_is_named(command, clone):
    (clone / "var" / "log").mkdir(parents=True)
    (clone / "var" / "log" / "setup.log").symlink_to("/dev/full")

    ended = command("setup")

    assert ended.returncode == 1
    assert ended.stderr == (
        f"The disk under {clone} is full: free at least 2 GB, then run again.\n"
    )


@pytest.mark.parametrize("only", ["", "REDIS_URL", "DATABASE_URL"])
def test_a_worker_without_a_queue_says_which_variables_it_needs(command, only):
    ended = command("worker", **{only or "HOST": "redis://127.0.0.1:1/0"})

    assert ended.returncode == 1
    assert ended.stderr == (
        "Set REDIS_URL and DATABASE_URL first: without them script/server starts all.\n"
    )


@pytest.mark.parametrize("jobs", ["abc", "0", "²"])
def test_a_worker_of_no_number_of_jobs_is_refused(command, jobs):
    servers = {"REDIS_URL": "redis://127.0.0.1:1/0", "DATABASE_URL": "postgres://x/y"}

    ended = command("worker", CONCURRENCY=jobs, **servers)

    assert (ended.returncode, ended.stderr) == (
        1,
        f"CONCURRENCY={jobs} is no number of jobs: write 1 or more.\n",
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", ""])
def test_an_env_that_is_no_plain_text_is_refused(command, clone, encoding):
    if encoding:
        (clone / ".env").write_text("PORT=8123\n", encoding=encoding)
    else:
        (clone / ".env").mkdir()

    ended = command("setup")

    assert (ended.returncode, ended.stderr) == (
        1,
        f"{clone}/.env is no plain text: write it anew, as UTF-8 without a byte order mark.\n",
    )


@pytest.mark.parametrize("name", ["setup", "server"])
@pytest.mark.parametrize("folder", ["package.json", "package.json/x", "nowhere", "/proc/xx"])
def test_a_folder_that_can_be_none_is_refused(command, clone, name, folder):
    (clone / "nowhere").symlink_to(clone / "gone" / "x" / "y")
    ended = command(name, VAR_DIR=folder)

    assert (ended.returncode, ended.stderr) == (
        1,
        f"VAR_DIR={folder} is no folder: name one, or leave it out for var.\n",
    )


def test_an_unknown_benchmark_is_answered_with_the_known_ones(command, clone):
    (clone / "tests" / "bench").mkdir(parents=True)
    (clone / "tests" / "bench" / "pages.py").touch()

    ended = command("bench", "page")

    assert ended.returncode == 1
    assert ended.stderr == "Name a benchmark: script/bench pages.\n"


@pytest.mark.parametrize(
    "name",
    ["bench", "check", "fix", "lock", "server", "setup", "test", "translations", "worker"],
)
def test_every_command_explains_itself(command, name):
    ended = command(name, "--help")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"script/{name}")
