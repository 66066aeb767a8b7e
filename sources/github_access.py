"""What the operator configured for GitHub, as the entry points hand it on."""

from datetime import datetime

from django.conf import settings

from sources.importers.github.access import Access


def configured_access() -> Access | None:
    """Return how GitHub is reached; None without a token."""
    if not settings.GITHUB_TOKEN.strip():
        return None
    return Access(
        token=settings.GITHUB_TOKEN,
        api_url=settings.GITHUB_API_URL,
        budget_left=settings.GITHUB_BUDGET_LEFT,
        nightly_rest_requests=settings.GITHUB_REST_REQUESTS,
    )


def is_hour_over(now: datetime) -> bool:
    """Tell whether the hour of the nightly run (UTC) has come today."""
    return bool(now.time() >= settings.METRICS_TIME)
