"""Amounts of money and dates that are only partly known."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from market.models import DatePrecision, Qualifier
from market.money_words import SIGNS, partial_date_words, short_number, usd_text
from market.partial_dates import partial_date_text

register = template.Library()


@register.filter
def usd(amount: Decimal | None, qualifier: str = "") -> str:
    """Return an amount in USD as readers of either language write it; "unknown" for None."""
    if amount is None:
        return format_html('<span class="unknown">{}</span>', _("unknown"))
    return format_html('<data value="{}">{}</data>', f"{amount:f}", usd_text(amount, qualifier))


@register.filter
def short(value: Decimal | None) -> str:
    """Return a figure shortened, "unknown" for None."""
    return format_html('<span class="unknown">{}</span>', _("unknown")) if value is None else short_number(value)


@register.filter
def qualifier_sign(qualifier: str) -> str:
    """Return "< ", "> ", "≈ " or nothing."""
    return SIGNS.get(Qualifier(qualifier), "") if qualifier else ""


@register.filter
def times(value: Decimal | None) -> str:
    """Return the ratio 6.53 as "6.5×", "unknown" for None."""
    return format_html('<span class="unknown">{}</span>', _("unknown")) if value is None else f"{value:.1f}×"


@register.filter
def partial_date(day: date, precision: str) -> SafeString:
    """Return the date as exactly as it is known, inside ``<time>``."""
    machine = partial_date_text(day, precision)
    if precision == DatePrecision.QUARTER:
        # HTML has no quarters.
        return format_html("<span>{}</span>", partial_date_words(day, precision))
    return format_html('<time datetime="{}">{}</time>', machine, partial_date_words(day, precision))


@register.inclusion_tag("funding/_amount.html")
def amount_of(fact: object) -> dict[str, object]:
    """Show the price of a round or a sale: the amount, in its own currency too, or why there is none."""
    return {"fact": fact}
