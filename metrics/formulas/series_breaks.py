"""Where a series stops being one series: what must never be read across."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from metrics.formulas.results import FormulaInputError

VERSION = "series-breaks/1"

# The share and the number a count must fall by, between neighbouring points, to be a break and not people leaving.
LEAST_FALL_SHARE = 0.03
LEAST_FALL = 10
# A fall to under half that is made good in one step, to nine tenths at least, was an error of the source.
DEEP_FALL_SHARE = 0.5
RECOVERY_SHARE = 0.9
# A day on which at least this share of at least so many subjects repeats the day before was not measured anew.
STALE_SHARE = 0.95
LEAST_SUBJECTS = 20

# On this day the landscape's own GitHub figures began to count contributors another way (Kubernetes 2,587 -> 3,425).
CONTRIBUTORS_COUNTED_ANEW_ON = date(2020, 7, 1)


class BreakReason(StrEnum):
    """Why a series breaks; each has its translated sentence where it is shown."""

    REPOSITORY_SWAP = "repository_swap"
    COUNTING_CHANGE = "counting_change"
    SUDDEN_FALL = "sudden_fall"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Observation:
    """A count on a UTC day, None if unknown, and whose it is: the repository's id, None if unknown.

    Where only an address is known it serves too, but makes a renamed repository look like another one.
    """

    day: date
    value: int | None
    repository: Hashable = None


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A break: the first day of the new series, the last known day of the old one, and why."""

    day: date
    last_day: date
    reason: BreakReason


def find_breaks(
    observations: Sequence[Observation], *, counting_changes: Collection[date] = ()
) -> tuple[SeriesBreak, ...]:
    """Give the breaks of a series in order of day, one a day at most; unknown counts are passed over.

    Between neighbouring known counts, in this order: another repository; a counting change (a day of
    ``counting_changes`` after the earlier and up to the later one); a recovery (after a fall to under half, back in one
    step to at least 90 % of the level before it); a sudden fall (by 3 % or more and by 10 or more). Empty input gives
    none. Raises ``FormulaInputError`` if the days do not ascend strictly.
    Source: ours, from the landscape's figures of 2018 to 2020 (Linkerd's second repository, RethinkDB's wrong months).
    """
    if any(later.day <= earlier.day for earlier, later in pairwise(observations)):
        raise FormulaInputError("The days of a series must ascend, each once.")
    found = []
    lost_level: int | None = None
    for earlier, later in pairwise(_known(observations)):
        reason = _reason(earlier, later, counting_changes=counting_changes, lost_level=lost_level)
        if reason is not None:
            found.append(SeriesBreak(later.day, earlier.day, reason))
            fell_deep = reason == BreakReason.SUDDEN_FALL and later.value < DEEP_FALL_SHARE * earlier.value
            lost_level = earlier.value if fell_deep else None
    return tuple(found)


def is_stale_repeat(previous: Mapping[Hashable, int], current: Mapping[Hashable, int]) -> bool:
    """Tell whether a set of counts only repeats the one before: at least 95 % of at least 20 shared subjects equal.

    Such a day was published, not observed: its counts belong to the earlier day and are to be stored as unknown. It
    asks for sets observed days apart; over one night most small repositories truly stay as they were. Empty input
    gives False. Source: ours (2020-11-24 repeats 2020-10-24 in 396 of 397 items).
    """
    shared = previous.keys() & current.keys()
    equal = sum(previous[subject] == current[subject] for subject in shared)
    return len(shared) >= LEAST_SUBJECTS and equal >= STALE_SHARE * len(shared)


@dataclass(frozen=True, slots=True)
class _Known:
    day: date
    value: int
    repository: Hashable


def _known(observations: Sequence[Observation]) -> list[_Known]:
    return [_Known(seen.day, seen.value, seen.repository) for seen in observations if seen.value is not None]


def _reason(
    earlier: _Known, later: _Known, *, counting_changes: Collection[date], lost_level: int | None
) -> BreakReason | None:
    if None not in {earlier.repository, later.repository} and earlier.repository != later.repository:
        return BreakReason.REPOSITORY_SWAP
    if any(earlier.day < day <= later.day for day in counting_changes):
        return BreakReason.COUNTING_CHANGE
    # A series that crept back in small steps is no recovery: the last step must start from under half.
    if (
        lost_level is not None
        and earlier.value < DEEP_FALL_SHARE * lost_level
        and later.value >= RECOVERY_SHARE * lost_level
    ):
        return BreakReason.RECOVERY
    fall = earlier.value - later.value
    if fall >= LEAST_FALL and fall >= LEAST_FALL_SHARE * earlier.value:
        return BreakReason.SUDDEN_FALL
    return None
