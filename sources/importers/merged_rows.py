"""Storing many rows that files give: what is new is added, what is there merged, what people removed stays away."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model

from sources.importers.curated import Merge

Stored = TypeVar("Stored", bound=Model)


class Wanted(NamedTuple):
    """What a file gives for one row: the key it is remembered under, the columns that tell it from others, and the rest."""

    key: str
    identity: Mapping[str, Any]
    values: Mapping[str, Any]


def merge_rows(model: type[Stored], stored: Mapping[Any, Stored], wanted: Mapping[Any, Wanted], merge: Merge) -> None:
    """Bring the rows to what files give; two queries at most. Both mappings have the same keys for the same rows."""
    added, changed, columns = [], [], set[str]()
    for place, one in wanted.items():
        row = stored.get(place)
        columns |= one.values.keys()
        if row is not None:
            if merge.apply(row, one.key, one.values):
                changed.append(row)
            continue
        if one.key in merge.given_before:
            merge.kept += 1  # Somebody removed it.
        else:
            added.append(model(**one.identity, **one.values))
        merge.give(one.key, one.values)
    manager = model._default_manager  # noqa: SLF001 - Django's public name for it
    manager.bulk_create(added)
    if changed:
        manager.bulk_update(changed, sorted(column.removesuffix("_id") for column in columns), batch_size=1000)
