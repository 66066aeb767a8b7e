"""What a formula gives: a value with all it rests on, or the refusal with its reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Reason(StrEnum):
    """Why a figure is refused; each has its translated sentence where figures are stored."""

    NO_REPOSITORY = "no_repository"
    NOT_MEASURED = "not_measured"
    TOO_FEW_POINTS = "too_few_points"
    TOO_SHORT = "too_short"
    SERIES_BREAK = "series_break"
    BELOW_FLOOR = "below_floor"
    TOO_FEW_PEERS = "too_few_peers"
    UNKNOWN_SHARE = "unknown_share"
    STALE = "stale"
    NEGATIVE = "negative"


class IntervalKind(StrEnum):
    """What an interval promises."""

    # Covers the truth in 95 of 100 cases, by the assumptions its formula states.
    CONFIDENCE_95 = "confidence_95"
    # What the value could be at the least and at the most, whatever the unknown part is.
    BOUNDS = "bounds"


@dataclass(frozen=True, slots=True)
class Interval:
    """The range around a value, in the value's unit; ``low <= value <= high``."""

    low: float
    high: float
    kind: IntervalKind = IntervalKind.CONFIDENCE_95


@dataclass(frozen=True, slots=True)
class Value:
    """A figure and what it rests on.

    ``n`` counts what the formula says it counts; ``window_days`` is the window asked for (0: none),
    ``start_on`` and ``end_on`` the UTC days really used, where the formula chose them.
    """

    value: float
    n: int
    version: str
    window_days: int = 0
    interval: Interval | None = None
    start_on: date | None = None
    end_on: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """No figure, and why; ``n`` counts what there was."""

    reason: Reason
    n: int
    version: str
    window_days: int = 0


Result: TypeAlias = Value | Refusal


class FormulaInputError(ValueError):
    """The input is one no measurement can give; the caller is wrong, not the data."""
