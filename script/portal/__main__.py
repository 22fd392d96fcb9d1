"""`python3 -m script.portal NAME …`: one module of script.portal.commands for each command."""

import errno
import importlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from script.portal.places import NO_FOLDER, ROOT, VAR
from script.portal.setup import closed
from script.portal.terminal import Refusal

NO_PLACE = (FileExistsError, FileNotFoundError, NotADirectoryError)
FULL = (errno.ENOSPC, errno.EDQUOT)


def main(name, *arguments):
    """Run the command; answer with its exit code, and with a sentence if it could not go on."""
    command = importlib.import_module(f"script.portal.commands.{name}")
    if {"-h", "--help"} & set(arguments[:1]):
        print(command.__doc__.strip())
        return 0
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` starts us deaf to it
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return command.main(*arguments) or 0
    except Refusal as refusal:
        sentence = refusal
    except OSError as error:
        sentence = explained(error)
        if not sentence:
            raise
    except KeyboardInterrupt:
        return 130
    sys.stdout.flush()
    print(sentence, file=sys.stderr)
    return 1


def explained(error):
    """The sentence for what the machine refused; none where that would only hide a fault of ours."""
    if error.errno in FULL:
        return f"The disk under {error.filename or fullest()} is full: free at least 2 GB, then run again."
    if isinstance(error, PermissionError) and error.filename:
        return closed(Path(os.fsdecode(error.filename)))
    return NO_FOLDER if no_folder(error) else None


def no_folder(error):
    """Whether VAR could not be made: below a file, through a link that leads nowhere, in /proc."""
    place = Path(os.fsdecode(error.filename or ""))
    if VAR.is_dir() or not isinstance(error, NO_PLACE):
        return False
    below = isinstance(error, NotADirectoryError) and VAR in place.parents
    return below or place in (VAR, *VAR.parents)


def fullest():
    """Of the folders that a set-up writes to, the one with the least room: programs seldom say."""
    folders = [ROOT, VAR, Path(tempfile.gettempdir()), Path("~").expanduser()]
    there = [folder for folder in folders if folder.is_dir()]
    return min(there, key=lambda folder: shutil.disk_usage(folder).free)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
