"""Which processes the portal is made of, and with which words they are started."""

from script.portal import redis
from script.portal.places import PYTHON
from script.portal.supervisor import Child


def queue(folder):
    """The private Redis of the embedded default."""
    return Child("redis", redis.words(folder), executable=redis.program())


def web(host, port, *, workers=2):
    words = [PYTHON, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{host}:{port}"]
    words += ["--workers", workers, "--threads", 4, "--timeout", 60, "--graceful-timeout", 8]
    words += ["--max-requests", 5000, "--max-requests-jitter", 500, "--log-level", "warning"]
    return Child("web", words)


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
