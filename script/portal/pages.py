"""What pages are made with: compiled catalogues, and static files with their hashed names."""

from script.portal import stamps
from script.portal.places import PYTHON, ROOT, VAR
from script.portal.terminal import run, step

UNUSED = ["treebeard", "ext", "htmx-2.js", "htmx-4*", "htmax*"]  # compressing them takes seconds


def prepare_catalogues():
    target = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.mo"
    stamp = VAR / "steps" / "catalogues"
    wanted = stamps.digest(ROOT / "locale" / "vi" / "parts")
    if target.exists() and stamps.holds(stamp, wanted):
        return
    stamp.unlink(missing_ok=True)
    with step("Compiling the Vietnamese catalogue"):
        run(
            *(PYTHON, "-m", "script.portal.catalogues"),
            trouble="The catalogues in locale/vi/parts do not agree; mend them, then run again.",
        )
    stamps.leave(stamp, wanted)


def prepare_static():
    stamp = VAR / "steps" / "static"
    wanted = stamps.digest(ROOT / "static", VAR / "vendor", ROOT / "requirements.txt")
    if (VAR / "static").is_dir() and stamps.holds(stamp, wanted):
        return
    stamp.unlink(missing_ok=True)
    with step("Collecting static files"):
        run(
            *(PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"),
            *(word for name in UNUSED for word in ("--ignore", name)),
            trouble="Static files could not be collected; see why, then run again.",
        )
    stamps.leave(stamp, wanted)
