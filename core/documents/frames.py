"""How the portal and its press talk over a socket: one JSON head, then blobs of bytes."""

import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct("!Q")


class Cut(Exception):
    """The other side went away in the middle of a message."""


def send(sock: socket.socket, head: dict[str, Any], *blobs: bytes) -> None:
    """Write `head` (anything JSON can say) and `blobs`, each preceded by its length."""
    text = json.dumps({**head, "blobs": len(blobs)}).encode()
    for part in (text, *blobs):
        sock.sendall(LENGTH.pack(len(part)))
        sock.sendall(part)


def receive(sock: socket.socket) -> tuple[dict[str, Any], list[bytes]]:
    """Read one message; raises `Cut` on a broken one and TimeoutError by the socket's own limit."""
    head = json.loads(_part(sock))
    return head, [_part(sock) for _ in range(head.pop("blobs"))]


def _part(sock: socket.socket) -> bytes:
    (length,) = LENGTH.unpack(_exactly(sock, LENGTH.size))
    return _exactly(sock, length)


def _exactly(sock: socket.socket, size: int) -> bytes:
    chunks = bytearray()
    while len(chunks) < size:
        chunk = sock.recv(min(size - len(chunks), 1 << 20))
        if not chunk:
            raise Cut
        chunks += chunk
    return bytes(chunks)
