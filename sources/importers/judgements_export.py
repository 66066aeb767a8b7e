"""Writes criteria, counterparts and origins back into ``content/``, in the form that ``load_content`` reads.

Rows of a file that speak of what this catalogue does not have stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.judgements import criteria
from market.models import Counterpart
from projects.models import Item, ItemOrganization, ItemRole
from sources.clients.content_yaml import read_content
from sources.importers.cited_sources import source_entry
from sources.importers.content_writing import entry_text, head_comment, write_text
from sources.importers.organization_keys import organization_key, organizations_by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Entry = Mapping[str, Any]

CRITERION_COLUMNS = ("code", "slug", "name", "name_zh", "question", "question_zh")


def export_judgements(root: Path) -> int:
    """Rewrite the three files below ``root`` from the database and return how many changed."""
    return _export_criteria(root) + _export_counterparts(root) + _export_origins(root)


def _export_criteria(root: Path) -> int:
    rows = list(criteria())
    source = next((row.source for row in rows if row.source), None)
    if source is None:
        return 0
    entries = [{column: getattr(row, column) for column in CRITERION_COLUMNS} for row in rows]
    return _write(root, "criteria", {"source": source_entry(source), "criteria": entries})


def _export_counterparts(root: Path) -> int:
    stored = Counterpart.objects.select_related("item", "counterpart", "source").order_by(
        "item__slug", "counterpart__slug"
    )
    entries = [
        {
            "item": row.item.slug,
            "counterpart": row.counterpart.slug,
            "reason": row.reason,
            "reason_zh": row.reason_zh,
            "source": source_entry(row.source),
        }
        for row in stored
    ]
    items = set(Item.objects.values_list("slug", flat=True))
    merged = _merged(
        _former(root, "counterparts"),
        entries,
        key=lambda entry: (entry["item"], entry["counterpart"]),
        is_known=lambda entry: {entry["item"], entry["counterpart"]} <= items,
    )
    return _write(root, "counterparts", {"counterparts": merged})


def _export_origins(root: Path) -> int:
    stored = ItemOrganization.objects.filter(role=ItemRole.ORIGIN, source__isnull=False)
    entries = [
        {
            "item": row.item.slug,
            "organization": organization_key(row.organization),
            "source": source_entry(row.source),
        }
        for row in stored.select_related("item", "organization", "source").order_by("item__slug", "organization__slug")
        if row.source
    ]
    items = set(Item.objects.values_list("slug", flat=True))
    makers = organizations_by_key()
    merged = _merged(
        _former(root, "origins"),
        entries,
        key=lambda entry: (entry["item"], entry["organization"]),
        is_known=lambda entry: entry["item"] in items and entry["organization"] in makers,
    )
    return _write(root, "origins", {"origins": merged})


def _former(root: Path, name: str) -> list[dict[str, Any]]:
    path = root / f"{name}.yaml"
    entries: list[dict[str, Any]] = read_content(root, path, schema=name)[name] if path.is_file() else []
    return entries


def _merged(
    former: Sequence[Entry], stored: Sequence[Entry], *, key: Callable[[Entry], Any], is_known: Callable[[Entry], bool]
) -> list[Entry]:
    """Return the file's rows in their order, as stored now or as they were where nobody could store them, then new ones."""
    now = {key(entry): entry for entry in stored}
    kept = [now.pop(key(entry), None if is_known(entry) else entry) for entry in former]
    return [entry for entry in kept if entry is not None] + list(now.values())


def _write(root: Path, name: str, value: Mapping[str, Any]) -> int:
    path = root / f"{name}.yaml"
    return int(write_text(path, head_comment(path) + entry_text(value)))
