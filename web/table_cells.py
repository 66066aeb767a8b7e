"""The cells of one page of the table: the catalogue's values, figures, and small charts of stars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metrics.models import RefusalReason
from metrics.sparklines import weekly_stars
from metrics.table_figures import FIGURES, figures_of_items
from projects.localized import in_language
from projects.table import COLUMNS, CellKind
from web.country_names import country_name
from web.links import safe_url
from web.sparks import Spark, spark_of
from web.table_columns import TREND, of_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from metrics.models import Indicator
    from metrics.sparklines import WeeklyStars
    from projects.table import TableColumn

SCHEME_SIGN = "://"
FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as its column shows it; ``url`` is "" where nothing is linked, ``value`` None or "" unknown.

    ``why`` says why it is unknown, where that is known.
    """

    shown_as: str
    value: Any
    url: str = ""
    why: str = ""


def page_cells(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], *, figures_day: date | None, last: date
) -> list[list[Cell]]:
    """Return the cells of a page's rows in the reader's language; at most two queries, for figures and for weeks."""
    items = [row["item_id"] for row in rows]
    figures = figures_of_items(items, of_figures(columns), day=figures_day)
    weeks = weekly_stars(items, last=last) if TREND in columns else {}
    return [
        [_cell(row, key, figures.get(row["item_id"]), weeks.get(row["item_id"]), figures_day) for key in columns]
        for row in rows
    ]


def _cell(
    row: dict[str, Any],
    key: str,
    figures: Mapping[str, Indicator] | None,
    weeks: WeeklyStars | None,
    figures_day: date | None,
) -> Cell:
    if key == TREND:
        return _trend_cell(weeks)
    if key in FIGURES:
        return _figure_cell(figures, key, figures_day)
    return _catalogue_cell(row, COLUMNS[key])


def _trend_cell(weeks: WeeklyStars | None) -> Cell:
    spark: Spark | None = spark_of(weeks) if weeks else None
    return Cell(TREND, spark, why="" if spark else _("No weeks of its stars are known."))


def _figure_cell(figures: Mapping[str, Indicator] | None, key: str, figures_day: date | None) -> Cell:
    figure = (figures or {}).get(key)
    if figure is not None and figure.value is not None:
        return Cell(FIGURE, figure)
    return Cell(FIGURE, None, why=_why_unknown(figures, figure, figures_day))


def _why_unknown(figures: Mapping[str, Indicator] | None, figure: Indicator | None, figures_day: date | None) -> str:
    if figure is not None:
        return str(RefusalReason(figure.refusal).label)
    if figures_day is None:
        return _("There are no figures up to this day.")
    # What can be measured has all its figures, but for those that rest on published facts.
    return _("not computed") if figures else str(RefusalReason.NO_REPOSITORY.label)


def _catalogue_cell(row: dict[str, Any], column: TableColumn) -> Cell:
    value = row[column.path]
    if column.shown_as == CellKind.ADDRESS and value:
        return Cell(column.shown_as, value.split(SCHEME_SIGN)[-1].rstrip("/"), safe_url(value))
    if value and f"{column.path}_zh" in row:
        value = in_language(value, row[f"{column.path}_zh"], language=get_language())
    if value and column.key == "country":
        value = country_name(value)
    return Cell(column.shown_as, value, _url(row, column) if value else "")


def _url(row: dict[str, Any], column: TableColumn) -> str:
    match column.shown_as:
        case CellKind.ITEM:
            return reverse("item_detail", args=[row["item__slug"]])
        case CellKind.ORGANIZATION:
            return reverse("organization_detail", args=[row["organization__slug"]])
        case CellKind.PLACE:
            page = reverse("category_detail", args=[row["subcategory__category__slug"]])
            return page if column.key == "category" else f"{page}#{row['subcategory__slug']}"
        case _:
            return ""
