"""The columns of the table page: the catalogue's, the trend, and figures; and the sets they are offered in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from metrics.table_figures import FIGURES
from projects.table import COLUMNS, DEFAULT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

TREND = "trend"
LABELS: dict[str, str | _StrPromise] = {
    **{key: column.label for key, column in COLUMNS.items()},
    TREND: _("Stars by week"),
    **{key: figure.label for key, figure in FIGURES.items()},
}
SORTABLE = tuple(key for key in LABELS if key != TREND)
OVERVIEW, CATALOGUE = "overview", "catalogue"
SET_LABELS = {
    OVERVIEW: _("Overview"),
    "momentum": _("Momentum"),
    "activity": _("Activity"),
    "people": _("People"),
    CATALOGUE: _("Catalogue"),
}
# fmt: off
SETS: dict[str, tuple[str, ...]] = {
    OVERVIEW: (
        "name", "category", "subcategory", "maturity", "stars", TREND, "growth_90", "commits_30", "contributors",
        "release_age", "confidence",
    ),
    "momentum": (
        "name", "maturity", "stars", TREND, "growth_30", "growth_90", "growth_365", "robust_growth",
        "star_percentile", "growth_percentile",
    ),
    "activity": (
        "name", "maturity", "commits_30", "commits_90", "release_age", "push_age", "issue_closing",
        "pull_request_closing", "confidence",
    ),
    "people": (
        "name", "maturity", "organization", "contributors", "contributor_growth_365", "elephant_factor",
        "maintainer_hhi",
    ),
    CATALOGUE: DEFAULT_COLUMNS,
}
# fmt: on


def of_catalogue(columns: Iterable[str]) -> list[str]:
    """Return the columns that the catalogue itself answers."""
    return [key for key in columns if key in COLUMNS]


def of_figures(columns: Iterable[str]) -> list[str]:
    """Return the columns that are computed figures."""
    return [key for key in columns if key in FIGURES]
