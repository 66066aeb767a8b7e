"""The turn to speak to GitHub, which one process in all has at a time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

# Any number will do, as long as nothing else in the database takes the same advisory lock.
_LOCK = 7_268_002
# A machine that vanishes gives its turn back after about a minute.
_KEEPALIVES = "set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false)"


@contextmanager
def turn() -> Iterator[bool]:
    """Give whether the turn is ours, and hold it for the block.

    The database takes it back with the connection, so a killed process leaves nothing to clear up. No
    transaction is held open: requests to GitHub take seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock(%s), {_KEEPALIVES}", [_LOCK])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            _give_back()


def _give_back() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    except DatabaseError:
        # The connection is lost or refuses commands; the turn goes with it.
        logger.warning("The turn is given back with its connection")
        connection.close()
