"""Computed figures as the pages show them: the value in its unit, or why it is refused."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from metrics.formulas.confidence import Shortfall
from metrics.formulas.results import Result, Value
from metrics.models import Indicator, Metric, RefusalReason
from web.templatetags.numbers import MINUS

register = template.Library()

SHARES = {Metric.ISSUE_CLOSING, Metric.PULL_REQUEST_CLOSING}
CHANGES = {Metric.STAR_GROWTH, Metric.CONTRIBUTOR_GROWTH, Metric.ROBUST_GROWTH}
PERCENTILES = {Metric.STAR_PERCENTILE, Metric.GROWTH_PERCENTILE}


def in_unit(metric: str, value: float) -> str:
    """Write a value as its metric is read: "+5.4 %", "×1.25", "1,653"."""
    if metric in CHANGES:
        text = f"{value * 100:+,.1f} %".replace("+0.0", "0.0").replace("-0.0", "0.0")
    elif metric in SHARES:
        text = f"{value * 100:,.1f} %"
    elif metric in PERCENTILES:
        text = f"{value:.0f}"
    elif metric == Metric.ROSS_GROWTH:
        text = f"×{value:,.2f}"
    elif metric in {Metric.BURSTINESS, Metric.CONFIDENCE}:
        text = f"{value:.2f}"
    else:
        text = f"{value:,.0f}"
    return text.replace("-", MINUS)


@register.filter
def figure_value(figure: Indicator | None) -> str:
    """Return the value in its unit, a confidence by its grade; a dash with the reason for a refusal."""
    if figure is None:
        return format_html('<span class="unknown" title="{}">–</span>', _("not computed"))
    if figure.value is None:
        return format_html('<span class="unknown" title="{}">–</span>', figure.get_refusal_display())
    if figure.metric == Metric.CONFIDENCE and "grade" in figure.details:
        return str(figure.details["grade"])
    return in_unit(figure.metric, figure.value)


@register.filter
def result_growth(result: Result | None) -> str:
    """Return a formula's growth as "+5.4 %"; a dash with the reason for a refusal."""
    if isinstance(result, Value):
        return in_unit(Metric.STAR_GROWTH, result.value)
    why = RefusalReason(result.reason).label if result else _("not computed")
    return format_html('<span class="unknown" title="{}">–</span>', why)


@register.filter
def figure_interval(figure: Indicator) -> str:
    """Return "−26.0 % to −15.5 %"; empty where there is none, or it is the value itself."""
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return ""
    words = {"low": in_unit(figure.metric, figure.low), "high": in_unit(figure.metric, figure.high)}
    return _("%(low)s to %(high)s") % words


@register.filter
def window_label(days: int) -> str:
    """Return "90 days"; empty for 0."""
    return _("%(days)d days") % {"days": days} if days else ""


@register.filter
def shortfall_sentences(figure: Indicator) -> list[str]:
    """Say what keeps a grade of confidence down."""
    sentences = {
        Shortfall.NEVER_MEASURED: _("It was never measured."),
        Shortfall.GAPS: _("Days are missing."),
        Shortfall.STALE: _("The newest day is old."),
        Shortfall.ONE_SOURCE: _("There is one source alone."),
    }
    return [sentences[Shortfall(reason)] for reason in figure.details.get("reasons", ())]
