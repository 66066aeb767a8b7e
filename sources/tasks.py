"""Background work: bringing the catalogue to its configured source."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from sources.clients.landscape_errors import SourceUnreachableError
from sources.clients.landscape_files import read_logos
from sources.clients.landscape_origin import GitSource
from sources.clients.landscape_source import open_source
from sources.importers.errors import ImportBusyError
from sources.importers.landscape_import import import_landscape, logos_are_behind, note_logos
from sources.importers.logo_import import import_logos as import_logo_files
from sources.logos.simple_icons import read_simple_icons

logger = logging.getLogger(__name__)

# The soft limit comes first, so that a transaction is rolled back in order.
SOFT_SECONDS = 540
SECONDS = 570


@shared_task(
    autoretry_for=(SourceUnreachableError, ImportBusyError),
    retry_backoff=60,
    max_retries=3,
    soft_time_limit=SOFT_SECONDS,
    time_limit=SECONDS,
)
def refresh_landscape() -> None:
    """Read what is new at the configured source; nothing without one. Twice is the same as once."""
    if not settings.LANDSCAPE_SOURCE:
        return
    imported = import_landscape(settings.LANDSCAPE_SOURCE, clock=timezone.now)
    logger.info("Landscape refreshed: %d new versions", imported.versions)
    if logos_are_behind(imported.tip):
        import_logos.delay()


@shared_task(
    autoretry_for=(SourceUnreachableError, ImportBusyError),
    retry_backoff=60,
    max_retries=3,
    soft_time_limit=SOFT_SECONDS,
    time_limit=SECONDS,
)
def import_logos() -> None:
    """Bring in the logos that lie beside the configured source; one that is a single file has none."""
    icons = read_simple_icons(settings.BASE_DIR / "content" / "logos")
    with open_source(settings.LANDSCAPE_SOURCE) as source:
        if isinstance(source, GitSource):
            import_logo_files(read_logos(source), icons, now=timezone.now())
            note_logos(source.tip)
