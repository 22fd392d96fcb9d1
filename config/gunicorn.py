"""How pages are served: `gunicorn --config python:config.gunicorn`, here and in production."""

import threading
import time

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 0.5  # seconds


class Turns:
    """Lets one page at a time be computed in a process, in the order in which they are asked for.

    Threads share one interpreter: pages computed at once are all as late as the last of them.
    A page that takes longer than PATIENCE no longer keeps others waiting, and what brings a
    body never waits: it comes as slowly as its sender's line.
    """

    def __init__(self, application):
        self.application = application
        self.turn = threading.Semaphore()
        self.since = 0.0

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        left = self.since + PATIENCE - time.monotonic()
        mine = self.turn.acquire(timeout=max(0.0, left))
        try:
            if mine:
                self.since = time.monotonic()
            return self.application(environ, start_response)
        finally:
            if mine:
                self.turn.release()


class FairWorker(ThreadWorker):
    """Takes a visitor in only while a thread is free; others are left to the next process."""

    busy = 0

    def load_wsgi(self):
        super().load_wsgi()
        self.wsgi = Turns(self.wsgi)

    def enqueue_req(self, conn):
        self.busy += 1
        self.set_accept_enabled(self.alive)
        super().enqueue_req(conn)

    def finish_request(self, conn, fs):
        self.busy -= 1
        super().finish_request(conn, fs)
        self.set_accept_enabled(self.alive)

    def set_accept_enabled(self, enabled):
        super().set_accept_enabled(enabled and self.busy < self.cfg.threads)


wsgi_app = "config.wsgi:application"
worker_class = FairWorker
workers = 2
threads = 4
timeout = 60  # seconds
graceful_timeout = 8  # seconds
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True  # one socket in a home, for all portals that run there
