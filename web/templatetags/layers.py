"""Figures of layers as the pages show them."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.layer_attention import CommonDay, Growth
from market.layer_board import LayerRow
from projects.localized import in_language
from projects.models import Subcategory
from web.layer_page import PlacedSection
from web.templatetags.indicators import in_unit
from web.templatetags.localized import kind_label

register = template.Library()


@register.filter
def layer_growth(growth: Growth | None) -> str:
    """Return "+5.4 %" over a year with what it rests on; nothing where it is unknown."""
    if growth is None:
        return ""
    title = _("in 365 days; repositories known at both ends: %(n)d") % {"n": growth.repositories}
    tone = "up" if growth.value > 0 else "down" if growth.value < 0 else "flat"
    text = in_unit("star_growth", growth.value)
    return format_html('<span class="growth {}" title="{}">{}</span>', tone, title, text)


@register.filter
def why_no_stars(row: LayerRow, measured: CommonDay | None) -> str:
    """Return a dash with the reason for which a row has no stars."""
    if not row.attention.repositories and measured is not None and not measured.is_stale:
        why = _("its items name no repository")
    else:
        why = _("not measured near that day")
    return format_html('<span class="unknown" title="{}">–</span>', why)


@register.filter
def whole(value: float) -> str:
    """Return 2572.2 as "2,572"."""
    return f"{value:,.0f}"


@register.filter
def kinds(row: LayerRow) -> list[tuple[str, int]]:
    """Return how many cards of each kind a row holds, the commonest first."""
    return [(kind_label(kind), count) for kind, count in row.kinds.most_common()]


@register.filter
def section_of(row: PlacedSection) -> Subcategory | None:
    """Return the section of a row of the layer's page."""
    if row.assignment is not None:
        return row.assignment.subcategory
    return row.figures.section if row.figures else None


@register.filter
def place_words(names: tuple[Any, ...]) -> str:
    """Return "Category › Section" of (category, its Chinese name, section, its Chinese name, ...)."""
    language = get_language()
    category = in_language(names[0], names[1], language=language)
    return f"{category} › {in_language(names[2], names[3], language=language)}"
