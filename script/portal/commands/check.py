"""script/check: ask every linter and every check whether the code is as agreed.

Formatting, lint, import contracts, types, templates, Django's own checks with the settings of
production, missing migrations, complete translations, and that no file names a package registry.
"""

import os
import re
import subprocess
import time

from script.portal import servers, setup
from script.portal.places import PYTHON, ROOT, VENV
from script.portal.terminal import say

MANAGE = [PYTHON, "manage.py"]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "checked-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "AUDIT_KEY": "checked-9876543210-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_ADDRESS": "https://portal.example",
    "HTTPS": "on",
    "DEMO": "off",
    "DEBUG": "off",
}
REGISTRIES = re.compile(
    r"registry\.npmjs|registry\.yarnpkg|pypi\.org|pythonhosted\.org|deb\.debian\.org"
    r"|archive\.ubuntu\.com|(npm|cnpm)mirror|js[d]elivr|unpkg\.com|cdn[j]s"
)


def main():
    setup.prepare(for_tests=True)
    with servers.embedded() as variables:
        failed = [title for title, words in checks() if not passes(title, words, variables)]
    if named := registries():
        say("These files name a package registry:")
        say("\n".join(named))
        failed.append("registries")
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything is as agreed.")
    return bool(failed)


def checks():
    """Pairs (title, words of the command)."""
    tools = VENV / "bin"
    return [
        ("ruff format", [tools / "ruff", "format", "--check", "--quiet", "."]),
        ("ruff check", [tools / "ruff", "check", "--quiet", "."]),
        ("import contracts", [tools / "lint-imports"]),
        ("mypy", [tools / "mypy"]),
        ("djlint", [tools / "djlint", "templates", "--check", "--lint", "--quiet"]),
        ("Django in production", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]),
        ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        ("translations", [PYTHON, "-m", "script.portal.catalogues", "--check"]),
    ]


def passes(title, words, variables):
    """Run one check; print its output only if it fails."""
    began = time.monotonic()
    ended = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, **variables, **PRODUCTION},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(
        f"{'ok    ' if ended.returncode == 0 else 'FAILED'} {title} ({time.monotonic() - began:.0f} s)"
    )
    if ended.returncode:
        say(ended.stdout)
    return ended.returncode == 0


def registries():
    """The kept files that name a registry: a lock file would tie every machine to that host."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    return [name for name in listed if names_registry(ROOT / name)]


def names_registry(path):
    if not path.is_file():
        return False
    return bool(REGISTRIES.search(path.read_text(errors="ignore")))
