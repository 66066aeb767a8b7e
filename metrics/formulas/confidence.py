"""How far a figure's data can be trusted, as a grade with its reasons."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.formulas.results import FormulaInputError

VERSION = "confidence/2"


class Grade(StrEnum):
    """The grade of a score, A at best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Shortfall(StrEnum):
    """What keeps a grade down; each has its translated sentence where it is shown."""

    NEVER_MEASURED = "never_measured"
    GAPS = "gaps"
    STALE = "stale"
    ONE_SOURCE = "one_source"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a series: days wanted and measured in its window, its newest day's age, its sources.

    The newest day may lie before the window; its age is None where nothing was ever measured.
    """

    wanted_days: int
    measured_days: int
    age_days: int | None
    independent_sources: int


@dataclass(frozen=True, slots=True)
class Confidence:
    """A grade, the score of 0 to 1 it comes from, all that keeps it down, and ``n``, the measured days."""

    grade: Grade
    score: float
    reasons: tuple[Shortfall, ...]
    n: int
    version: str


# Age up to this many days, and what freshness it has; older than the last: 0.25.
FRESHNESS = ((3, 1.0), (7, 0.75), (30, 0.5))
OLD_FRESHNESS = 0.25
ONE_SOURCE_INDEPENDENCE = 0.8
FULL_COVERAGE = 0.95
GRADES = ((0.75, Grade.A), (0.5, Grade.B), (0.25, Grade.C))


def confidence(evidence: Evidence) -> Confidence:
    """Give the grade of coverage x freshness x independence: A from 0.75, B from 0.5, C from 0.25, else D.

    Coverage is measured / wanted days; freshness 1 up to 3 days of age, 0.75 to 7, 0.5 to 30, then 0.25; independence
    1 from two sources on that do not copy each other, 0.8 for one. Reasons name each factor below full (coverage:
    below 95 %), the first ones first. Nothing measured in the window gives D with score 0 and one reason: stale if something
    was measured before, else never measured.
    Raises ``FormulaInputError`` for no wanted days, more measured than wanted, a negative number, or an age or a source
    missing where something was measured.
    Source: ours; the thresholds of the grades are CLOMonitor's.
    """
    _require_sense(evidence)
    if evidence.measured_days == 0 or evidence.age_days is None:
        reason = Shortfall.NEVER_MEASURED if evidence.age_days is None else Shortfall.STALE
        return Confidence(Grade.D, 0.0, (reason,), 0, VERSION)
    coverage = evidence.measured_days / evidence.wanted_days
    freshness = _freshness(evidence.age_days)
    independence = ONE_SOURCE_INDEPENDENCE if evidence.independent_sources == 1 else 1.0
    score = coverage * freshness * independence
    short = {
        Shortfall.GAPS: coverage < FULL_COVERAGE,
        Shortfall.STALE: freshness < 1,
        Shortfall.ONE_SOURCE: independence < 1,
    }
    reasons = tuple(reason for reason, is_short in short.items() if is_short)
    return Confidence(_grade(score), score, reasons, evidence.measured_days, VERSION)


def _freshness(age_days: int) -> float:
    return next((freshness for up_to, freshness in FRESHNESS if age_days <= up_to), OLD_FRESHNESS)


def _grade(score: float) -> Grade:
    return next((grade for at_least, grade in GRADES if score >= at_least), Grade.D)


def _require_sense(evidence: Evidence) -> None:
    if not 0 <= evidence.measured_days <= evidence.wanted_days or evidence.wanted_days == 0:
        raise FormulaInputError("Measured days lie between none and all of the wanted ones, of which there are some.")
    if evidence.measured_days and (evidence.age_days is None or evidence.independent_sources < 1):
        raise FormulaInputError("What was measured has an age and a source.")
    if evidence.age_days is not None and evidence.age_days < 0:
        raise FormulaInputError("An age is never negative.")
