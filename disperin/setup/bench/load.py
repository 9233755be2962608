"""The client: some connections that each ask one thing after the other, over plain sockets, so that it costs little."""

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from disperin.embedded.demo import HOST


@dataclass(frozen=True)
class Measured:
    """What came back: how many answers, in how many seconds, and how long each took (seconds)."""

    seconds: float
    times: list[float]
    refused: int

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        if len(self.times) < 2:
            return 1000 * (self.times[0] if self.times else 0)
        return 1000 * statistics.quantiles(self.times, n=100, method="inclusive")[round(share * 100) - 1]


def ask(port: int, paths: Sequence[str], *, connections: int, seconds: float, once: bool = False) -> Measured:
    """Ask for the paths in turn for so many seconds, or for each of them just once."""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: identity\r\n\r\n".encode("ascii") for path in paths
    ]
    turn, times, refused = count(), [], []
    begun = time.perf_counter()
    end = begun + seconds

    def visitor() -> None:
        with socket.create_connection((HOST, port), timeout=60) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < end:
                at = next(turn)
                if once and at >= len(requests):
                    return
                asked = time.perf_counter()
                line.sendall(requests[at % len(requests)])
                status = _answer(line)
                times.append(time.perf_counter() - asked)
                if status != 200:
                    refused.append(status)

    visitors = [threading.Thread(target=visitor) for _number in range(connections)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    return Measured(time.perf_counter() - begun, times, len(refused))


def _answer(line: socket.socket) -> int:
    """Read one answer to its end; gives its status."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = line.recv(65536)
        if not more:
            raise ConnectionError("The server hung up.")
        got += more
    head, _blank, body = got.partition(b"\r\n\r\n")
    length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:"))
    missing = length - len(body)
    while missing > 0:
        missing -= len(line.recv(min(missing, 1 << 20)))
    return int(head.split(b" ", 2)[1])
