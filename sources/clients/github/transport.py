"""One request to GitHub and what came back: limits read, status and content type looked at before parsing."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import httpx

from sources.clients.github.addresses import PUBLIC_API_URL, ApiAddress, api_address
from sources.clients.github.errors import AnswerTimeoutError, NoAnswerError, TokenRefusedError, TokenUnusableError
from sources.clients.github.limiter import Limiter, ProcessLimiter
from sources.clients.github.limits import Pause, RateLimits, Resource, is_refusal, pause_after_refusal, read_limits

logger = logging.getLogger(__name__)

USER_AGENT = "strata"
# GitHub ends a request itself after ten seconds.
TIMEOUT_SECONDS = 30.0
# A server that trickles its answer is not waited for beyond this.
MOST_SECONDS = 60.0
MOST_BYTES = 32 * 1024 * 1024
RETRY_WAITS = (1.0, 3.0)
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 307, 308})
TOKEN_EXPIRY_HEADER = "github-authentication-token-expiration"  # noqa: S105 - a header's name


@dataclass(frozen=True)
class Reply:
    """One answer; ``body`` is its JSON, None if it is none; ``refusal`` is given if a limit refused the request."""

    status: int
    headers: Mapping[str, str]
    body: Any
    received_at: datetime
    limits: RateLimits | None
    refusal: Pause | None
    # A permanent redirect led here: the repository has another name now.
    is_moved: bool = False

    @property
    def message(self) -> str:
        """GitHub's own words on a failure, or the status."""
        message = self.body.get("message") if isinstance(self.body, dict) else None
        return message if isinstance(message, str) and message else f"status {self.status}"


class Transport:
    """A connection to one GitHub with one token, which is in no ``repr``, log or error."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str = PUBLIC_API_URL,
        limiter: Limiter | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self.address: ApiAddress = api_address(api_url)
        self.clock = clock
        self.token_expires_at: datetime | None = None
        self._limiter = limiter or ProcessLimiter(clock)
        self._sleep = sleep
        self._http = httpx.Client(
            headers={
                "authorization": f"Bearer {_usable(token)}",
                "user-agent": USER_AGENT,
                "accept": "application/vnd.github+json",
                "x-github-api-version": self.address.version,
                # Node ids in the present form, whichever form was asked with.
                "x-github-next-global-id": "1",
            },
            timeout=httpx.Timeout(timeout_seconds, connect=min(timeout_seconds, 10.0)),
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def post_query(self, query: str, variables: Mapping[str, Any]) -> Reply:
        """Return the answer to a GraphQL query.

        Raises ``RateLimitedError`` before sending, ``TokenRefusedError``, ``NoAnswerError``.
        """
        payload = {"query": query, "variables": dict(variables)}
        return self._send(Resource.GRAPHQL, "POST", self.address.graphql, payload)

    def get(self, path: str) -> Reply:
        """Return the answer at a REST path, following redirects within the API.

        Raises as ``post_query`` does; a redirect that leads elsewhere is given back as it is.
        """
        url = self.address.rest_url(path)
        is_moved = False
        for _ in range(MOST_REDIRECTS):
            reply = self._send(Resource.CORE, "GET", url)
            target = self._redirect_target(reply, url)
            if target is None:
                break
            url, is_moved = target, is_moved or reply.status in {301, 308}
        return replace(reply, is_moved=is_moved)

    def _redirect_target(self, reply: Reply, url: httpx.URL) -> httpx.URL | None:
        location = reply.headers.get("location", "")
        if reply.status not in REDIRECTS or not location:
            return None
        try:
            target = url.join(location)
        except httpx.InvalidURL:
            return None
        return target if self.address.holds(target) else None

    def _send(self, resource: Resource, method: str, url: httpx.URL, payload: Any = None) -> Reply:
        """Send one request, again after a lost connection; every try passes the limiter."""
        for wait in (*RETRY_WAITS, None):
            self._limiter.before_request(resource)
            try:
                reply = self._exchange(resource, method, url, payload)
            except httpx.TimeoutException as error:
                raise AnswerTimeoutError(f"GitHub did not answer in time ({type(error).__name__}).") from None
            except httpx.TransportError as error:
                if wait is None:
                    raise NoAnswerError(f"GitHub cannot be reached ({type(error).__name__}).") from None
                logger.info("Connection to GitHub lost (%s), trying again", type(error).__name__)
                self._sleep(wait)
                continue
            break
        self._limiter.after_answer(resource, limits=reply.limits, refusal=reply.refusal)
        if reply.status == httpx.codes.UNAUTHORIZED:
            raise TokenRefusedError(reply.message)
        return reply

    def _exchange(self, resource: Resource, method: str, url: httpx.URL, payload: Any) -> Reply:
        with self._http.stream(method, url, json=payload) as response:
            content = _bounded(response)
        received_at = self.clock()
        headers = {name.lower(): value for name, value in response.headers.items()}
        self.token_expires_at = _token_expiry(headers) or self.token_expires_at
        body = _parsed(content, headers.get("content-type", ""))
        refusal = None
        if _is_limited(response.status_code, headers, body):
            refusal = pause_after_refusal(headers, resource=resource, received_at=received_at)
        return Reply(
            status=response.status_code,
            headers=headers,
            body=body,
            received_at=received_at,
            limits=read_limits(headers, resource=resource, received_at=received_at),
            refusal=refusal,
        )


def _usable(token: str) -> str:
    """Return the token without white space around it; the HTTP library would print one with odd characters."""
    token = token.strip()
    if not token:
        raise TokenUnusableError("There is no GitHub token.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise TokenUnusableError("The GitHub token has characters that no token has.")
    return token


def _bounded(response: httpx.Response) -> bytes:
    """Return the body; raises ``httpx.ReadTimeout`` if it trickles, ``httpx.RemoteProtocolError`` if it never ends."""
    content = bytearray()
    began = time.monotonic()
    for block in response.iter_bytes():
        content += block
        if len(content) > MOST_BYTES:
            raise httpx.RemoteProtocolError("The answer is too long.")
        if time.monotonic() - began > MOST_SECONDS:
            raise httpx.ReadTimeout("The answer takes too long.")
    return bytes(content)


def _parsed(content: bytes, content_type: str) -> Any:
    if "json" not in content_type:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def _is_limited(status: int, headers: Mapping[str, str], body: Any) -> bool:
    """Tell whether a limit refused the request; a blocked or SAML-protected repository's 403 is none."""
    if not isinstance(body, dict):
        return is_refusal(status, headers, "")
    if "block" in body or "x-github-sso" in headers:
        return False
    if is_refusal(status, headers, str(body.get("message", ""))):
        return True
    errors = body.get("errors")
    return isinstance(errors, list) and any(_says_limited(error) for error in errors)


def _says_limited(error: Any) -> bool:
    """Tell whether a GraphQL error is a limit's: both spellings occur, and secondary limits have no type."""
    if not isinstance(error, dict):
        return False
    message = str(error.get("message", "")).lower()
    return (
        error.get("type") in {"RATE_LIMITED", "RATE_LIMIT"}
        or "rate limit exceeded" in message
        or ("secondary rate limit" in message)
    )


def _token_expiry(headers: Mapping[str, str]) -> datetime | None:
    """Return when the token expires; GitHub writes ``2026-12-01 08:00:00 UTC`` or with ``+0100``."""
    told = headers.get(TOKEN_EXPIRY_HEADER, "").replace(" UTC", " +0000")
    try:
        return datetime.strptime(told, "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
