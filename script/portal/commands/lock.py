"""script/lock: lock the direct requirements with all they need, by version and hash.

Reads requirements*.in, script/requirements-*.in and package.json; writes the locked files beside
them. Versions that are already locked stay, unless an upgrade is asked for:

  --upgrade              take the newest that the .in files allow
  --upgrade-package X    the same for X alone
"""

from script.portal import front, setup
from script.portal.places import PYTHON
from script.portal.terminal import run, step

LISTS = ["requirements", "requirements-dev"]
TOOLS = ["script/requirements-uv", "script/requirements-node", "script/requirements-redis"]


def main(*options):
    setup.prepare(for_tests=True)
    for name in LISTS + TOOLS:
        with step(f"Locking {name}.txt"):
            run(
                *(PYTHON, "-m", "uv", "pip", "compile", "--universal", "--generate-hashes"),
                *("--no-header", "--python-version", "3.11", *options),
                *(f"{name}.in", "--output-file", f"{name}.txt"),
                trouble=f"{name}.in could not be resolved; see why.",
            )
    with step("Locking package-lock.json"):
        run(
            *(*front.npm(), "install", "--package-lock-only", "--ignore-scripts", "--no-audit"),
            trouble="package.json could not be resolved; see why.",
        )
