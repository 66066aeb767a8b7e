"""Numbers as the pages show them; what is not known is never shown as 0."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

MINUS = "−"


def _or_unknown(text: str | None) -> str:
    return format_html('<span class="unknown">{}</span>', _("unknown")) if text is None else text


@register.filter
def number(value: float | None) -> str:
    """Return 1381 as "1,381"; "unknown" for None."""
    return _or_unknown(None if value is None else f"{value:,}".replace("-", MINUS))


@register.filter
def signed(value: float | None) -> str:
    """Return "+12" or "−3"; 0 without a sign; "unknown" for None."""
    return _or_unknown(None if value is None else f"{value:+,}".replace("-", MINUS).replace("+0", "0"))


@register.filter
def percent(share: float | None, digits: int = 1) -> str:
    """Return the share 0.125 as "12.5 %"; "unknown" for None."""
    return _or_unknown(None if share is None else f"{share * 100:.{digits}f} %".replace("-", MINUS))
