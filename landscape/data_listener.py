"""Hears of every committed change of data, so that a kept answer is never older than the data."""

import logging
import select
import threading
import time

import psycopg
from django.db import connections

logger = logging.getLogger(__name__)

CHANNEL = "data_version"
SECONDS_BETWEEN_ATTEMPTS = 2.0
# How often a silent connection is asked whether it still lives, and a wish to stop is seen.
SECONDS_BETWEEN_PINGS = 5.0
# What has arrived is taken by the listening thread within this time, or nothing is believed.
SECONDS_TO_TAKE = 0.1


class DataListener:
    """Counts the notifications of ``NOTIFY data_version`` on a connection of its own.

    ``generation`` changes with every commit that wrote data, and with every interruption of the
    connection; it is None while nothing can be heard, and nothing may be kept then. What the server has sent counts,
    even if the listening thread has not yet had its turn to take it.
    """

    def __init__(self, *, seconds_between_pings: float = SECONDS_BETWEEN_PINGS) -> None:
        self._generation: int | None = None
        self._descriptor = -1
        self._count = 0
        self._seconds_between_pings = seconds_between_pings
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def generation(self) -> int | None:
        """The state of the data, of which any other number means another one; None: unknown."""
        if not self._has_arrived():
            return self._generation
        deadline = time.monotonic() + SECONDS_TO_TAKE
        while self._has_arrived():
            if time.monotonic() > deadline:
                return None
            time.sleep(0.0005)
        return self._generation

    def _has_arrived(self) -> bool:
        """Tell whether the server has sent something that the listening thread has not taken."""
        if self._descriptor < 0:
            return False
        poll = select.poll()  # one may not be used by two threads
        poll.register(self._descriptor, select.POLLIN)
        return bool(poll.poll(0))

    def start(self) -> None:
        """Begin to listen, once in this process."""
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="data-listener", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop to listen; the connection is closed when this returns."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except psycopg.OperationalError as error:
                logger.warning("Changes of data cannot be heard, so no page is kept: %s", error)
            finally:
                self._descriptor, self._generation = -1, None
            self._stopped.wait(SECONDS_BETWEEN_ATTEMPTS)

    def _listen(self) -> None:
        parameters = connections["default"].get_connection_params()
        parameters = {key: value for key, value in parameters.items() if key not in {"cursor_factory", "context"}}
        with psycopg.Connection.connect(**parameters, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._descriptor = connection.fileno()
            self._advance()
            while not self._stopped.is_set():
                for _ in connection.notifies(timeout=self._seconds_between_pings, stop_after=1):
                    self._advance()
                connection.execute("SELECT 1")

    def _advance(self) -> None:
        self._count += 1
        self._generation = self._count
