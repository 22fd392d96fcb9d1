"""The port of script/server is taken before anything is set up, and never let go."""

import errno
import socket
from contextlib import closing

import pytest

from script.portal.commands import server
from script.portal.terminal import Refusal
from tests.ports import free_port


def test_nobody_takes_the_port_while_the_portal_is_set_up():
    port = free_port()
    with server.listening("127.0.0.1", port), closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use") as found:
            other.bind(("127.0.0.1", port))

    assert found.value.errno == errno.EADDRINUSE


def test_a_port_where_somebody_answers_is_not_taken_for_ours():
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=f"^Port {port} on 127.0.0.1 cannot be used"):
            server.listening("127.0.0.1", port).__enter__()


def test_whoever_comes_early_waits():
    port = free_port()
    with server.listening("127.0.0.1", port):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
