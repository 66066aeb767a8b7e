"""What differs between the landscape of two days, read from periods alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from projects.maturity_steps import maturity_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from projects.models.changes import ChangeKind


class Difference(models.TextChoices):
    """How an item differs between two days; one item can differ in several ways."""

    ENTERED = "entered", _("entered")
    LEFT = "left", _("left")
    MATURITY = "maturity", _("maturity changed")
    MOVED = "moved", _("moved")
    RENAMED = "renamed", _("renamed")


@dataclass(frozen=True, slots=True)
class CardState:
    """One card as the landscape showed it on a day."""

    name: str
    maturity: str
    category: str
    category_zh: str
    subcategory: str
    subcategory_zh: str


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One item that differs; ``before`` is None if it entered, ``after`` is None if it left."""

    slug: str
    before: CardState | None
    after: CardState | None

    @property
    def state(self) -> CardState:
        """The later state there is."""
        state = self.after or self.before
        assert state is not None  # noqa: S101  (a row has one side at least)
        return state

    @property
    def maturity_step(self) -> ChangeKind | None:
        """The kind of change of maturity; None if there is none, or one between words without an order."""
        if self.before is None or self.after is None:
            return None
        return maturity_step(self.before.maturity, self.after.maturity)

    @property
    def differences(self) -> frozenset[Difference]:
        """In which ways the two days differ for this item."""
        if self.before is None:
            return frozenset({Difference.ENTERED})
        if self.after is None:
            return frozenset({Difference.LEFT})
        pairs = {
            Difference.MATURITY: (self.before.maturity, self.after.maturity),
            Difference.MOVED: (_place(self.before), _place(self.after)),
            Difference.RENAMED: (self.before.name, self.after.name),
        }
        return frozenset(difference for difference, (before, after) in pairs.items() if before != after)


@dataclass(frozen=True, slots=True)
class LandscapeDiff:
    """Every item that differs between two instants, by name, and how many differ in which way."""

    rows: Sequence[DiffRow]
    counts: Counter[Difference]

    def only(self, difference: Difference) -> list[DiffRow]:
        """Rows that differ in one way."""
        return [row for row in self.rows if difference in row.differences]


# One pass over each day's cards: the GiST index on ``during`` gives them, a full join compares them.
_SQL = """
WITH a AS (SELECT item_id, name, maturity, subcategory_id FROM projects_itemperiod WHERE during @> %(start)s),
     b AS (SELECT item_id, name, maturity, subcategory_id FROM projects_itemperiod WHERE during @> %(end)s)
SELECT item.slug,
       a.item_id IS NOT NULL, a.name, a.maturity, ac.name, ac.name_zh, asub.name, asub.name_zh,
       b.item_id IS NOT NULL, b.name, b.maturity, bc.name, bc.name_zh, bsub.name, bsub.name_zh
FROM a FULL JOIN b USING (item_id)
JOIN projects_item item ON item.id = item_id
LEFT JOIN projects_subcategory asub ON asub.id = a.subcategory_id
LEFT JOIN projects_category ac ON ac.id = asub.category_id
LEFT JOIN projects_subcategory bsub ON bsub.id = b.subcategory_id
LEFT JOIN projects_category bc ON bc.id = bsub.category_id
WHERE (a.name, a.maturity, a.subcategory_id) IS DISTINCT FROM (b.name, b.maturity, b.subcategory_id)
ORDER BY lower(coalesce(b.name, a.name)), item.slug
"""


def landscape_diff(start: datetime, end: datetime) -> LandscapeDiff:
    """Compare the landscape at two instants (UTC); one query, equal instants give nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"start": start, "end": end})
        rows = [_row(record) for record in cursor.fetchall()]
    return LandscapeDiff(rows, Counter(difference for row in rows for difference in row.differences))


def _row(record: tuple[Any, ...]) -> DiffRow:
    slug, was_there, *states = record
    before, is_there, after = states[:6], states[6], states[7:]
    return DiffRow(slug, CardState(*before) if was_there else None, CardState(*after) if is_there else None)


def _place(state: CardState) -> tuple[str, str]:
    return state.category, state.subcategory
