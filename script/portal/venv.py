"""The virtual environment and the locked packages in it."""

import shutil
import subprocess
import sys

from script.portal import stamps
from script.portal.places import PYTHON, ROOT, VENV
from script.portal.terminal import Refusal, run, step

BEGUN = "begun"
MADE = VENV / "made"  # holds where: its programs carry the path, and do not start anywhere else
INSTALLER = VENV / "installer.done"
TROUBLE = "Packages could not be fetched or built; check the connection and run again."


def prepare():
    """Have a .venv with an installer; one that is broken, half made or moved is made anew."""
    if not stands():
        with step("Making the virtual environment"):
            make()
    locked = ROOT / "script" / "requirements-uv.txt"
    wanted = stamps.digest(locked)
    if not stamps.holds(INSTALLER, wanted):
        options = ("--require-hashes", "--force-reinstall")  # half of it may be there
        run(*(PYTHON, "-m", "pip", "install", *options, "-r", locked), trouble=TROUBLE)
        stamps.leave(INSTALLER, wanted)


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


def stands():
    """Whether .venv was made to the end, here, and has a Python that starts and is new enough."""
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        starts = subprocess.call([PYTHON, "-c", probe], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False
    return starts and stamps.holds(MADE, str(VENV))


def needed():
    """Raise Refusal for a command that sets nothing up itself, where that has not been done."""
    if not stands():
        raise Refusal("Run script/setup first: the packages of the portal are not installed.")


def make():
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    run(
        *(sys.executable, "-m", "venv", VENV),
        trouble="The virtual environment .venv could not be made; run again.",
    )
    stamps.leave(MADE, str(VENV))


def add(requirements, *options):
    """Install what a locked file names, each package checked by its hash."""
    run(
        *(PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, "--require-hashes"),
        *("--no-progress", *options, "-r", requirements),
        trouble=TROUBLE,
        env={"UV_LINK_MODE": "copy"},
    )
