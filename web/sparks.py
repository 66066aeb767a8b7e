"""Small charts of the stars that an item gained week by week, with the sentence that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from web.charts.sparks import spark_path

if TYPE_CHECKING:
    from metrics.sparklines import WeeklyStars


@dataclass(frozen=True, slots=True)
class Spark:
    """A line for ``partials/_spark.html``, and its words."""

    path: str
    label: str


def spark_of(weeks: WeeklyStars) -> Spark:
    """Draw the weeks of a year."""
    words = {"number": f"{weeks.total:,}", "day": format_date(weeks.last_on, pgettext("date format", "j F Y"))}
    label = _("%(number)s stars gained in the weeks of the year to %(day)s") % words
    return Spark(spark_path(weeks.gains), label)
