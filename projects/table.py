"""The catalogue as one table: which columns there are, and its rows at an instant in any order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from projects.models import ItemKind, StageDeclaration
from projects.name_order import name_order
from projects.querysets.items import MATURITY_PLACES, OTHER_WORDS_PLACE, maturity_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db.models import OrderBy
    from django.utils.functional import _StrPromise

    from projects.models import ItemPeriod
    from projects.querysets.periods import ItemPeriodQuerySet

    Expression = Callable[[datetime], Any]


class CellKind(StrEnum):
    """How a column's values are shown."""

    TEXT = "text"
    ITEM = "item"
    PLACE = "place"
    ORGANIZATION = "organization"
    MATURITY = "maturity"
    KIND = "kind"
    DAY = "day"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: ``path`` is its lookup on a period, or the name of its ``expression`` (of the instant)."""

    key: str
    label: str | _StrPromise
    path: str
    shown_as: CellKind = CellKind.TEXT
    is_default: bool = False
    expression: Expression | None = None


def _declared(stage: str) -> Expression:
    """The date that was declared for a stage, as last said by an instant."""

    def expression(instant: datetime) -> Any:
        said = StageDeclaration.objects.filter(item=OuterRef("item"), stage=stage, during__startswith__lte=instant)
        return Subquery(said.order_by("-during").values("declared_on")[:1])

    return expression


def _left_at(instant: datetime) -> Any:
    return Case(When(during__endswith__lte=instant, then=F("during__endswith")))


def _said(key: str) -> Expression:
    return lambda _instant: KeyTextTransform(key, "extra")


# fmt: off
COLUMNS = {column.key: column for column in (
    TableColumn("name", _("Name"), "name", CellKind.ITEM, is_default=True),
    TableColumn("category", _("Category"), "subcategory__category__name", CellKind.PLACE, is_default=True),
    TableColumn("subcategory", _("Section"), "subcategory__name", CellKind.PLACE, is_default=True),
    TableColumn("maturity", _("Maturity"), "maturity", CellKind.MATURITY, is_default=True),
    TableColumn("organization", _("Organization"), "organization__name", CellKind.ORGANIZATION, is_default=True),
    TableColumn("kind", _("Kind"), "kind", CellKind.KIND),
    TableColumn("license", _("Licence"), "license"),
    TableColumn("repository", _("Repository"), "repository_url", CellKind.ADDRESS),
    TableColumn("homepage", _("Homepage"), "homepage_url", CellKind.ADDRESS, expression=_said("homepage_url")),
    TableColumn("country", _("Country"), "organization__country"),
    TableColumn("listed", _("Listed"), "item__listed_at", CellKind.DAY, is_default=True),
    TableColumn("left", _("Left"), "left_at", CellKind.DAY, expression=_left_at),
    TableColumn("joined", _("Joined (declared)"), "item__joined_on", CellKind.DAY),
    TableColumn("accepted", _("Accepted (declared)"), "accepted_on", CellKind.DAY, expression=_declared("accepted")),
    TableColumn("incubating", _("Incubating (declared)"), "incubating_on", CellKind.DAY, expression=_declared("incubating")),
    TableColumn("graduated", _("Graduated (declared)"), "graduated_on", CellKind.DAY, expression=_declared("graduated")),
    TableColumn("archived", _("Archived (declared)"), "archived_on", CellKind.DAY, expression=_declared("archived")),
    TableColumn("project", _("Project"), "project__slug"),
    TableColumn("summary", _("Summary"), "item__summary"),
    TableColumn("slug", _("Slug"), "item__slug"),
)}
# fmt: on
DEFAULT_COLUMNS = tuple(column.key for column in COLUMNS.values() if column.is_default)
# Kinds in the order in which an analyst looks for them, after what is hosted.
KIND_PLACES = {ItemKind.OPEN_SOURCE: 0, ItemKind.PRODUCT: 0, ItemKind.PARTNER: 1, ItemKind.MEMBER: 2}
# What links and translations beside the values need.
COMPANIONS = (
    "item_id",
    "item__slug",
    "organization__slug",
    "organization__name_zh",
    "subcategory__slug",
    "subcategory__name_zh",
    "subcategory__category__slug",
    "subcategory__category__name_zh",
    "item__summary_zh",
)


def table_rows(
    periods: ItemPeriodQuerySet, instant: datetime, *, columns: Sequence[str], sort: str, order: Sequence[OrderBy] = ()
) -> QuerySet[ItemPeriod, dict[str, Any]]:
    """Return the rows of periods as dictionaries: the columns' paths, then ``COMPANIONS``.

    ``sort`` is a column's key, with "-" before it for descending; what is unknown comes last either way. "" is hosted
    projects first, the furthest before others, then what else is software, and members last. ``order``
    takes the place of both, for what is known of items elsewhere; what is equal then is ordered by slug.
    """
    chosen = [COLUMNS[key] for key in columns]
    sorted_by = COLUMNS.get(sort.removeprefix("-"))
    wanted = {column.path: column for column in (*chosen, sorted_by) if column}
    expressions = {path: column.expression(instant) for path, column in wanted.items() if column.expression}
    rows = periods.annotate(**expressions)
    own = _order(sorted_by, descending=sort.startswith("-")) if sorted_by else (maturity_place(), _kind_place())
    rows = rows.order_by(*order, *(() if order else (*own, name_order())), "item__slug")
    values: QuerySet[ItemPeriod, dict[str, Any]] = rows.values(
        *dict.fromkeys([*(column.path for column in chosen), *COMPANIONS])
    )
    return values


def _order(column: TableColumn, *, descending: bool) -> tuple[Any, ...]:
    if column.shown_as == CellKind.MATURITY:
        key: Any = _ladder_place()
    elif column.shown_as == CellKind.DAY:
        key = F(column.path)
    else:
        key = Case(When(**{column.path: ""}, then=None), default=name_order(column.path))
    order = key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)
    return (order,)


def _kind_place() -> Case:
    return Case(*(When(kind=kind, then=Value(place)) for kind, place in KIND_PLACES.items()), default=Value(0))


def _ladder_place() -> Case:
    """The place of a maturity on the ladder; NULL for what is not hosted."""
    places = {word: place for word, place in MATURITY_PLACES.items() if word}
    return Case(
        *(When(maturity=word, then=Value(place)) for word, place in places.items()),
        When(maturity="", then=None),
        default=Value(OTHER_WORDS_PLACE),
    )
