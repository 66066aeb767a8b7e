"""Countries by their codes."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language, to_locale


def country_name(code: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2) in the active language; an unknown code as it is."""
    return _territories(to_locale(get_language() or "en")).get(code, code)


@lru_cache(maxsize=4)
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)
