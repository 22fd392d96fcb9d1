"""Icons are named in templates and in code; a name that does not exist would show nothing."""

import re

from django.conf import settings

ROOT = settings.BASE_DIR
APPS = ["core", "accounts", "criteria", "awards", "campaigns", "dossiers", "dashboard"]
IN_TEMPLATES = re.compile(r"""(?:\{% icon ["']|\bicon=["']|\bbi bi-)([a-z0-9-]+)["' ]""")
IN_CODE = re.compile(
    r"""\("(?:ok|warn|err|info|gold|idle)", "([a-z0-9-]+)"\)|\bicon="([a-z0-9-]+)"[,)]"""
)


def named():
    """Pairs (file, icon) of every icon that is written out."""
    for path in (ROOT / "templates").rglob("*.html"):
        yield from ((path, name) for name in IN_TEMPLATES.findall(path.read_text()))
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            yield from ((path, one or two) for one, two in IN_CODE.findall(path.read_text()))


def test_every_icon_that_is_named_exists():
    sheet = (ROOT / "var/vendor/bootstrap-icons/bootstrap-icons.min.css").read_text()
    known = set(re.findall(r"\.bi-([a-z0-9-]+)::before", sheet))

    found = list(named())
    unknown = {f"{path.relative_to(ROOT)}: {name}" for path, name in found if name not in known}

    assert len(found) > 50
    assert unknown == set()
