"""Which processes the portal is made of, and with which words they are started."""

from script.portal import redis
from script.portal.places import PYTHON
from script.portal.supervisor import Child


def queue(folder):
    """The private Redis of the embedded default."""
    return Child("redis", redis.words(folder), executable=redis.program())


def web(address):
    """gunicorn at HOST:PORT, or at `fd://N`, which is a socket that this process holds."""
    words = [PYTHON, "-m", "gunicorn", "--config", "python:config.gunicorn", "--bind", address]
    held = [int(address.removeprefix("fd://"))] if address.startswith("fd://") else []
    return Child("web", words, descriptors=held)


def worker(*, concurrency=2):
    words = [
        PYTHON,
        "-m",
        "celery",
        "--app",
        "config.celery:app",
        "worker",
        "--loglevel",
        "WARNING",
    ]
    words += ["--concurrency", concurrency, "--without-gossip", "--without-mingle"]
    return Child("worker", words)


def dispatcher():
    return Child("dispatcher", [PYTHON, "manage.py", "dispatch"])
