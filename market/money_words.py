"""Amounts of money and partly known dates as readers of either language write them."""

from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from market.models import DatePrecision, Qualifier
from market.partial_dates import MONTHS_OF_QUARTER
from projects.localized import is_chinese

SIGNS = {Qualifier.LESS_THAN: "< ", Qualifier.MORE_THAN: "> ", Qualifier.ABOUT: "≈ "}
# Chinese counts by ten thousands.
_ENGLISH_UNITS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K"))
_CHINESE_UNITS = ((10**8, "亿"), (10**4, "万"))


def short_number(value: Decimal | float) -> str:
    """Return 62800000 as "62.8M" or "6280 万", with at most three figures after the point."""
    chinese = is_chinese(get_language())
    for size, unit in _CHINESE_UNITS if chinese else _ENGLISH_UNITS:
        if value >= size:
            text = f"{Decimal(value) / size:,.2f}".rstrip("0").rstrip(".")
            return f"{text} {unit}" if chinese else f"{text}{unit}"
    return f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")


def usd_text(amount: Decimal | float, qualifier: str = "") -> str:
    """Return "US$62.8M", "< US$300K" or, in Chinese, "6280 万美元"."""
    sign = SIGNS.get(Qualifier(qualifier), "") if qualifier else ""
    return sign + _("US$%(amount)s") % {"amount": short_number(amount)}


def partial_date_words(day: date, precision: str) -> str:
    """Return "2019", "Q3 2019", "August 2018" or "30 May 2019": never more than is known."""
    if precision == DatePrecision.YEAR:
        return format_date(day, pgettext("date format", "Y"))
    if precision == DatePrecision.QUARTER:
        quarter = (day.month - 1) // MONTHS_OF_QUARTER + 1
        return _("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": day.year}
    if precision == DatePrecision.MONTH:
        return format_date(day, pgettext("date format", "F Y"))
    return format_date(day, pgettext("date format", "j F Y"))
