"""Countries by their codes: ISO 3166-1 alpha-2."""

from functools import cache

from babel import Locale

LENGTH = 2
# What Unicode's list has beside ISO 3166-1: unions, reserved codes, codes for testing.
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})


@cache
def country_codes() -> frozenset[str]:
    """Return every code of ISO 3166-1 alpha-2."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == LENGTH) - NO_COUNTRIES
