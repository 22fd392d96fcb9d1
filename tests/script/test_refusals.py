"""What a command cannot do it says in one sentence, and then ends with an error."""

import fcntl
import os
import socket

import pytest

NOBODY = 65534
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


def test_a_port_that_is_no_number_is_refused(command):
    ended = command("server", PORT="http")

    assert ended.returncode == 1
    assert ended.stderr == (
        "PORT=http is no port: give a number from 1 to 65535, such as PORT=8080.\n"
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


def test_without_apt_the_missing_packages_are_named(command, programs):
    ended = command("setup", PATH=programs(*TOOLS))

    assert ended.returncode == 1
    assert ended.stderr == (
        "This machine has no apt-get to bring gcc, libpq-dev, redis-tools: install what they hold"
        " with the machine's own package manager, then run again.\n"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
def test_without_root_the_line_for_an_administrator_is_given(command, programs):
    ended = command("setup", user=NOBODY, PATH=programs(*TOOLS, apt_get="exit 0"))

    assert ended.returncode == 1
    assert ended.stderr == (
        "This needs an administrator once: ask for `apt-get install -y --no-install-recommends"
        " gcc libpq-dev redis-tools`, then run again.\n"
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


def test_a_full_disk_is_named(command, clone):
    (clone / "var" / "log").mkdir(parents=True)
    (clone / "var" / "log" / "setup.log").symlink_to("/dev/full")

    ended = command("setup")

    assert ended.returncode == 1
    assert ended.stderr == (
        f"The disk under {clone} is full: free at least 2 GB, then run again.\n"
    )


def test_a_worker_without_a_queue_says_which_variables_it_needs(command):
    ended = command("worker")

    assert ended.returncode == 1
    assert ended.stderr == (
        "Set REDIS_URL and DATABASE_URL first: without them script/server starts all.\n"
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
