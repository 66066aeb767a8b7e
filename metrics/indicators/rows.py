"""Storing what formulas gave, many at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from metrics.formulas.results import IntervalKind, Result, Value
from metrics.models import Metric


@dataclass(frozen=True, slots=True)
class Figure:
    """What a formula gave for one item, and what else it rests on."""

    item_id: int
    metric: Metric
    result: Result
    details: Mapping[str, Any] = field(default_factory=dict)


def copy_figures(cursor: CursorWrapper, day: date, figures: Iterable[Figure]) -> None:
    """Store the figures of a day by COPY."""
    with cursor.copy(_COPY) as copy:
        for figure in figures:
            copy.write_row(_row(figure, day))


def _row(figure: Figure, day: date) -> tuple[Any, ...]:
    result = figure.result
    head = (figure.item_id, figure.metric.value, result.window_days, day)
    if not isinstance(result, Value):
        return (*head, None, None, None, result.n, result.reason.value, Jsonb({}), result.version)
    interval = result.interval
    bounds = (interval.low, interval.high) if interval else (None, None)
    return (*head, result.value, *bounds, result.n, "", Jsonb(_details(result, figure.details)), result.version)


def _details(result: Value, further: Mapping[str, Any]) -> dict[str, Any]:
    days = {"start_on": result.start_on, "end_on": result.end_on}
    details: dict[str, Any] = {name: on.isoformat() for name, on in days.items() if on is not None}
    if result.interval is not None and result.interval.kind is IntervalKind.BOUNDS:
        details["interval"] = IntervalKind.BOUNDS.value
    return details | dict(further)


_COPY = """
COPY metrics_indicator (item_id, metric, window_days, day, value, low, high, n, refusal, details, version)
FROM STDIN
"""
