"""script/fix: let ruff and djlint mend what they can mend by themselves."""

import subprocess

from script.portal import setup
from script.portal.places import ROOT, VENV


def main():
    setup.prepare(for_tests=True)
    for tool, *words in (
        ("ruff", "format", "."),
        ("ruff", "check", "--fix", "."),
        ("djlint", "templates", "--reformat", "--quiet"),
    ):
        subprocess.call([VENV / "bin" / tool, *words], cwd=ROOT)
