"""The file .env: what this copy of the portal keeps for itself. .env.example explains each line."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from script.portal.places import ENV_FILE, ROOT, VAR
from script.portal.terminal import step


def prepare():
    """Write .env with keys of its own, unless there is one. A demo until somebody says otherwise."""
    if ENV_FILE.exists() and "SECRET_KEY" in read():
        return
    with step("Writing .env"):
        text = f"SECRET_KEY={secrets.token_urlsafe(50)}\nAUDIT_KEY={secrets.token_urlsafe(50)}\n"
        fresh = ROOT / ".env.new"
        fresh.touch(mode=0o600)
        fresh.write_text(
            f"# Made by script/setup; .env.example explains each line.\n{text}DEMO=on\n"
        )
        fresh.rename(ENV_FILE)


def read():
    """The lines of .env as a dictionary."""
    pairs = (
        line.strip().partition("=")
        for line in ENV_FILE.read_text().splitlines()
        if "=" in line and not line.lstrip().startswith("#")
    )
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def value(name, default=""):
    """A setting as the portal will see it: the environment first, then .env."""
    if name in os.environ:
        return os.environ[name]
    return read().get(name, default) if ENV_FILE.exists() else default


def embedded_queue():
    """Whether this copy runs a Redis of its own, since nobody named another."""
    return not value("REDIS_URL")


def socket_folder():
    """A folder for the private Redis and its socket, whose path may not be over 107 bytes."""
    if len(os.fsencode(VAR / "redis" / "redis.sock")) < 105:
        folder = VAR / "redis"
    else:
        name = hashlib.sha256(os.fsencode(VAR)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"portal-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
