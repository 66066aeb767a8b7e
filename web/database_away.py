"""What readers and programs are told while the database does not answer."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5
# PostgreSQL shuts down, crashed, starts up, or has no connection left.
AWAY_STATES = frozenset({"57P01", "57P02", "57P03", "53300"})
BROKEN_CONNECTION = "08"


class DatabaseAwayMiddleware:
    """Answers 503 and one line in the log, where the view could not reach the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the view if it is the database that is away; leave every other exception alone."""
        if not is_away(exception):
            return None
        reason = str(exception).partition("\n")[0]
        logger.error("The database does not answer, so %s cannot: %s", request.path, reason)
        response: HttpResponse
        if request.path.startswith("/api/"):
            detail = _("The database does not answer. Try again in a few seconds.")
            response = JsonResponse({"detail": detail}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            response = render(request, "errors/503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_SECONDS)
        response["Cache-Control"] = "no-store"
        return response


def is_away(error: BaseException) -> bool:
    """Tell whether an error says that there is no connection; a query that failed for itself has a state of its own."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(BROKEN_CONNECTION) or state in AWAY_STATES
