"""How lately and how often something was released or pushed."""

from collections.abc import Sequence
from datetime import date

from metrics.formulas.results import Reason, Refusal, Result, Value

RECENCY_VERSION = "recency/1"
FREQUENCY_VERSION = "release-frequency/1"


def days_since(days: Sequence[date], *, as_of: date) -> Result:
    """Give the days from the latest of ``days`` up to ``as_of``: 0 is the same day; UTC days, in any order.

    Days after ``as_of`` had not happened yet and are left out; ``n`` counts the others. Which releases are given (with
    or without pre-releases) is the caller's choice; a single latest day is enough.
    Refused: below floor when nothing had happened yet (also for empty input).
    Source: CHAOSS Release Frequency.
    """
    past = [day for day in days if day <= as_of]
    if not past:
        return Refusal(Reason.BELOW_FLOOR, 0, RECENCY_VERSION)
    latest = max(past)
    return Value(float((as_of - latest).days), len(past), RECENCY_VERSION, start_on=latest, end_on=as_of)


def release_frequency(days: Sequence[date] | None, *, window_days: int, as_of: date) -> Result:
    """Give how many of ``days`` lie in the ``window_days`` that end with ``as_of``, that day included.

    Two on one day count twice. An empty sequence gives 0; None, the releases are not known, is refused as not measured.
    ``n`` is the count. Source: CHAOSS Release Frequency.
    """
    if days is None:
        return Refusal(Reason.NOT_MEASURED, 0, FREQUENCY_VERSION, window_days)
    count = sum(0 <= (as_of - day).days < window_days for day in days)
    return Value(float(count), count, FREQUENCY_VERSION, window_days, end_on=as_of)
