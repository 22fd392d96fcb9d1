"""script/setup: set up what script/server and script/test begin with.

Brings the system packages that are missing (apt, as root or with sudo), .venv with the locked Python
packages, front-end files and typefaces, .env with keys of its own, static files, the Vietnamese
catalogue, and the database with the demo province if it is empty. Running it twice changes nothing.

  DATABASE_URL=…  use this database instead of var/portal.sqlite3
"""

from script.portal import setup
from script.portal.places import said_yes
from script.portal.terminal import say, unfinished


def main():
    with unfinished():
        setup.prepare()
        setup.finish()
    say("Ready. " + (DEMO if said_yes("DEMO") else REAL))


DEMO = "script/server starts the portal."
REAL = (
    "A new province begins with `.venv/bin/python manage.py begin --help`; docs/production.md says"
    " how the portal is then started."
)
