"""All columns of all items of a day, kept in memory as one list a column.

A screen is asked again with every filter, sort and page, over sixty columns from four worlds: as SQL each would join
them anew. Read once by a fixed number of set queries, a few thousand items are a few megabytes, and a filter, a sort
or a percentile is a pass over lists: milliseconds. They are kept under the data version and the instant: the present
and the past one asked for last. Every request compares the data version, so a committed change is seen at once.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from market.screen.columns import COLUMNS
from market.screen.read_catalogue import read_catalogue, read_layers, read_stages
from market.screen.read_figures import NO_FIGURES, read_employers, read_figures
from market.screen.read_market import read_money, read_survey
from market.screen.rows import Cells, Choice, read_rows
from metrics.models import RefusalReason
from metrics.table_figures import figures_day
from projects.data_version import current_data_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from projects.as_of import AsOf

KEPT = 2


@dataclass(frozen=True)
class Matrix:
    """The items of an instant by slug, those that had left included, and each column's cells by row.

    ``figures_day`` is the day of the computed figures, ``wave_year`` the survey's newest wave; None where there is none.
    """

    as_of: AsOf
    figures_day: date | None
    wave_year: int | None
    item_ids: Sequence[int]
    slugs: Sequence[str]
    names: Sequence[str]
    cells: Mapping[str, Cells]

    def values(self, key: str) -> Sequence[Any]:
        """Give a column's values by row; None is unknown."""
        return self.cells[key].values

    def choices(self, key: str) -> Mapping[str, Choice]:
        """Give the values that a choice may have, in their order, each with its words."""
        return self.cells[key].choices

    def interval(self, key: str, row: int) -> tuple[float, float] | None:
        """Give the interval around a value, where its formula gives one."""
        return self.cells[key].intervals.get(row)

    def why(self, key: str, row: int) -> str:
        """Say why a value is unknown."""
        reason = self.cells[key].reasons.get(row, "")
        if reason == NO_FIGURES:
            return _("There are no figures up to this day.")
        return str(RefusalReason(reason).label) if reason else str(COLUMNS[key].unknown)

    @cached_property
    def row_of_slug(self) -> Mapping[str, int]:
        """The row of each item."""
        return {slug: row for row, slug in enumerate(self.slugs)}


_kept: OrderedDict[tuple[int, datetime | date], Matrix] = OrderedDict()
# Readers of one process wait for one another rather than read the same twice.
_reading = Lock()


def matrix_at(as_of: AsOf) -> Matrix:
    """Return the matrix of an instant; one query if it is kept, for the present as long as the day lasts."""
    key = (current_data_version(), as_of.day if as_of.is_now else as_of.instant)
    with _reading:
        found = _kept.get(key)
        if found is None:
            for old in [one for one in _kept if one[0] != key[0]]:
                del _kept[old]
            found = _kept[key] = read_matrix(as_of)
            if len(_kept) > KEPT:
                del _kept[_dispensable(key)]
        _kept.move_to_end(key)
        return found


def _dispensable(asked: tuple[int, datetime | date]) -> tuple[int, datetime | date]:
    """Give what is kept and least wanted: an older past instant, so that readers of past days keep the present."""
    past = (key for key, matrix in _kept.items() if key != asked and not matrix.as_of.is_now)
    return next(past, next(iter(_kept)))


def forget_matrices() -> None:
    """Forget all that is kept; for tests, whose data never commit, and for measurements."""
    with _reading:
        _kept.clear()


def read_matrix(as_of: AsOf) -> Matrix:
    """Read the matrix of an instant; a fixed number of queries (about two dozen), whatever the number of items."""
    rows = read_rows(as_of)
    day = figures_day(last=as_of.day)
    survey, wave_year = read_survey(rows)
    cells = {
        **read_catalogue(rows),
        **read_stages(rows),
        **read_figures(rows, day),
        **read_employers(rows, as_of.instant),
        **survey,
        **read_money(rows),
        **read_layers(rows),
    }
    return Matrix(
        as_of=as_of,
        figures_day=day,
        wave_year=wave_year,
        item_ids=[period["item_id"] for period in rows.periods],
        slugs=[period["item__slug"] for period in rows.periods],
        names=[period["name"] for period in rows.periods],
        cells=cells,
    )
