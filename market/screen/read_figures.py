"""Reads the computed figures of a day, and whose employees maintain each project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from market.screen.columns import COLUMNS
from market.screen.rows import Cells, Choice, Rows
from metrics.formulas.confidence import Grade
from metrics.formulas.results import Result, Value
from metrics.models import Indicator, Metric
from metrics.vendor_control import vendor_control

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

NO_REPOSITORY, NOT_COMPUTED = "no_repository", "not_computed"
NO_FIGURES = "no_figures"


def read_figures(rows: Rows, day: date | None) -> dict[str, Cells]:
    """Read every stored figure of a day, refusals with their reasons; one query, none without a day."""
    keys = {(str(column.metric), column.window_days): key for key, column in COLUMNS.items() if column.metric}
    found = {key: rows.empty() for key in (*keys.values(), "confidence", "shortfalls")}
    found["confidence"].choices = {grade.value: Choice(grade.value) for grade in Grade}
    have: set[int] = set()
    for item, metric, window, value, low, high, refusal, grade, reasons in _stored(keys, day):
        row, key = rows.index.get(item), keys.get((metric, window))
        if row is None or key is None:
            continue
        have.add(row)
        _put(found[key], row, value, (low, high), refusal)
        if metric == Metric.CONFIDENCE:
            found["confidence"].values[row] = grade
            found["shortfalls"].values[row] = ", ".join(reasons or ()) or None
    for key in (*keys.values(), "confidence"):
        _say_why(found[key], have, has_day=day is not None)
    return found


def _stored(keys: Mapping[tuple[str, int], str], day: date | None) -> Iterable[Any]:
    if day is None:
        return ()
    metrics, windows = {metric for metric, _ in keys}, {window for _, window in keys}
    figures = Indicator.objects.on(day).of_metrics(metrics, windows_days=windows)
    return (
        figures.annotate(grade=KeyTextTransform("grade", "details"), reasons=KeyTransform("reasons", "details"))
        .values_list("item_id", "metric", "window_days", "value", "low", "high", "refusal", "grade", "reasons")
        .iterator(chunk_size=10_000)
    )


def _put(cells: Cells, row: int, value: float | None, ends: tuple[float | None, float | None], refusal: str) -> None:
    if value is None:
        cells.reasons[row] = refusal
        return
    cells.values[row] = value
    low, high = ends
    if low is not None and high is not None and low != high:
        cells.intervals[row] = (low, high)


def _say_why(cells: Cells, have: set[int], *, has_day: bool) -> None:
    """Give the reason of what was not even refused: no figures at all yet, no repository, or not this one."""
    for row, value in enumerate(cells.values):
        if value is None and row not in cells.reasons and (not has_day or row not in have):
            cells.reasons[row] = NO_REPOSITORY if has_day else NO_FIGURES


def read_employers(rows: Rows, instant: datetime) -> dict[str, Cells]:
    """Read whose employees maintain each hosted project; two queries."""
    names = ("employer_share", "largest_employer", "maintainers")
    share, largest, number = (rows.empty() for _ in names)
    for project in vendor_control(instant):
        row = rows.index.get(project.item_id)
        if row is None:
            continue
        newest = project.newest
        number.values[row] = newest.total
        largest.values[row] = ", ".join(newest.largest) or None
        _put_result(share, row, newest.share)
    return dict(zip(names, (share, largest, number), strict=True))


def _put_result(cells: Cells, row: int, result: Result) -> None:
    if isinstance(result, Value):
        cells.values[row] = result.value
        if result.interval and result.interval.low != result.interval.high:
            cells.intervals[row] = (result.interval.low, result.interval.high)
    else:
        cells.reasons[row] = str(result.reason)
