"""The rows of the screener's matrix, and what a reader fills in for one column."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from projects.as_of import periods_at
from projects.models import ItemOrganization, ItemRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from projects.as_of import AsOf

# A month, as everywhere on this site.
DAYS_OF_MONTH = 365.25 / 12

PERIOD_COLUMNS = (
    "item_id",
    "item__slug",
    "name",
    "kind",
    "maturity",
    "license",
    "repository_url",
    "during",
    "item__listed_at",
    "subcategory_id",
    "subcategory__slug",
    "subcategory__name",
    "subcategory__name_zh",
    "subcategory__position",
    "subcategory__category__slug",
    "subcategory__category__name",
    "subcategory__category__name_zh",
    "subcategory__category__position",
    "organization__name",
    "organization__name_zh",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a choice as readers of either language know it."""

    label: str
    label_zh: str = ""


@dataclass(slots=True)
class Cells:
    """One column: a value for each row, None where unknown; ``reasons`` and ``intervals`` by row where there are any.

    ``choices`` gives the words of each value that may occur, in the order in which they sort.
    """

    values: list[Any]
    reasons: dict[int, str] = field(default_factory=dict)
    intervals: dict[int, tuple[float, float]] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Maker:
    """An organization that makes an item or that it comes from."""

    organization_id: int
    name: str
    country: str
    role: str


@dataclass(frozen=True)
class Rows:
    """The items of an instant, those that had left included, by slug; each is what its period said."""

    as_of: AsOf
    periods: Sequence[Mapping[str, Any]]
    makers: Mapping[int, Sequence[Maker]]

    @property
    def instant(self) -> datetime:
        """The instant asked about (UTC)."""
        return self.as_of.instant

    @property
    def day(self) -> date:
        """The day asked about (UTC)."""
        return self.as_of.day

    @cached_property
    def index(self) -> Mapping[int, int]:
        """The row of each item."""
        return {period["item_id"]: row for row, period in enumerate(self.periods)}

    def empty(self) -> Cells:
        """Give a column that is unknown everywhere."""
        return Cells([None] * len(self.periods))

    def column(self, values: Mapping[int, Any]) -> Cells:
        """Give a column from values by item; unknown for the others."""
        return Cells([values.get(period["item_id"]) for period in self.periods])


def read_rows(as_of: AsOf) -> Rows:
    """Read the items of an instant; two queries."""
    periods = periods_at(as_of.instant, include_delisted=True).order_by("item__slug", "pk").values(*PERIOD_COLUMNS)
    return Rows(as_of, list(periods), _makers())


def _makers() -> Mapping[int, Sequence[Maker]]:
    found: dict[int, list[Maker]] = {}
    parts = ItemOrganization.objects.exclude(role=ItemRole.STEWARD).order_by("role", "organization__name", "pk")
    columns: Iterable[Any] = parts.values_list(
        "item_id", "organization_id", "organization__name", "organization__country", "role"
    )
    for item, *maker in columns:
        found.setdefault(item, []).append(Maker(*maker))
    return found


def months_between_days(first: date, last: date) -> float:
    """Return the months of 365.25 / 12 days between two days, negative if the last comes first."""
    return (last - first).days / DAYS_OF_MONTH
