"""A fresh copy of what the commands need, on a machine that has only what a test puts there."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("script", "requirements.txt", "requirements-dev.txt", "package.json", "package-lock.json")


@pytest.fixture
def clone():
    """A folder with the commands in it, open to any user; nothing has been set up."""
    folder = Path(tempfile.mkdtemp(prefix="portal-clone-", dir="/tmp"))
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def programs(clone):
    """`programs("sh", apt_get="exit 1")`: a PATH with these of the machine's and these of ours."""
    folder = clone / "bin"
    folder.mkdir()

    def provide(*names, **scripts):
        for name in names:
            (folder / name).symlink_to(shutil.which(name))
        for name, body in scripts.items():
            path = folder / name.replace("_", "-")
            path.write_text(f"#!/bin/sh\n{body}\n")
            path.chmod(0o755)
        return str(folder)

    return provide


@pytest.fixture
def command(clone):
    """`command("server", PORT="80")`: run one in the clone; answer with the ended process."""

    def run(name, *arguments, user=None, **variables):
        rights = {"user": user, "group": user, "extra_groups": []} if user else {}
        return subprocess.run(
            [clone / "script" / name, *arguments],
            env={"PATH": os.environ["PATH"], "PYTHON": python(), "HOME": str(clone), **variables},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **rights,
        )

    return run


def in_clone(clone, code, **variables):
    """Run some Python with the clone's own script.portal; answer with the ended process."""
    return subprocess.run(
        [python(), "-c", code],
        cwd=clone,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(clone), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def python():
    """A Python that users without rights may start too, where the machine has one."""
    for path in ("/usr/bin/python3", sys.executable):
        if Path(path).exists() and subprocess.call([path, "-c", NEW_ENOUGH]) == 0:
            return path
    raise AssertionError("no Python to start the commands with")


NEW_ENOUGH = "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))"
