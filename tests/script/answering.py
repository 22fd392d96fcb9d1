"""What the tests of serving let gunicorn serve: an answer that says who gave it, and beside how many."""

import json
import os
import threading
import time
from urllib.parse import parse_qs

counting = threading.Lock()
inside = 0


def application(environ, start_response):
    """Stays for `seconds`; answers the process and how many requests were inside it at most."""
    global inside
    with counting:
        inside += 1
        beside = inside
    time.sleep(float(parse_qs(environ["QUERY_STRING"]).get("seconds", ["0"])[0]))
    with counting:
        inside -= 1
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"process": os.getpid(), "beside": beside}).encode()]
