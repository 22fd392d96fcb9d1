"""script/translations: merge locale/vi/parts/*.po and compile them for Django.

Refuses two translations of one message, and any that is unfinished.

  --check   also list every message of code and templates that has no Vietnamese yet
"""

import subprocess

from script.portal.places import PYTHON, ROOT


def main(*options):
    return subprocess.call([PYTHON, "-m", "script.portal.catalogues", *options], cwd=ROOT)
