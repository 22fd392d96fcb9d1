"""script/translations: merge locale/vi/parts/*.po and compile them for Django.

Refuses two translations of one message, and any that is unfinished.

  --check   also list every message of code and templates that has no Vietnamese yet, and every
            one of ours that nothing asks for any more
"""

import subprocess

from script.portal import venv
from script.portal.places import PYTHON, ROOT


def main(*options):
    venv.needed()
    return subprocess.call([PYTHON, "-m", "script.portal.catalogues", *options], cwd=ROOT)
