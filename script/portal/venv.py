"""The virtual environment and the locked packages in it."""

import shutil
import subprocess
import sys

from script.portal import stamps
from script.portal.places import PYTHON, ROOT, VENV
from script.portal.terminal import run, step

BEGUN = "begun"
TROUBLE = "Packages could not be fetched or built; check the connection and run again."


def prepare():
    """Have a .venv with an installer; one that is broken is made anew."""
    if not works("pip"):
        with step("Making the virtual environment"):
            make()
    if not works("uv"):
        locked = ROOT / "script" / "requirements-uv.txt"
        run(*(PYTHON, "-m", "pip", "install", "--require-hashes", "-r", locked), trouble=TROUBLE)


def install(name):
    """Make .venv hold what a locked file of the root names."""
    stamp = VENV / f"{name}.done"
    wanted = stamps.digest(ROOT / name)
    if stamps.holds(stamp, wanted):
        return
    again = ["--reinstall"] if stamps.holds(stamp, BEGUN) else []  # a package may be half there
    stamps.leave(stamp, BEGUN)
    with step(f"Installing Python packages of {name}"):
        add(ROOT / name, *again)
    stamps.leave(stamp, wanted)


def works(installer):
    """Whether .venv has a Python that starts, is new enough and has this installer."""
    probe = f"import sys, {installer}; sys.exit(sys.version_info < (3, 11))"
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


def add(requirements, *options):
    """Install what a locked file names, each package checked by its hash."""
    run(
        *(PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, "--require-hashes"),
        *("--no-progress", *options, "-r", requirements),
        trouble=TROUBLE,
        env={"UV_LINK_MODE": "copy"},
    )
