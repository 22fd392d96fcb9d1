"""A set-up that was cut short, or spoilt later, is done again; one that stands is left alone."""

import shutil

import environ
import pytest

from script.portal import apt, env_file, front, places, redis, setup, stamps, venv
from script.portal.commands import setup as set_up
from tests.script.conftest import in_clone


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A clone with a virtual environment, as `venv.make` leaves it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(places.ROOT / "script", folder / "script")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    said = ask(folder, "print(venv.stands()); venv.make(); print(venv.stands())")
    assert said == "False\nTrue\n"
    return folder


def ask(clone, code):
    ended = in_clone(clone, f"from script.portal import env_file, places, venv\n{code}")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_broken_virtual_environment_is_made_anew(made):
    assert ask(made, "print(venv.stands())") == "True\n"


def test_a_virtual_environment_that_was_half_made_is_made_anew(made, clone):
    shutil.copytree(made / ".venv", clone / ".venv", symlinks=True)
    (clone / ".venv" / "made").write_text(str(clone / ".venv"))
    assert ask(clone, "print(venv.stands())") == "True\n"

    (clone / ".venv" / "made").unlink()  # which is left when all of it is there
    assert ask(clone, "print(venv.stands())") == "False\n"


def test_a_virtual_environment_that_was_moved_is_made_anew(made, clone):
    shutil.copytree(made / ".venv", clone / ".venv", symlinks=True)

    assert ask(clone, "print(venv.stands())") == "False\n"


@pytest.fixture
def installing(monkeypatch, tmp_path):
    """What would be run in a .venv that stands, as lists of words."""
    called = []
    monkeypatch.setattr(venv, "VENV", tmp_path)
    monkeypatch.setattr(venv, "INSTALLER", tmp_path / "installer.done")
    monkeypatch.setattr(venv, "stands", lambda: True)
    monkeypatch.setattr(venv, "run", lambda *words, **how: called.append([*map(str, words)]))
    return called


def test_an_installer_that_was_half_written_is_written_again(installing, monkeypatch):
    monkeypatch.setattr(venv.stamps, "leave", lambda *stamp: None)  # killed before that
    venv.prepare()
    monkeypatch.undo()

    assert "--force-reinstall" in installing[0]


def test_an_installer_that_stands_is_left_alone(installing):
    venv.prepare()
    venv.prepare()

    assert len(installing) == 1


def test_packages_of_a_cut_install_are_written_again(installing, tmp_path):
    venv.install("requirements.txt")
    (tmp_path / "requirements.txt.done").write_text(venv.BEGUN)
    venv.install("requirements.txt")
    venv.install("requirements.txt")

    assert ["--reinstall" in words for words in installing] == [False, True]


def test_front_end_files_that_stand_are_not_fetched_again(monkeypatch, tmp_path):
    for name in ("VENDOR", "FONTS"):
        monkeypatch.setattr(front, name, tmp_path / name)
    monkeypatch.setattr(front, "STAMP", tmp_path / "stamp")
    stamps.leave(front.STAMP, front.wanted())
    assert not front.ready()

    front.VENDOR.mkdir()
    front.FONTS.mkdir()
    assert front.ready()

    stamps.leave(front.STAMP, "of other packages")
    assert not front.ready()


def test_nobody_is_asked_for_a_redis_that_set_up_can_bring_itself(monkeypatch):
    asked, brought = [], []
    monkeypatch.setattr(apt, "able", lambda: False)
    monkeypatch.setattr(apt, "TO_QUEUE", {"redis-tools": lambda: None})
    monkeypatch.setattr(apt, "provide", lambda *groups: asked.extend(groups))
    monkeypatch.setattr(env_file, "embedded_queue", lambda: True)
    monkeypatch.setattr(redis, "bring", lambda: brought.append("redis"))
    for module, name in ((env_file, "prepare"), (venv, "prepare"), (setup, "install")):
        monkeypatch.setattr(module, name, lambda *_words: None)
    monkeypatch.setattr(front, "ready", lambda: True)
    monkeypatch.setattr(setup.pages, "prepare_catalogues", lambda: None)

    setup.prepare()

    assert brought == ["redis"]
    assert apt.TO_QUEUE not in asked


def test_env_gets_keys_of_its_own_and_keeps_them(clone):
    names = ask(clone, "env_file.prepare(); print(sorted(places.read()))")
    written = (clone / ".env").read_text()
    ask(clone, "env_file.prepare()")

    assert names.splitlines()[-1] == "['AUDIT_KEY', 'DEMO', 'SECRET_KEY']"
    assert (clone / ".env").stat().st_mode & 0o777 == 0o600
    assert (clone / ".env").read_text() == written


def test_what_stands_in_env_is_kept_when_keys_are_added(clone):
    (clone / ".env").write_text("PORT=8123\nDEMO=off")

    ask(clone, "env_file.prepare()")

    lines = (clone / ".env").read_text().splitlines()
    assert lines[:2] == ["PORT=8123", "DEMO=off"]
    assert [line.partition("=")[0] for line in lines[3:]] == ["SECRET_KEY", "AUDIT_KEY"]


def test_env_is_read_as_the_settings_read_it(monkeypatch, tmp_path):
    """The commands have no django-environ: a fresh machine has only the standard library."""
    file = tmp_path / ".env"
    file.write_text(
        "A=1\n# B=2\n #C=3\nexport D=4\nE='five 5'\nF=\"six=6\"\nG=\n H=8\nI = 9\nJ=a # b\n"
    )
    monkeypatch.setattr(places, "ENV_FILE", file)
    monkeypatch.setattr(environ.Env, "ENVIRON", {})

    environ.Env.read_env(file)

    assert places.read() == environ.Env.ENVIRON


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
    line = "from script.portal import env_file; print(env_file.socket_folder())"

    said = in_clone(clone, line).stdout
    far = in_clone(clone, line, VAR_DIR=str(clone / ("x" * 120))).stdout.strip()

    assert said == f"{clone}/var/redis\n"
    assert len(f"{far}/redis.sock") < 105


@pytest.mark.parametrize(
    ("demo", "sentence"),
    [("on", "script/server starts the portal."), ("off", "manage.py begin"), ("", "begin --help")],
)
def test_set_up_names_the_command_that_comes_next(monkeypatch, capsys, demo, sentence):
    monkeypatch.setenv("DEMO", demo)
    monkeypatch.setattr(places, "read", dict)
    monkeypatch.setattr(setup, "prepare", lambda: None)
    monkeypatch.setattr(setup, "finish", lambda: None)

    set_up.main()

    said = capsys.readouterr().out
    assert sentence in said
    assert ("script/server" in said) == (demo == "on")
