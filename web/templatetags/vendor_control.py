"""Concentration of maintainers as the pages show it: the figure with its bounds, or why there is none."""

from collections.abc import Callable

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from metrics.formulas.concentration import Concentration
from metrics.formulas.results import Result, Value
from metrics.models import RefusalReason
from metrics.vendor_control import ControlSummary, word_of
from web.templatetags.numbers import MINUS

register = template.Library()


@register.filter
def share_bounds(result: Result | None) -> str:
    """Return "44.2 %", with its bounds where employers are unknown; a dash with the reason for a refusal."""
    return _with_bounds(result, lambda value: f"{value * 100:.1f}", " %")


@register.filter
def points_bounds(result: Result | None) -> str:
    """Return "+9.2", in percentage points, with its bounds where employers are unknown."""
    return _with_bounds(result, lambda value: _signed(value * 100), "")


@register.filter
def count_bounds(result: Result | None) -> str:
    """Return "2", or "2,530", with its bounds where employers are unknown."""
    return _with_bounds(result, lambda value: f"{value:,.0f}", "")


@register.filter
def concentration_word(result: Result) -> str:
    """Return the guideline's word for an HHI; where the unknown could change it, say so; "" for a refusal."""
    if not isinstance(result, Value):
        return ""
    word = word_of(result)
    return _WORDS[word]() if word else _("depends on the unknown")


@register.filter
def highly_concentrated(summary: ControlSummary) -> int:
    """Count a summary's projects that are highly concentrated, whoever the unknown are."""
    return summary.words.get(Concentration.HIGH, 0)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", MINUS).replace("+0.0", "0.0").replace(f"{MINUS}0.0", "0.0")


def _with_bounds(result: Result | None, write: Callable[[float], str], unit: str) -> str:
    if not isinstance(result, Value):
        why = RefusalReason(result.reason).label if result else _("There is one list alone, or one of both is refused.")
        return format_html(
            '<span class="unknown" title="{}">–<span class="visually-hidden"> {}</span></span>', why, why
        )
    text = f"{write(result.value)}{unit}"
    if result.interval is None or result.interval.low == result.interval.high:
        return text
    bounds = _("%(low)s to %(high)s") % {"low": write(result.interval.low), "high": write(result.interval.high)}
    return format_html('{}<br><small class="muted">{}{}</small>', text, bounds, unit)


_WORDS = {
    Concentration.UNCONCENTRATED: lambda: pgettext("HHI", "unconcentrated"),
    Concentration.MODERATE: lambda: pgettext("HHI", "moderately concentrated"),
    Concentration.HIGH: lambda: pgettext("HHI", "highly concentrated"),
}
