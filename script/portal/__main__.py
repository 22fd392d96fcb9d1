"""`python3 -m script.portal NAME …`: one module of script.portal.commands for each command."""

import errno
import importlib
import signal
import sys

from script.portal.places import ROOT
from script.portal.terminal import Refusal

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
        if error.errno not in FULL:
            raise
        sentence = f"The disk under {ROOT} is full: free at least 2 GB, then run again."
    except KeyboardInterrupt:
        return 130
    sys.stdout.flush()
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
