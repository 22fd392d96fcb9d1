"""Where set-up finds and puts things."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"  # everything made here; may be thrown away but for the database and the files
LOGS = VAR / "log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ENV_FILE = ROOT / ".env"
SIGN_INS = VAR / "demo-sign-ins.txt"  # written by `manage.py seed`
