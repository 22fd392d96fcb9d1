"""Where set-up finds and puts things."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# everything made by running the portal: the database and its files are to be kept, the rest is not
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
LOGS = VAR / "log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ENV_FILE = ROOT / ".env"
SIGN_INS = VAR / "demo-sign-ins.txt"  # written by `manage.py seed`
