"""The embedded Valkey server, Celery's broker: started, adopted and stopped."""

import os
import socket
import subprocess
import time

import psutil

from landscape.embedded import binaries, directories, logs, processes
from landscape.embedded.claims import Users, mutex
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import Layout

START_SECONDS = 60
STOP_SECONDS = 20
# Tasks survive a kill: the append-only file loses one second at most. When memory is short, cached pages (they have a
# time to live) make way; queued tasks never do.
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "yes",
    "dir": ".",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory": "256mb",
    "maxmemory-policy": "volatile-lru",
}


class Valkey:
    """One server below ``layout.base``, shared by all processes that want it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.log = layout.logs / "valkey.log"
        self.users = Users(layout.run / "valkey.users")

    def ensure(self) -> None:
        """Have the server answer and count this process as its user."""
        directories.prepare(self.layout)
        with mutex(self.layout.run / "valkey.mutex"):
            self.users.join()
            try:
                if not self.is_answering():
                    self._end_unanswering()
                    self._start()
            except BaseException:
                self.users.leave()
                raise

    def leave(self) -> None:
        """Stop the server if nobody else uses it."""
        with mutex(self.layout.run / "valkey.mutex"):
            if self.users.is_last():
                processes.end(self._living(), patience_seconds=STOP_SECONDS)
            self.users.leave()

    def is_answering(self) -> bool:
        """Tell whether the server answers a ping."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self.layout.valkey_socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def _start(self) -> None:
        logs.rotate(self.log)
        command = [str(binaries.valkey_server()), "--unixsocket", str(self.layout.valkey_socket)]
        command += ["--logfile", str(self.log), "--pidfile", str(self.layout.run / "valkey.pid")]
        for name, value in SETTINGS.items():
            command += [f"--{name}", value]
        # It puts itself into the background, so that it is nobody's child and outlives whoever started it.
        done = subprocess.run(command, cwd=self.layout.valkey_data, capture_output=True, text=True, check=False)
        deadline = time.monotonic() + START_SECONDS
        while not self.is_answering():
            if not self._living() or time.monotonic() > deadline:
                message = f"Valkey did not start; the end of {self.log}:\n{logs.last_lines(self.log)}{done.stdout}"
                raise EmbeddedError(message)
            time.sleep(0.01)

    def _living(self) -> list[psutil.Process]:
        names = {"valkey-server", "redis-server"}
        return processes.working_in(self.layout.valkey_data, names, os.geteuid())

    def _end_unanswering(self) -> None:
        # Two servers on one append-only file would spoil it; one that still loads its file gets time to answer.
        living = self._living()
        lost = [process for process in living if processes.works_in_deleted_directory(process)]
        deadline = time.monotonic() + START_SECONDS
        while set(living) - set(lost) and time.monotonic() < deadline:
            if self.is_answering():
                return
            time.sleep(0.1)
            living = self._living()
        processes.end(living, patience_seconds=STOP_SECONDS)
