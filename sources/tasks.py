"""Background work: bringing the catalogue to its configured source, and measuring its repositories."""

import logging
from datetime import datetime

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from accounts.mail import mail_leaves_the_server
from accounts.watch_digests import MAIL_ERRORS, due_deliveries
from accounts.watch_digests import send_digest as send_one_digest
from sources.clients.landscape_errors import SourceUnreachableError
from sources.clients.landscape_files import read_logos
from sources.clients.landscape_origin import GitSource
from sources.github_access import configured_access
from sources.github_access import is_hour_over as is_metrics_hour_over
from sources.importers.content_load import load_content
from sources.importers.errors import ImportBusyError
from sources.importers.github.access import Access
from sources.importers.github.cadence import open_due_run
from sources.importers.github.runs import close_without_token
from sources.importers.github.steps import Onward, abandoned_steps, first_step, step_with
from sources.importers.indicators_due import compute_figures, day_to_compute
from sources.importers.landscape_import import import_landscape, logos_are_behind, note_logos
from sources.importers.landscape_terms import say_terms
from sources.importers.logo_import import import_logos as import_logo_files
from sources.landscape_folders import open_landscape
from sources.landscape_terms import configured_terms
from sources.logos.simple_icons import read_simple_icons

logger = logging.getLogger(__name__)

# The soft limit comes first, so that a transaction is rolled back in order.
SOFT_SECONDS = 540
SECONDS = 570
# Longer ones would outlast the broker's patience with a message that is not finished.
LONGEST_COUNTDOWN = 600.0


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
    imported = import_landscape(settings.LANDSCAPE_SOURCE, clock=timezone.now, opened=open_landscape)
    say_terms(configured_terms())
    logger.info("Landscape refreshed: %d new versions", imported.versions)
    if imported.versions:
        load_content(settings.BASE_DIR / "content", now=timezone.now())
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
    with open_landscape(settings.LANDSCAPE_SOURCE) as source:
        if isinstance(source, GitSource):
            import_logo_files(read_logos(source), icons, now=timezone.now())
            note_logos(source.tip)


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=SECONDS)
def start_metrics_run() -> None:
    """Open the nightly run if it is due, and begin it; nothing without a token."""
    tend(configured_access(), now=timezone.now(), is_hour_over=True)


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=SECONDS)
def tend_metrics_runs() -> None:
    """Take over what a dead worker left undone, and open what is due."""
    now = timezone.now()
    tend(configured_access(), now=now, is_hour_over=is_metrics_hour_over(now))


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=SECONDS)
def continue_metrics_run(run_id: int, step: int) -> None:
    """Take one step of a run, unless somebody else has, and put the next one into the queue."""
    access = configured_access()
    if access is not None:
        onward = step_with(access, run_id, step, clock=timezone.now)
        enqueue(onward, now=timezone.now())
        if onward is None:
            recompute_indicators.delay()


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=SECONDS)
def recompute_indicators() -> None:
    """Compute the figures of the newest measured day, if they lack what a run measured."""
    day = day_to_compute()
    if day is not None:
        compute_figures(day)


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=SECONDS)
def send_watch_digests() -> None:
    """Have everybody told who is due; nobody where e-mails reach nobody."""
    if mail_leaves_the_server():
        for delivery_id in due_deliveries(timezone.now()).values_list("pk", flat=True):
            send_watch_digest.delay(delivery_id)


@shared_task(
    autoretry_for=MAIL_ERRORS, retry_backoff=60, max_retries=3, soft_time_limit=SOFT_SECONDS, time_limit=SECONDS
)
def send_watch_digest(delivery_id: int) -> None:
    """Tell one person what happened, unless that is done."""
    send_one_digest(delivery_id, now=timezone.now(), site_url=settings.SITE_URL)


def tend(access: Access | None, *, now: datetime, is_hour_over: bool) -> None:
    """Have every open run go on, and the due one begin."""
    if access is None:
        close_without_token(now=now)
        return
    opened = open_due_run(access, now=now, is_hour_over=is_hour_over)
    if opened is not None:
        enqueue(first_step(opened, now=now), now=now)
    for onward in abandoned_steps(now=now):
        enqueue(onward, now=now)
    if day_to_compute() is not None:
        recompute_indicators.delay()


def enqueue(onward: Onward | None, *, now: datetime) -> None:
    """Put a step into the queue for its time, or for an earlier one, at which it is put there anew."""
    if onward is not None:
        seconds = min(max(0.0, (onward.at - now).total_seconds()), LONGEST_COUNTDOWN)
        continue_metrics_run.apply_async((onward.run, onward.step), countdown=seconds)


@worker_ready.connect
def tend_at_start(**_: object) -> None:
    """Look at once, not at the next minute, for what the worker before this one left."""
    tend_metrics_runs.delay()
