"""script/test: set up what tests need and run them all.

Brings PostgreSQL, Redis and Chromium if they are missing and starts them as private processes in
temporary folders, never using a server that happens to run. Without arguments: unit and page tests
on PostgreSQL, those of the lower packages again on SQLite, and the journeys in Chromium on both.

  script/test -k dossier --lf -x    pass arguments to pytest (on PostgreSQL)
  script/test --sqlite tests/core   the same on SQLite
"""

import os
import sys

from script.portal import pages, setup
from script.portal.places import PYTHON, ROOT


def main(*arguments):
    setup.prepare(for_tests=True)
    pages.prepare_static()
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(PYTHON, [PYTHON, "tests/run.py", *arguments])  # whoever stops us stops the tests
