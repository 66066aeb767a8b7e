"""The currencies that people pay with: ISO 4217's codes as Unicode's CLDR gives them to countries."""

from datetime import date

from babel.core import get_global
from babel.numbers import get_territory_currencies

USD = "USD"
# A deal of these years may have been paid in what is no longer tender, such as Croatia's kuna.
_SINCE = date(2000, 1, 1)

CURRENCIES = frozenset(
    code
    for territory in get_global("territory_currencies")
    for code in get_territory_currencies(territory, start_date=_SINCE, end_date=date.max)
)


def known_currency(code: str) -> str:
    """Return the code; raises ValueError for what no country has paid with since 2000."""
    if code not in CURRENCIES:
        raise ValueError(f"'{code}' is no currency code of ISO 4217, such as USD, EUR or CNY")
    return code
