"""The essay's statements: by group, with where each is answered and what the data say of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from knowledge.homes import homes_of
from knowledge.models import Statement, StatementStatus
from projects.as_of import periods_at, version_at
from projects.landscape_counts import landscape_counts
from projects.models import Maturity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from knowledge.homes import Home
    from projects.models import LandscapeVersion

PREFIX = re.compile(r"[A-Z]+")
INCONSISTENCIES = "INC"
# What the letters of an id stand for, in the essay's order.
GROUPS: Mapping[str, StrOrPromise] = {
    "INC": _("Inconsistencies"),
    "DOC": _("The document"),
    "Q": _("Questions"),
    "DEF": _("Definitions"),
    "N": _("Numbers of the landscape"),
    "TM": _("Trail Map"),
    "MOD": _("Modules"),
    "LAY": _("Investment layers"),
    "OPP": _("Opportunities"),
    "DIS": _("Displacements"),
    "CRI": _("Criteria"),
    "CHN": _("China"),
    "COR": _("Core statements"),
    "LES": _("Lessons"),
    "P": _("Projects and products"),
    "C": _("Companies"),
    "F": _("Funding rounds"),
    "A": _("Acquisitions"),
    "V": _("Listings and valuations"),
    "R": _("Revenue and use"),
    "H": _("People"),
    "T": _("Timeline"),
    "S": _("Forecasts and statistics"),
    "X": _("Comparisons"),
    "L": _("Lists of traits"),
    "AN": _("Analogies"),
    "CS": _("Case studies"),
    "REF": _("References"),
    "PIC": _("Pictures"),
    "MISC": _("Further statements"),
}
# When the essay's author counted the landscape: the only version with the 1381 cards that he names was in force.
COUNTED_AT = datetime(2020, 4, 25, 12, tzinfo=UTC)
CHINESE_SEATS = ("CN", "TW", "HK", "MO")


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """What the data say to a statement: a count of the landscape at ``at``; ``unknown`` cards have no known country."""

    value: int
    at: datetime
    unknown: int | None = None


@dataclass(frozen=True, slots=True)
class AnsweredStatement:
    """A statement with its home, and the figure that our own data give for it, if one can be computed."""

    statement: Statement
    home: Home
    counted: CountedFigure | None


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """Statements of one group in their order."""

    key: str
    label: StrOrPromise
    statements: Sequence[AnsweredStatement]


@dataclass(frozen=True, slots=True)
class Essay:
    """The statements asked for, and how many there are in all by group and by status."""

    groups: Sequence[StatementGroup]
    by_group: Mapping[str, int]
    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """All statements, whatever is asked for."""
        return sum(self.by_group.values())

    @property
    def shown(self) -> int:
        """The statements asked for."""
        return sum(len(group.statements) for group in self.groups)


def group_of(code: str) -> str:
    """Return the letters of an id: "DEF" of "DEF-25"."""
    found = PREFIX.match(code)
    return found.group() if found else ""


def read_essay(*, group: str = "", status: str = "") -> Essay:
    """Return the statements of a group and a status, empty: of all; at most eighteen queries however many there are."""
    every = list(Statement.objects.order_by("position", "pk"))
    asked = [
        row for row in every if (not group or group_of(row.code) == group) and (not status or row.status == status)
    ]
    homes = homes_of({row.home for row in asked})
    counted = counted_figures() if any(group_of(row.code) == "N" for row in asked) else {}
    by_group: dict[str, list[AnsweredStatement]] = {}
    for row in asked:
        answered = AnsweredStatement(row, homes[row.home], counted.get(row.code))
        by_group.setdefault(group_of(row.code), []).append(answered)
    order = [*GROUPS, *sorted(set(by_group) - set(GROUPS))]
    return Essay(
        [StatementGroup(key, GROUPS.get(key, key), by_group[key]) for key in order if key in by_group],
        Counter(group_of(row.code) for row in every),
        {choice: sum(row.status == choice for row in every) for choice in StatementStatus.values},
    )


def counted_version() -> LandscapeVersion | None:
    """Return the version that the essay's figures are compared with; one query."""
    return version_at(COUNTED_AT)


def counted_figures() -> dict[str, CountedFigure]:
    """Count what the essay counts, by the statement's id; six queries. Empty where the history does not reach back."""
    if counted_version() is None:
        return {}
    counts = landscape_counts(COUNTED_AT)
    hosted = counts.hosted_projects
    unarchived = sum(number for word, number in hosted.items() if word != Maturity.ARCHIVED)
    seats = Counter(periods_at(COUNTED_AT).order_by().values_list("organization__country", flat=True))
    figures = {
        "N-02": unarchived,
        "N-03": hosted[Maturity.GRADUATED],
        "N-04": hosted[Maturity.INCUBATING],
        "N-05": hosted[Maturity.SANDBOX],
        "N-06": counts.items,
        "N-07": counts.subcategories,
        "N-08": counts.categories,
    }
    found = {code: CountedFigure(value, COUNTED_AT) for code, value in figures.items()}
    unknown = sum(number for country, number in seats.items() if not country)
    found["N-09"] = CountedFigure(sum(seats[code] for code in CHINESE_SEATS), COUNTED_AT, unknown)
    return found
