"""What docs/production.md tells a province to type and to copy is there, and is taken."""

import re
import shutil
import subprocess

import pytest

from script.portal.places import ROOT

GUIDE = (ROOT / "docs" / "production.md").read_text()
UNITS = dict(re.findall(r"`(portal-\w+\.service)`:\n\n```ini\n(.*?)```", GUIDE, re.DOTALL))
HERE = "/srv/portal"


def test_both_units_are_given_whole():
    assert set(UNITS) == {"portal-web.service", "portal-worker.service"}


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_program_that_there_is(name):
    program = re.search(r"^ExecStart=(\S+)", UNITS[name], re.MULTILINE)[1]

    assert program.startswith(f"{HERE}/")
    assert (ROOT / program.removeprefix(f"{HERE}/")).exists()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_a_unit(name, tmp_path):
    unit = tmp_path / name
    here = UNITS[name].replace(HERE, str(ROOT)).replace("User=portal", "User=root")
    unit.write_text(here)

    ended = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")


def test_the_first_days_command_is_written_as_it_is_taken():
    words = re.search(r"manage\.py (begin .*?)\n```", GUIDE, re.DOTALL)[1]
    options = set(re.findall(r"--[\w-]+", words))
    taken = (ROOT / "dashboard/management/commands/begin.py").read_text()

    assert options == set(re.findall(r'required=True|"(--[\w-]+)"', taken)) - {"", "--ask-password"}
