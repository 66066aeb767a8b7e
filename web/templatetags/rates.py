"""Base rates as the pages show them: the share with its interval, or why there is none."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from metrics.formulas.cumulative_incidence import LEAST_SIZE
from metrics.formulas.results import Interval, Reason, Result, Value

register = template.Library()


def why_not(result: Result) -> str:
    """Say why there is no share; "" for a share."""
    if isinstance(result, Value):
        return ""
    if result.reason == Reason.NOT_MEASURED:
        return _("There is nobody to count.")
    return _(
        "Too few could be followed for so long: one more that left would change the share by more than %(points)d points."
    ) % {"points": 100 // LEAST_SIZE}


@register.filter
def rate_share(result: Result) -> str:
    """Return "21.6 %", or a dash with its reason."""
    if isinstance(result, Value):
        return f"{result.value * 100:.1f} %"
    why = why_not(result)
    return format_html('<span class="unknown" title="{}">–<span class="visually-hidden"> {}</span></span>', why, why)


@register.filter
def rate_interval(result: Result) -> str:
    """Return the 95 % interval, "15.8–28.0 %"; "" where there is none."""
    return interval_text(result.interval) if isinstance(result, Value) and result.interval else ""


def interval_text(interval: Interval) -> str:
    """Write an interval of shares: "15.8–28.0 %"."""
    return f"{interval.low * 100:.1f}–{interval.high * 100:.1f} %"


@register.filter
def percentile_number(result: Result) -> str:
    """Return a percentile as "72", from 1 to 99 since no project is above itself; or a dash with its reason."""
    if isinstance(result, Value):
        return str(min(max(round(result.value), 1), 99))
    why = _("There are too few peers to compare with.")
    return format_html('<span class="unknown" title="{}">–<span class="visually-hidden"> {}</span></span>', why, why)
