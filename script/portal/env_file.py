"""The file .env: what this copy of the portal keeps for itself. .env.example explains each line."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from script.portal.places import ENV_FILE, ROOT, VAR, read, value
from script.portal.terminal import Refusal, step

KEYS = ("SECRET_KEY", "AUDIT_KEY")


def prepare():
    """See to keys: of its own, unless some are given, and then all. A demo until somebody says
    otherwise."""
    given = {name for name in KEYS if name in os.environ or name in read()}
    if given:
        check()
        return
    with step("Writing .env"):
        text = ENV_FILE.read_text().rstrip() + "\n" if ENV_FILE.exists() else ""
        text += "# Made by script/setup; .env.example explains each line.\n"
        text += "".join(f"{name}={secrets.token_urlsafe(50)}\n" for name in KEYS)
        fresh = ROOT / ".env.new"
        fresh.touch(mode=0o600)
        fresh.write_text(text + ("" if value("DEMO") else "DEMO=on\n"))
        fresh.rename(ENV_FILE)


def check():
    """Refuse to go on without a key: the chain of the history would be signed with nothing."""
    if lacking := [name for name in KEYS if not value(name)]:
        raise Refusal(without(lacking))


def without(lacking):
    """The sentence for keys that are not given: what a new portal needs, and what one that had only
    SECRET_KEY, with which its history was signed."""
    said = (
        f"{' and '.join(lacking)} may not be empty: give each a line of its own in .env, made with"
        ' `python3 -c "import secrets; print(secrets.token_urlsafe(50))"`'
    )
    if lacking != ["AUDIT_KEY"]:
        return f"{said}."
    return f"{said}; but in a portal that ran without it, AUDIT_KEY is the value of SECRET_KEY."


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
