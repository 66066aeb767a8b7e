"""Computed figures of one day."""

from datetime import date

from metrics.models import Indicator

DAY = date(2026, 11, 21)


def figure(of, metric, value=None, *, window_days=0, **values):
    values = {"day": DAY, "n": 31, "version": "test/1"} | values
    Indicator.objects.create(item=of, metric=metric, window_days=window_days, value=value, **values)
