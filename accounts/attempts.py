"""Bounds on what may be tried again and again: guessing a password, asking for e-mails, filling in forms.

One row a subject, counted by a single statement in PostgreSQL, so that every process counts together.
Who tried what is kept as a digest only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from accounts.models import Attempt

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` attempts of one subject in ``window``; the window opens with the first of them."""

    scope: str
    most: int
    window: timedelta

    def take(self, *subject: str, now: datetime) -> bool:
        """Count an attempt; False once there were more than ``most`` of them in the open window."""
        oldest = now - self.window
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"digest": self._digest(subject), "scope": self.scope, "now": now, "oldest": oldest})
            (count,) = cursor.fetchone()
        if count == 1:  # a window opens: the moment to sweep what nobody asks about any more
            Attempt.objects.filter(scope=self.scope, opened_at__lte=oldest).delete()
        return bool(count <= self.most)

    def forget(self, *subject: str) -> None:
        """Take the subject's attempts back, after one that succeeded."""
        Attempt.objects.filter(digest=self._digest(subject)).delete()

    def _digest(self, subject: tuple[str, ...]) -> str:
        return hashlib.sha256("\0".join([self.scope, *subject]).encode()).hexdigest()


_COUNT = """
INSERT INTO accounts_attempt AS attempt (digest, scope, opened_at, count)
VALUES (%(digest)s, %(scope)s, %(now)s, 1)
ON CONFLICT (digest) DO UPDATE SET
    count = CASE WHEN attempt.opened_at <= %(oldest)s THEN 1 ELSE attempt.count + 1 END,
    opened_at = CASE WHEN attempt.opened_at <= %(oldest)s THEN %(now)s ELSE attempt.opened_at END
RETURNING count
"""
