"""TLS for portals on loopback, and what is done to a connection before its handshake is over."""

from __future__ import annotations

import socket
import ssl
import struct
from pathlib import Path
from typing import Final

from tests.crawl.tls_servers import Identity, identity

_HELLO_BYTES: Final = 4096


class Authority:
    """Who vouches for the portals. ca_file: its certificate, for the registry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = identity("Fault Test Root", is_authority=True)
        self.ca_file = folder / "root.pem"
        self.ca_file.write_bytes(self._root.pem())

    def context(self, host: str, way: str = "good") -> ssl.SSLContext:
        """What the server shows for `host`: its certificate, another's, or one that it signed itself."""
        name = "may-chu-cu.invalid" if way == "wrong_name" else host
        holder: Identity = identity(name, None if way == "self_signed" else self._root)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(holder.write(self._folder / f"{host}-{way}.pem"))
        return context


def wanted_host(connection: socket.socket, hosts: list[str]) -> str | None:
    """The host that a client's first message asks for, read without taking it off the connection."""
    hello = connection.recv(_HELLO_BYTES, socket.MSG_PEEK)
    return next((host for host in hosts if host.encode() in hello), None)


def break_off(connection: socket.socket, way: str) -> None:
    """Answer a first message of TLS with anything but TLS, and end; raises OSError at the end."""
    if way == "plain":
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    elif way == "stall":
        connection.recv(_HELLO_BYTES)
        connection.recv(1)
    elif way == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    raise ConnectionAbortedError(way)
