"""The right to write the catalogue, which only one process has at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sources.importers.errors import ImportBusyError

# Any number will do, as long as nothing else in the database takes the same advisory lock.
_LOCK = 7_268_001


@contextmanager
def import_lock() -> Iterator[None]:
    """Keep every other import out until the transaction around it ends; raises ``ImportBusyError`` if one is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise ImportBusyError("Another import is running; nothing was changed. Start again when it has ended.")
    yield
