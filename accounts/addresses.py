"""The network address that a request came from."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the reader's address, behind as many proxies as ``TRUSTED_PROXIES`` says; "" if unknown.

    Each proxy appends the address it saw to X-Forwarded-For, so only the last ones can be believed.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted: int = cast("int", settings.REST_FRAMEWORK["NUM_PROXIES"])
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if not trusted or not forwarded:
        return peer
    return forwarded[-min(trusted, len(forwarded))]
