"""The virtual environment and the locked packages in it."""

import shutil
import subprocess
import sys

from script.portal import stamps
from script.portal.places import PYTHON, ROOT, VENV
from script.portal.terminal import run, step


def prepare(*, for_tests=False):
    """Make .venv hold the locked packages; one that is broken is made anew."""
    if not works():
        with step("Making the virtual environment"):
            make()
    name = "requirements-dev.txt" if for_tests else "requirements.txt"
    stamp = VENV / f"{name}.done"
    wanted = stamps.digest(ROOT / name)
    if stamps.holds(stamp, wanted):
        return
    stamp.unlink(missing_ok=True)
    with step("Installing Python packages"):
        add(ROOT / name)
    stamps.leave(stamp, wanted)


def works():
    """Whether .venv has a Python that starts, is new enough and can install."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.call([PYTHON, "-c", probe], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make():
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    run(
        *(sys.executable, "-m", "venv", VENV),
        trouble="The virtual environment .venv could not be made; run again.",
    )


def add(requirements):
    """Install what a locked file names, each package checked by its hash."""
    trouble = "Packages could not be fetched or built; check the connection and run again."
    if subprocess.call([PYTHON, "-c", "import uv"], stderr=subprocess.DEVNULL):
        locked = ROOT / "script" / "requirements-uv.txt"
        run(PYTHON, "-m", "pip", "install", "--require-hashes", "-r", locked, trouble=trouble)
    run(
        *(PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, "--require-hashes"),
        *("--no-progress", "-r", requirements),
        trouble=trouble,
        env={"UV_LINK_MODE": "copy"},
    )
