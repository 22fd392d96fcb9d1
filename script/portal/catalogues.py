"""The Vietnamese catalogue: merged from locale/vi/parts/*.po, and asked what is still missing.

Each area of the portal keeps a part of its own; Django reads only one file, which is made here with
Babel, so that no machine needs GNU gettext. Runs inside .venv.
"""

import ast
import re
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from script.portal.places import ROOT

PARTS = ROOT / "locale" / "vi" / "parts"
TARGET = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.mo"
OF_OTHERS = {"allauth", "thirdparty"}  # packages whose Vietnamese is ours; they ask, not our code
SOURCES = ["config", "core", "accounts", "criteria", "awards", "campaigns", "dossiers", "dashboard"]
CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:[^()'"]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*\)""")
# how many leading arguments are msgids, and whether a context stands before them
KEYWORDS = {
    "_": (1, False),
    "gettext": (1, False),
    "ngettext": (2, False),
    "pgettext": (1, True),
    "npgettext": (2, True),
}


class Disagreement(Exception):
    """Two parts translate one msgid differently, or a part is not finished."""


def merged(parts=PARTS):
    """One Catalog of all parts. Raises Disagreement with one line a fault."""
    whole, origin, faults = Catalog(locale="vi", domain="django"), {}, []
    for path in sorted(parts.glob("*.po")):
        for message in part_of(path):
            key = (message.context, message.id)
            if not message.id:
                continue
            if message.fuzzy or not all(strings(message)):
                faults.append(f"{path.name}: {message.id!r} has no settled translation")
            elif key in origin and origin[key][1] != strings(message):
                faults.append(f"{path.name}: {message.id!r} is another in {origin[key][0]}")
            else:
                origin[key] = path.name, strings(message)
                whole.add(message.id, message.string, context=message.context)
    if faults:
        raise Disagreement("\n".join(faults))
    return whole


def part_of(path):
    with path.open("rb") as file:
        return read_po(file, locale="vi", domain="django", abort_invalid=True)


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def compile_catalogue():
    """Write the merged catalogue where Django reads it; return how many messages it holds."""
    catalogue = merged()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=TARGET.parent, suffix=".new", delete=False) as file:
        write_mo(file, catalogue)
    fresh = Path(file.name)  # of its own, since two set-ups may be at it
    fresh.chmod(0o644)
    fresh.rename(TARGET)
    return len(catalogue)


def missing():
    """Lines "file: msgid" for every message of code and templates that no part translates."""
    known = set()
    for message in merged():
        first = message.id[0] if isinstance(message.id, tuple) else message.id
        known.add((message.context, first))
    gaps = {}
    for path, context, msgid in used():
        if (context, msgid) not in known:
            gaps.setdefault((context, msgid), path.relative_to(ROOT))
    return [
        f"{path}: {msgid!r}" + (f" (context {context!r})" if context else "")
        for (context, msgid), path in gaps.items()
    ]


def unused():
    """Lines "file: msgid" for what a part of ours translates and nothing asks for any more."""
    asked = {(context, msgid) for _path, context, msgid in used()}
    return [
        f"{path.name}: {first!r} is asked for nowhere; take it out"
        for path in sorted(PARTS.glob("*.po"))
        if path.stem not in OF_OTHERS
        for message in part_of(path)
        if (first := message.id[0] if isinstance(message.id, tuple) else message.id)
        and (message.context, first) not in asked
    ]


def used():
    """Triples (file, context, msgid) of what code and templates ask gettext for."""
    for package in SOURCES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield from ((path, *found) for found in in_python(path.read_text()))
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            yield from ((path, *found) for found in in_template(path.read_text()))


def in_python(text):
    """Pairs (context, msgid) of the gettext calls in a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from in_call(node)


def in_call(node):
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    count, has_context = KEYWORDS.get(re.sub("_(lazy|noop)$", "", name), (0, False))
    words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    words = [word for word in words if isinstance(word, str)]
    context = words.pop(0) if has_context and words else None
    if count and words:
        yield context, words[0]


def in_template(text):
    """Pairs (context, msgid) of the translated strings in a template."""
    for call in CALL.finditer(templatize(text)):
        yield from in_call(ast.parse(re.sub(r"\bu'", "'", call[0]), mode="eval").body)


def main(*options):
    settings.configure()
    django.setup()
    try:
        count = compile_catalogue()
        gaps = missing() if "--check" in options else []
        spare = unused() if "--check" in options else []
    except Disagreement as fault:
        sys.exit(str(fault))
    if gaps:
        sys.exit("\n".join([*gaps, f"{len(gaps)} messages have no Vietnamese in locale/vi/parts."]))
    if spare:
        sys.exit("\n".join(spare))
    print(f"{count} messages in {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
