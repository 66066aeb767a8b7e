"""On how few people or organizations something rests; who is unknown is kept apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from metrics.formulas.results import FormulaInputError, Interval, IntervalKind, Reason, Refusal, Result, Value

ABSENCE_VERSION = "contributor-absence/1"
ELEPHANT_VERSION = "elephant/1"
LARGEST_VERSION = "largest-share/1"
HHI_VERSION = "hhi/1"

# With more than half unknown the unknown would be the answer.
MOST_UNKNOWN_SHARE = 0.5
HIGHEST_HHI = 10_000


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many people (or contributions) each organization has.

    ``unknown`` have an organization that is not known; ``alone`` belong to none, so each stands for itself.
    """

    known: Sequence[int]
    unknown: int = 0
    alone: int = 0


class Guideline(StrEnum):
    """Whose thresholds name a concentration (US Department of Justice and FTC, merger guidelines)."""

    US_2010 = "us_2010"
    US_2023 = "us_2023"


class Concentration(StrEnum):
    """How concentrated, in a guideline's words; shares of stars or maintainers are not market shares."""

    UNCONCENTRATED = "unconcentrated"
    MODERATE = "moderate"
    HIGH = "high"


# From the first on moderate, above the second high.
THRESHOLDS = {Guideline.US_2010: (1500, 2500), Guideline.US_2023: (1000, 1800)}


def absence_factor(contributions: Sequence[int]) -> Result:
    """Give the least number of people whose contributions make up half of all; larger rests on more people.

    ``n`` is the number of people with contributions. Refused: not measured for empty input, below floor when all are 0.
    Raises ``FormulaInputError`` for a negative contribution.
    Source: CHAOSS Contributor Absence Factor (https://chaoss.community/?p=3944).
    """
    _require_counts(contributions)
    present = [count for count in contributions if count]
    if not present:
        reason = Reason.BELOW_FLOOR if contributions else Reason.NOT_MEASURED
        return Refusal(reason, 0, ABSENCE_VERSION)
    return Value(float(_fewest_for_half(present)), len(present), ABSENCE_VERSION)


def elephant_factor(holdings: Holdings) -> Result:
    """Give the least number of organizations that make up half; larger rests on more organizations.

    The unknown count as one organization in the value; the bounds take them all as the largest one's, and each as
    another's. ``n`` is the total with the unknown. Refused: not measured for empty input or all 0, unknown share when
    over half are unknown. Raises ``FormulaInputError`` for a negative count.
    Source: CHAOSS Elephant Factor (https://chaoss.community/?p=3940); its text calls a high factor reliant on few in
    one sentence, against its own formula.
    """
    return _bounded(holdings, lambda counts: float(_fewest_for_half(counts)), ELEPHANT_VERSION)


def largest_share(holdings: Holdings) -> Result:
    """Give the largest known organization's share of all, 0 to 1.

    The bounds take none and all of the unknown as its own. ``n``, refusals and errors as in ``elephant_factor``.
    Source: ours.
    """
    refusal = _refusal(holdings, LARGEST_VERSION)
    if refusal is not None:
        return refusal
    total = _total(holdings)
    largest = max([*holdings.known, min(1, holdings.alone)])
    bounds = Interval(largest / total, (largest + holdings.unknown) / total, IntervalKind.BOUNDS)
    return Value(largest / total, total, LARGEST_VERSION, interval=bounds)


def hhi(holdings: Holdings) -> Result:
    """Give the Herfindahl-Hirschman index, the sum of squared percentages: above 0 to 10,000, one organization alone.

    Unknown, bounds, ``n``, refusals and errors as in ``elephant_factor``.
    Source: US merger guidelines 2010 and 2023 (section 2.1); see ``concentration_of`` for their words.
    """
    return _bounded(holdings, _squared_percentages, HHI_VERSION)


def concentration_of(index: float, *, guideline: Guideline) -> Concentration:
    """Give the guideline's word for an HHI of 0 to 10,000: 2010 moderate from 1,500, high above 2,500; 2023 1,000, 1,800.

    Raises ``FormulaInputError`` outside 0 to 10,000. Source: US merger guidelines 2010 (5.3) and 2023 (2.1).
    """
    if not 0 <= index <= HIGHEST_HHI:
        raise FormulaInputError("An HHI lies between 0 and 10,000.")
    moderate_from, high_above = THRESHOLDS[guideline]
    if index > high_above:
        return Concentration.HIGH
    return Concentration.MODERATE if index >= moderate_from else Concentration.UNCONCENTRATED


def _bounded(holdings: Holdings, figure: Callable[[Sequence[int]], float], version: str) -> Result:
    """Give ``figure`` with the unknown as one class, and between the unknown as the largest's and each as another's."""
    refusal = _refusal(holdings, version)
    if refusal is not None:
        return refusal
    named = sorted([*holdings.known, *[1] * holdings.alone], reverse=True)
    as_largest = [named[0] + holdings.unknown, *named[1:]]
    ends = [figure(as_largest), figure([*named, *[1] * holdings.unknown])]
    bounds = Interval(min(ends), max(ends), IntervalKind.BOUNDS)
    return Value(figure([*named, holdings.unknown]), _total(holdings), version, interval=bounds)


def _refusal(holdings: Holdings, version: str) -> Refusal | None:
    _require_counts([*holdings.known, holdings.unknown, holdings.alone])
    total = _total(holdings)
    if total == 0:
        return Refusal(Reason.NOT_MEASURED, 0, version)
    if holdings.unknown / total > MOST_UNKNOWN_SHARE:
        return Refusal(Reason.UNKNOWN_SHARE, total, version)
    return None


def _total(holdings: Holdings) -> int:
    return sum(holdings.known) + holdings.unknown + holdings.alone


def _fewest_for_half(counts: Sequence[int]) -> int:
    half, reached, fewest = sum(counts) / 2, 0, 0
    for count in sorted(counts, reverse=True):
        if reached >= half:
            break
        reached, fewest = reached + count, fewest + 1
    return fewest


def _squared_percentages(counts: Sequence[int]) -> float:
    total = sum(counts)
    # The squares are added as integers, so that the order of the counts cannot show.
    return HIGHEST_HHI * sum(count * count for count in counts) / (total * total)


def _require_counts(counts: Sequence[int]) -> None:
    if any(count < 0 for count in counts):
        raise FormulaInputError("A count is never negative.")
