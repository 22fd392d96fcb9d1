"""Where set-up finds and puts things, and what it is told in the environment or in .env."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ENV_FILE = ROOT / ".env"
UNREADABLE = f"{ENV_FILE} is no plain text: write it anew, as UTF-8 without a byte order mark."


def read():
    """The lines of .env as a dictionary, read as the settings read them."""
    try:
        text = ENV_FILE.read_text(encoding="utf-8")
    except (FileNotFoundError, PermissionError):  # setup.rights() has a word for the second
        return {}
    except (UnicodeDecodeError, IsADirectoryError):
        sys.exit(UNREADABLE)
    if text.startswith("\ufeff"):
        sys.exit(UNREADABLE)
    pairs = re.findall(r"^(?:export )?(\w+)=(.*)$", text, re.ASCII | re.MULTILINE)
    return {name: re.sub(r"""^(["'])(.*)\1$""", r"\2", value) for name, value in pairs}


def value(name, default=""):
    """A variable as the portal sees it: the environment first, then .env; empty is as none."""
    return os.environ.get(name) or read().get(name) or default


def said_yes(name):
    """Whether a variable is on, as django-environ reads it."""
    return value(name).lower() in {"true", "on", "ok", "y", "yes", "1"}


# everything made by running the portal: the database and its files are to be kept, the rest is not
VAR = ROOT / value("VAR_DIR", "var")
NO_FOLDER = f"VAR_DIR={value('VAR_DIR')} is no folder: name one, or leave it out for var."
if VAR.exists() and not VAR.is_dir():
    sys.exit(NO_FOLDER)
LOGS = VAR / "log"
SIGN_INS = VAR / "demo-sign-ins.txt"  # written by `manage.py seed`
