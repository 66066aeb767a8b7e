"""Values as cells of a CSV file that a spreadsheet program may open."""

from typing import Any

# A cell that begins with one of these would be run as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """Return a value as a cell: unknown is empty, text that looks like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
