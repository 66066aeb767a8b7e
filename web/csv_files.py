"""CSV for analysts: column names, then clean rows; the licence stands in the Link header, the date in the file's name."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from projects.csv_cells import safe_cell

CONTENT_TYPE = "text/csv; charset=utf-8"


class _Echo:
    """What csv.writer writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Give the file line by line; column names first, no comments, so that any reader of CSV reads it."""
    writer = csv.writer(_Echo())
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])
