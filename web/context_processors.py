"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def chosen_theme(request: HttpRequest) -> str:
    """Return the theme a reader chose: "light", "dark", or "" for the system's."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the chosen theme, whether people may sign up, and the site's address."""
    return {
        "theme": chosen_theme(request),
        "sign_up_open": settings.SIGN_UP_OPEN,
        "site_url": settings.SITE_URL,
    }
