"""Dates as people write them when they know only a part: ``2019``, ``2019-Q3``, ``2019-08``, ``2019-08-14``."""

import re
from datetime import date, timedelta

from market.models.vocabulary import DatePrecision

_WRITTEN = re.compile(r"(?P<year>[12]\d{3})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?")
MONTHS_OF_QUARTER = 3


def parse_partial_date(text: str) -> tuple[date, DatePrecision]:
    """Return the first day of what is written, and how exact it is; raises ValueError for what is no date."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise ValueError(f"'{text}' is no date; write 2019, 2019-Q3, 2019-08 or 2019-08-14")
    year, day = int(written["year"]), int(written["day"] or 1)
    month = int(written["month"] or 1)
    if written["quarter"]:
        month = MONTHS_OF_QUARTER * (int(written["quarter"]) - 1) + 1
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise ValueError(f"'{text}' is no day of the calendar") from error
    return found, _precision(written)


def _precision(written: re.Match[str]) -> DatePrecision:
    if written["day"]:
        return DatePrecision.DAY
    if written["month"]:
        return DatePrecision.MONTH
    return DatePrecision.QUARTER if written["quarter"] else DatePrecision.YEAR


def partial_date_text(day: date, precision: str) -> str:
    """Write a date as exactly as it is known: the inverse of ``parse_partial_date``."""
    if precision == DatePrecision.YEAR:
        return f"{day.year:04}"
    if precision == DatePrecision.QUARTER:
        return f"{day.year:04}-Q{(day.month - 1) // MONTHS_OF_QUARTER + 1}"
    if precision == DatePrecision.MONTH:
        return f"{day.year:04}-{day.month:02}"
    return day.isoformat()


def last_day(day: date, precision: str) -> date:
    """Return the last day that a date of this precision can mean: 2019 may be 2019-12-31."""
    months = {DatePrecision.YEAR: 12, DatePrecision.QUARTER: MONTHS_OF_QUARTER, DatePrecision.MONTH: 1}.get(
        DatePrecision(precision), 0
    )
    if not months:
        return day
    index = day.month - 1 + months
    return date(day.year + index // 12, index % 12 + 1, 1) - timedelta(days=1)


def is_exact_to_month(precision: str) -> bool:
    """Tell whether months can be counted from a date of this precision."""
    return precision in {DatePrecision.DAY, DatePrecision.MONTH}
