"""Bringing a table to what was worked out, writing only where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Key = tuple[Any, ...]
BATCH = 1000


def sync_rows(
    model: type[Row],
    wanted: Mapping[Key, Mapping[str, Any]],
    *,
    key: Sequence[str],
    values: Sequence[str],
    stored: Iterable[Row] | None = None,
) -> int:
    """Make the ``stored`` rows (all, if not given) those of ``wanted`` and give how many had to be written.

    ``wanted`` maps the values of the ``key`` columns to those of the ``values`` columns.
    """
    manager = model._default_manager  # noqa: SLF001 - Django's public name for it
    missing, surplus, different = dict(wanted), [], []
    for row in manager.all() if stored is None else stored:
        row_key = tuple(getattr(row, column) for column in key)
        new = missing.pop(row_key, None)
        if new is None:
            surplus.append(row.pk)
        elif any(getattr(row, column) != new[column] for column in values):
            for column in values:
                setattr(row, column, new[column])
            different.append(row)
    if surplus:
        manager.filter(pk__in=surplus).delete()
    if different:
        manager.bulk_update(different, values, batch_size=BATCH)
    added = [model(**dict(zip(key, row_key, strict=True)), **new) for row_key, new in missing.items()]
    manager.bulk_create(added, batch_size=BATCH)
    return len(surplus) + len(different) + len(added)
