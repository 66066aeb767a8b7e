"""The table as lines of a file."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from metrics.models import Metric
from metrics.table_figures import figures_of_items
from projects.table import COLUMNS
from web.table_columns import TREND, of_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from metrics.models import Indicator
    from projects.models import ItemPeriod

BATCH = 1000


def csv_header(columns: Sequence[str]) -> list[str]:
    """Name the columns of the file; a trend is a picture, and its numbers are the item's series."""
    figures_on = ["figures_on"] if of_figures(columns) else []
    return [*(key for key in columns if key != TREND), *figures_on, "as_of"]


def csv_rows(
    rows: QuerySet[ItemPeriod, dict[str, Any]], columns: Sequence[str], *, as_of: date, figures_day: date | None
) -> Iterator[list[Any]]:
    """Give the cells of all rows, shares as fractions; one query more for each thousand rows with figures."""
    figures = of_figures(columns)
    ends = [*([figures_day] if figures else []), as_of]
    shown = [key for key in columns if key != TREND]
    every = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(every, BATCH)):
        found = figures_of_items([row["item_id"] for row in batch], figures, day=figures_day)
        for row in batch:
            own = found.get(row["item_id"], {})
            yield [*(_plain(row[COLUMNS[key].path]) if key in COLUMNS else _figure(own, key) for key in shown), *ends]


def _figure(figures: Mapping[str, Indicator], key: str) -> Any:
    figure = figures.get(key)
    if figure is not None and figure.metric == Metric.CONFIDENCE:
        return figure.details.get("grade", figure.value)
    value = figure.value if figure else None
    return int(value) if value is not None and value.is_integer() else value


def _plain(value: Any) -> Any:
    """Return instants as days, which is how the table shows them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).date().isoformat()
    return value
