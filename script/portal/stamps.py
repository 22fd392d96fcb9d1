"""A step leaves a stamp when it is done, and only then, so a step cut short is done again."""

import hashlib


def digest(*paths, also=""):
    """One hash over the names and bytes of files, and of all files below folders."""
    total = hashlib.sha256(also.encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(f"{file.name}\0{file.stat().st_size}\0".encode())
                total.update(file.read_bytes())
    return total.hexdigest()


def holds(stamp, value):
    """Whether the step that writes this stamp was finished for just this value."""
    try:
        return stamp.read_text() == value
    except FileNotFoundError:
        return False


def leave(stamp, value):
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
