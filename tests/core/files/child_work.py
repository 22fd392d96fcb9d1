"""What tests ask a child process to do."""

import os
import socket
import sys
import time


def upper(question, blob):
    return {"said": question["say"].upper()}, blob[::-1]


def secrets(_question, _blob):
    return {"environment": sorted(os.environ)}, b""


def chatter(_question, _blob):
    sys.stdout.write("a library that prints")
    return {"ok": True}, b""


def sleep(_question, _blob):
    time.sleep(60)


def spin(_question, _blob):
    while True:
        pass


def swell(_question, _blob):
    return {"size": len(bytearray(2 * 1024**3))}, b""


def flood(_question, _blob):
    return {}, b"x" * (3 * 1024**2)


def crash(_question, _blob):
    os.abort()


def fail(_question, _blob):
    raise ValueError("the layout has no page")


def leave_one_behind(question, _blob):
    if os.fork() == 0:
        time.sleep(30)
        with open(question["path"], "w") as file:
            file.write("still here")
    time.sleep(60)


def call_out(question, _blob):
    try:
        with socket.create_connection(("127.0.0.1", question["port"]), timeout=2):
            return {"reached": True}, b""
    except OSError:
        return {"reached": False}, b""
