"""End points that orchestrators and monitors ask."""

from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sources.broker import BrokerSilentError, queue_length
from sources.metrics_log import coverage, last_nightly_run
from web.exposition import CONTENT_TYPE, expose
from web.operation_figures import operation_families

# What proxies add: a request with one of these came from further away than its address says.
FORWARDING_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via")
NO_DATABASE = "The database does not answer."


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether the database and the broker can be asked; 503 with the reason when one cannot.

    How old the last whole nightly run is, and whether there is a token, is told; neither makes the site unready.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        nightly = nightly_state(now=timezone.now())
        queue_length(settings.CELERY_BROKER_URL)
    except OperationalError:
        return JsonResponse({"status": "unavailable", "reason": NO_DATABASE}, status=503)
    except BrokerSilentError as error:
        return JsonResponse({"status": "unavailable", "reason": str(error), **nightly}, status=503)
    return JsonResponse({"status": "ok", **nightly})


def nightly_state(*, now: datetime) -> dict[str, Any]:
    """Return how the nightly measuring stands; one query."""
    run = last_nightly_run()
    state: dict[str, Any] = {"has_github_token": bool(settings.GITHUB_TOKEN.strip()), "last_nightly_run": None}
    if run is not None and run.finished_at is not None:
        state["last_nightly_run"] = {
            "day": run.day,
            "status": run.status,
            "finished_at": run.finished_at,
            "age_seconds": int((now - run.finished_at).total_seconds()),
            "coverage": coverage(run.counts),
        }
    return state


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer what Prometheus reads: to this machine, and to whoever shows the token."""
    if not may_read_metrics(request):
        return HttpResponse("Ask from this machine, or with the PROMETHEUS_TOKEN.\n", "text/plain", status=403)
    has_token = bool(settings.GITHUB_TOKEN.strip())
    try:
        text = expose(operation_families(broker_url=settings.CELERY_BROKER_URL, has_token=has_token))
    except OperationalError:
        return HttpResponse(f"{NO_DATABASE}\n", "text/plain", status=503)
    return HttpResponse(text, CONTENT_TYPE)


def may_read_metrics(request: HttpRequest) -> bool:
    """Tell whether a request shows the token, or comes from this machine without a proxy in between."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    token = settings.PROMETHEUS_TOKEN
    if token and scheme.lower() == "bearer" and constant_time_compare(shown.strip(), token):
        return True
    if any(name in request.headers for name in FORWARDING_HEADERS):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
