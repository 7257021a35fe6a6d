"""A server on loopback that writes whatever bytes it is told to, HTTP or not."""

from __future__ import annotations

import re
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Mapping
from typing import Final

# Longer than any limit that a test or the product sets on one request.
_GIVE_UP_S: Final = 90.0
_ASKED: Final = re.compile(rb"[A-Z]+ (\S+) HTTP/1\.[01]\r\n")


class Wire:
    """What an answer writes to.

    path: asked for; headers: of the request, names in lower case; origin: of the server; size: bytes of
    content wanted; stays_open: whether the connection takes another request.
    """

    def __init__(
        self, connection: socket.socket, path: str, headers: Mapping[str, str], server: HostileServer
    ) -> None:
        self._connection = connection
        self._stopped = server.stopped
        self.path = path
        self.headers = headers
        self.origin = server.origin
        self.size = server.size
        self.stays_open = False

    def send(self, data: bytes) -> None:
        """Raises OSError once the client has hung up."""
        self._connection.sendall(data)

    def drip(self, piece: bytes, seconds: float) -> None:
        """Send `piece` again and again with a pause, until the client hangs up or the server stops."""
        for _ in range(int(_GIVE_UP_S / seconds)):
            self.send(piece)
            if self._stopped.wait(seconds):
                return

    def hang(self) -> None:
        """Say nothing until the client hangs up or the server stops."""
        self._connection.settimeout(_GIVE_UP_S)
        self._connection.recv(1)

    def reset(self) -> None:
        """Break the connection off with a TCP reset."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


Answer = Callable[[Wire], None]


class _Handler(socketserver.BaseRequestHandler):
    server: HostileServer

    def handle(self) -> None:
        self.request.settimeout(_GIVE_UP_S)
        try:
            self.request = self.server.greet(self.request)
            while self._answer_one():
                pass
        except OSError:  # the crawler hung up on us, as it should
            return
        finally:
            self.request.close()

    def _answer_one(self) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.request.recv(65536)
            if not more:
                return False
            head += more
        asked = _ASKED.match(head)
        path = asked[1].decode() if asked else ""
        self.server.asked.append(path)
        wire = Wire(self.request, path, _headers(head), self.server)
        self.server.answer(wire)
        return wire.stays_open


def _headers(head: bytes) -> dict[str, str]:
    fields = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:] if line)
    return {name.lower(): value.strip() for name, _, value in fields}


class HostileServer(socketserver.ThreadingTCPServer):
    """answers: by path, with query or for any; what is not there is a 404. asked: the paths, in order."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, answers: Mapping[str, Answer], size: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = dict(answers)
        self.size = size
        self.asked: list[str] = []
        self.stopped = threading.Event()
        self.port: int = self.server_address[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self.serve_forever, args=[0.02], daemon=True)
        self._thread.start()

    def greet(self, connection: socket.socket) -> socket.socket:
        """What requests are read from: the connection itself, where nothing is spoken below HTTP."""
        return connection

    def answer(self, wire: Wire) -> None:
        """Answer one request."""
        (self.answers.get(wire.path) or self.answers.get(wire.path.partition("?")[0], not_found))(wire)

    def close(self) -> None:
        """Stop listening; answers that drip end."""
        self.stopped.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A fault of an answer must not hide: it reaches the excepthook of the threads."""
        raise  # noqa: PLE0704 - called while the exception is being handled


def not_found(wire: Wire) -> None:
    """The answer to a path that nobody declared."""
    wire.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    wire.stays_open = True
