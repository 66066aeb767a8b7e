"""Countries by their codes."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

# Where the three stand side by side, each has a name of its own.
CHINESE_HOMES = {"CN": _("Mainland China"), "HK": _("Hong Kong"), "TW": _("Taiwan")}


def country_name(code: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2) in the active language; an unknown code as it is."""
    return _territories(to_locale(get_language() or "en")).get(code, code)


def home_name(code: str) -> str:
    """Return a country's name where mainland China, Hong Kong and Taiwan stand beside each other."""
    return str(CHINESE_HOMES[code]) if code in CHINESE_HOMES else country_name(code)


@lru_cache(maxsize=4)
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)
