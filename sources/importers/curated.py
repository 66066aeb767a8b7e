"""Curated columns: content files give them, analysts edit them, and a later load must not undo an edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from sources.models import ContentEntry

# Under this key stands the digest of the files that were loaded last.
DIGEST_KEY = "digest"
# What stands before an organization's key.
ORGANIZATIONS_KEY = "organizations#"


def as_json(value: Any) -> Any:
    """Return a column's value as it is remembered: days and decimals as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class Row(Protocol):
    """A stored row with curated columns."""

    pk: Any


@dataclass(slots=True)
class Merge:
    """Merges what files give into rows, column by column, remembering what they gave last.

    A column takes the file's value if it is empty or still holds what the file gave before; else an
    analyst has edited it, and the edit stays (``kept`` counts those).
    """

    given_before: dict[str, dict[str, Any]]
    given_now: dict[str, dict[str, Any]] = field(default_factory=dict)
    kept: int = 0

    @classmethod
    def begin(cls) -> "Merge":
        """Start from what the last load gave."""
        return cls(dict(ContentEntry.objects.values_list("key", "values")))

    def before(self, key: str, column: str) -> Any:
        """Return what the last load gave for one column, None if nothing."""
        return self.given_before.get(key, {}).get(column)

    def apply(self, row: Row, key: str, values: Mapping[str, Any]) -> bool:
        """Set the columns of ``row``; returns whether any changed."""
        changed = False
        for column, value in values.items():
            current = getattr(row, column)
            if current == value:
                continue
            if current in ("", None, []) or as_json(current) == self.before(key, column):
                setattr(row, column, value)
                changed = True
            else:
                self.kept += 1
        self.give(key, values)
        return changed

    def give(self, key: str, values: Mapping[str, Any]) -> None:
        """Note what a file gives for one thing."""
        self.given_now[key] = {column: as_json(value) for column, value in values.items()}

    def remember(self) -> None:
        """Store what this load gave, and forget what it no longer does."""
        changed = [
            ContentEntry(key=key, values=values)
            for key, values in self.given_now.items()
            if self.given_before.get(key) != values
        ]
        ContentEntry.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["key"], update_fields=["values"], batch_size=1000
        )
        gone = self.given_before.keys() - self.given_now.keys()
        if gone:
            ContentEntry.objects.filter(key__in=gone).delete()
