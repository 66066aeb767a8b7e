"""Series for the tests of formulas."""

from datetime import date, timedelta

DAY = date(2025, 12, 31)


def before(days, day=DAY):
    """Give the day so many days before ``day``."""
    return day - timedelta(days=days)


def daily(values, *, last_on=DAY):
    """Give a point a day, the last one on ``last_on``."""
    return [(before(len(values) - 1 - position, last_on), value) for position, value in enumerate(values)]


def aged(counts):
    """Give points from counts by their age in days."""
    return [(before(age), counts[age]) for age in sorted(counts, reverse=True)]
