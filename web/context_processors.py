"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the chosen theme ("light", "dark" or "" for the system's) and whether people may sign up."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "sign_up_open": settings.SIGN_UP_OPEN,
        "site_url": settings.SITE_URL,
    }
