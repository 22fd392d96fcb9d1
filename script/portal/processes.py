"""Which processes the portal is made of, and with which words they are started."""

from script.portal import redis
from script.portal.places import PYTHON
from script.portal.supervisor import Child


def queue(folder):
    """The private Redis of the embedded default."""
    return Child("redis", redis.words(folder), executable=redis.program())


def web(host, port):
    words = [PYTHON, "-m", "gunicorn", "--config", "python:config.gunicorn"]
    return Child("web", [*words, "--bind", f"{host}:{port}"])


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
