import os
import socket
import time

import pytest

from core.documents import child

WORK = "tests.core.files.child_work"


def test_a_function_answers_from_its_own_process():
    answer, made = child.run(f"{WORK}:upper", {"say": "ân"}, b"abc")

    assert (answer, made) == ({"said": "ÂN"}, b"cba")


def test_the_child_has_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")

    answer, _ = child.run(f"{WORK}:secrets", {}, env={"FONTCONFIG_FILE": "/tmp/fonts.conf"})

    assert {"SECRET_KEY", "DATABASE_URL"} & set(answer["environment"]) == set()
    assert "FONTCONFIG_FILE" in answer["environment"]


def test_what_a_library_prints_does_not_spoil_the_answer():
    assert child.run(f"{WORK}:chatter", {})[0] == {"ok": True}


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("sleep", "slow"),
        ("spin", "slow"),
        ("swell", "heavy"),
        ("flood", "heavy"),
        ("crash", "crashed"),
        ("fail", "crashed"),
        ("missing", "crashed"),
    ],
)
def test_whatever_happens_in_the_child_the_caller_goes_on(function, reason):
    start = time.monotonic()
    with pytest.raises(child.Failed) as failure:
        child.run(f"{WORK}:{function}", {}, seconds=2, writes=1)

    assert failure.value.reason == reason
    assert time.monotonic() - start < 10


def test_what_went_wrong_can_be_read_in_the_log():
    with pytest.raises(child.Failed, match="the layout has no page"):
        child.run(f"{WORK}:fail", {})


def test_what_a_child_started_ends_with_it(tmp_path):
    with pytest.raises(child.Failed):
        child.run(f"{WORK}:leave_one_behind", {"path": str(tmp_path / "left")}, seconds=1)

    assert not (tmp_path / "left").exists()
    assert not [pid for pid in running() if WORK in pid or "core.documents.child" in pid]


def running():
    """Command lines of the processes of this test."""
    lines = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as stat, open(f"/proc/{pid}/cmdline") as command:
                if int(stat.read().split()[3]) == os.getpid():
                    lines.append(command.read())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return lines


def test_the_child_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer, _ = child.run(f"{WORK}:call_out", {"port": port})

    if answer["reached"]:
        pytest.skip("this machine grants no network of one's own")
    assert answer == {"reached": False}
