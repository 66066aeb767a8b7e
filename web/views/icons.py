"""The site's icon where programs look for one without reading a page."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

MONTH_SECONDS = 30 * 24 * 60 * 60


@lru_cache(maxsize=1)
def _favicon() -> bytes:
    return (settings.BASE_DIR / "static" / "icons" / "favicon.ico").read_bytes()


@require_safe
@cache_control(public=True, max_age=MONTH_SECONDS)
def favicon(request: HttpRequest) -> HttpResponse:
    """Serve the icon; pages themselves name the drawing that is kept for ever."""
    return HttpResponse(_favicon(), content_type="image/x-icon")
