"""CSV of an answer's rows."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.renderers import BaseRenderer

from projects.csv_cells import safe_cell


class CsvRenderer(BaseRenderer):
    """The rows of a list, or one row for a detail: nested values as JSON, unknown as an empty cell.

    A text that a spreadsheet program would take for a formula begins with an apostrophe.
    """

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        rows = data.get("results", [data]) if isinstance(data, Mapping) else (data or [])
        columns = list(rows[0]) if rows else _columns_of(renderer_context)
        out = io.StringIO()
        writer = csv.DictWriter(out, fieldnames=columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
        return out.getvalue().encode("utf-8")


def _columns_of(context: Mapping[str, Any] | None) -> Sequence[str]:
    """The columns that a list without rows would have had."""
    view: Any = (context or {}).get("view")
    return list(view.get_serializer().fields) if hasattr(view, "get_serializer") else []


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(value)
