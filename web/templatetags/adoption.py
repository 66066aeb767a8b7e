"""Surveyed shares, residuals and concentrations as the pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from market.measured_share import LEAST_ITEMS
from metrics.formulas.concentration import Concentration
from metrics.formulas.results import Reason, Value
from metrics.formulas.s_curve import LEAST_POINTS, LogisticFit, NoCurve
from web.templatetags.numbers import MINUS
from web.templatetags.rates import interval_text

if TYPE_CHECKING:
    from market.adoption import AdoptionCurve, SurveyedShare
    from market.measured_share import SectionShares

register = template.Library()


def _dash(why: str) -> str:
    return format_html('<span class="unknown" title="{}">–<span class="visually-hidden"> {}</span></span>', why, why)


@register.filter
def share_percent(share: SurveyedShare | None) -> str:
    """Return "83.3 %"; a printed share without counts as "43 %"; a dash where it was not asked."""
    if share is None:
        return _dash(_("not asked, or not known"))
    return f"{share.share * 100:.{0 if share.interval is None else 1}f} %"


@register.filter
def share_interval(share: SurveyedShare | None) -> str:
    """Return "81.0–85.4 %"; a dash where none can be given."""
    if share is None or share.interval is None:
        return _dash(_("only the share is printed, so there is no interval"))
    return interval_text(share.interval)


@register.filter
def points(difference: float | None) -> str:
    """Return a difference of shares as "+12.3" (points)."""
    if difference is None:
        return _dash(_("There is no line to compare with."))
    return f"{difference * 100:+.1f}".replace("-", MINUS).replace(f"{MINUS}0.0", "0.0").replace("+0.0", "0.0")


@register.filter
def why_no_curve(curve: AdoptionCurve) -> str:
    """Say why no S-curve is drawn for a project; "" if one is."""
    if isinstance(curve.s_curve, LogisticFit):
        return ""
    sentences = {
        NoCurve.TOO_FEW_POINTS: _("%(n)d of %(least)d comparable points")
        % {"n": curve.s_curve.n, "least": LEAST_POINTS},
        NoCurve.NO_FIT: _("no rising curve fits"),
        NoCurve.BEFORE_INFLECTION: _("its turning point is not passed"),
        NoCurve.CEILING_UNCERTAIN: _("its ceiling is too uncertain"),
    }
    return sentences[curve.s_curve.reason]


@register.filter
def index_number(section: SectionShares) -> str:
    """Return a section's index as "2,699", or a dash with its reason."""
    if isinstance(section.index, Value):
        return f"{section.index.value:,.0f}"
    if section.index.reason == Reason.UNKNOWN_SHARE:
        return _dash(_("More than half is unknown."))
    if section.index.reason == Reason.TOO_FEW_PEERS:
        return _dash(_("Fewer than %(least)d items are measured.") % {"least": LEAST_ITEMS})
    return _dash(_("Nothing is measured here."))


@register.filter
def index_bounds(section: SectionShares) -> str:
    """Return "677–771" where the unknown leaves the index open; "" elsewhere."""
    interval = section.index.interval if isinstance(section.index, Value) else None
    return f"{interval.low:,.0f}–{interval.high:,.0f}" if interval and section.unknown else ""


@register.filter
def concentration_word(section: SectionShares) -> str:
    """Return the guideline's word for a section's index; "" where there is none."""
    words = {
        Concentration.UNCONCENTRATED: pgettext("HHI", "unconcentrated"),
        Concentration.MODERATE: pgettext("HHI", "moderately concentrated"),
        Concentration.HIGH: pgettext("HHI", "highly concentrated"),
    }
    return words[section.concentration] if section.concentration else ""
