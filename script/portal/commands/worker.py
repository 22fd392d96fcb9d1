"""script/worker: start a job worker and a dispatcher for a portal on PostgreSQL and Redis.

For production, beside gunicorn, on this or on another machine that shares MEDIA_ROOT. script/server
starts its own. Reads DATABASE_URL, REDIS_URL and the rest from the environment or .env.

  CONCURRENCY=2   how many jobs at once
"""

import os

from script.portal import env_file, processes, setup, venv
from script.portal.places import LOGS, value
from script.portal.supervisor import Supervisor
from script.portal.terminal import Refusal, say, shown


def main():
    if not (value("REDIS_URL") and value("DATABASE_URL")):
        raise Refusal(
            "Set REDIS_URL and DATABASE_URL first: without them script/server starts all."
        )
    at_once = value("CONCURRENCY", "2")
    if not (at_once.isascii() and at_once.isdigit() and int(at_once)):
        raise Refusal(f"CONCURRENCY={at_once} is no number of jobs: write 1 or more.")
    venv.needed()
    env_file.check()
    setup.reach("queue", "database")
    supervisor = Supervisor({**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        supervisor.start(processes.worker(concurrency=at_once))
        supervisor.start(processes.dispatcher())
        say(f"The worker runs; its log is {shown(LOGS)}/worker.log. Ctrl-C stops it.")
        supervisor.watch()
    except (KeyboardInterrupt, SystemExit):
        say("\nStopping …")
    finally:
        supervisor.stop()
