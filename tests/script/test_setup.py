"""A set-up that was cut short, or spoilt later, is done again; one that stands is left alone."""

import os
import subprocess

from script.portal import stamps
from tests.script.conftest import python


def in_clone(clone, code):
    """Run a line of Python with the clone's own script.portal; answer with what it prints."""
    return subprocess.run(
        [python(), "-c", f"from script.portal import env_file, front, setup, venv\n{code}"],
        cwd=clone,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(clone)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_broken_virtual_environment_is_made_anew(clone):
    bin_folder = clone / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").symlink_to("/nowhere/python3")

    said = in_clone(clone, "print(venv.works('pip')); venv.make(); print(venv.works('pip'))")

    assert said == "False\nTrue\n"


def test_env_gets_keys_of_its_own_and_keeps_them(clone):
    names = in_clone(clone, "env_file.prepare(); print(sorted(env_file.read()))")
    written = (clone / ".env").read_text()
    in_clone(clone, "env_file.prepare()")

    assert names.splitlines()[-1] == "['AUDIT_KEY', 'DEMO', 'SECRET_KEY']"
    assert (clone / ".env").stat().st_mode & 0o777 == 0o600
    assert (clone / ".env").read_text() == written


def test_a_step_is_done_again_unless_its_stamp_is_for_the_same_files(tmp_path):
    source, stamp = tmp_path / "source", tmp_path / "steps" / "stamp"
    source.mkdir()
    (source / "a").write_text("one")
    before = stamps.digest(source)
    stamps.leave(stamp, before)
    (source / "a").write_text("two")

    assert stamps.holds(stamp, before)
    assert not stamps.holds(stamp, stamps.digest(source))
    assert not stamps.holds(tmp_path / "never", before)


def test_the_socket_of_redis_keeps_short_under_a_long_path(clone):
    long = clone / ("x" * 120)

    said = in_clone(clone, "print(env_file.socket_folder())")
    far = subprocess.run(
        [python(), "-c", "from script.portal import env_file; print(env_file.socket_folder())"],
        cwd=clone,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(long)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert said == f"{clone}/var/redis\n"
    assert len(f"{far}/redis.sock") < 105
