"""What a column of the screener is: its name, its unit, and where its values are from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from metrics.models import Metric


class Group(TextChoices):
    """Columns that belong together."""

    CATALOGUE = "catalogue", _("Catalogue")
    STAGE = "stage", _("Stage")
    ATTENTION = "attention", _("Attention")
    ACTIVITY = "activity", _("Activity")
    PEOPLE = "people", _("People")
    ADOPTION = "adoption", _("Adoption")
    MONEY = "money", pgettext_lazy("columns", "Money")
    LAYERS = "layers", _("Layers")
    DATA = "data", _("Data")


class Kind(StrEnum):
    """What a column's values are, which decides how it is filtered, shown and written to files.

    Stored: numbers, days and months as numbers, percentages as fractions (0.05 is 5 %), USD as floats, a day as a date,
    a choice as its slug, yes and no as booleans; unknown is None.
    """

    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    USD = "usd"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"

    @property
    def is_bounded(self) -> bool:
        """Whether its values lie between a least and a greatest one, so that bounds and percentiles have a meaning."""
        return self not in {Kind.CHOICE, Kind.YES_NO, Kind.TEXT}

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.is_bounded and self is not Kind.DAY


UNKNOWN = _("unknown")


@dataclass(frozen=True, slots=True)
class Column:
    """A column under the name that addresses know it by.

    ``basis`` is the formula's version or the source. ``metric`` and ``window_days`` name the stored figure that it
    shows, if it does. ``is_change``: shown with its sign; ``is_rank``: a place
    or a year, which no percentile is made of. ``unknown`` says why a value is missing, where nothing
    more exact is known.
    """

    key: str
    label: StrOrPromise
    group: Group
    kind: Kind
    definition: StrOrPromise
    basis: StrOrPromise
    unknown: StrOrPromise = UNKNOWN
    digits: int = 0
    is_change: bool = False
    is_rank: bool = False
    metric: Metric | None = None
    window_days: int = 0
