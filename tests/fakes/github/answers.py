"""What the fake sends back."""

import json
from dataclasses import dataclass, field

HTML = "<!DOCTYPE html><html><title>Unicorn! &middot; GitHub</title></html>"
DOCUMENTATION = "https://docs.github.com/graphql"
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
PRIMARY = "API rate limit exceeded for user ID 1."
TIMED_OUT = (
    "Something went wrong while executing your query. This may be the result of a timeout, "
    "or it could be a GitHub bug. Please include `A1B2:3C4D` when reporting this issue."
)


@dataclass
class Answer:
    """Status, body (an object for JSON, text for a page, None for nothing) and headers.

    ``delay_seconds``: nothing is sent, and the connection closed, after so long; ``is_reset``: it breaks at once.
    """

    status: int
    body: object = None
    headers: dict = field(default_factory=dict)
    delay_seconds: float = 0.0
    is_reset: bool = False

    def content(self):
        """The bytes and their type."""
        if self.body is None:
            return b"", ""
        if isinstance(self.body, str):
            return self.body.encode(), "text/html; charset=utf-8"
        return json.dumps(self.body, separators=(",", ":")).encode(), "application/json; charset=utf-8"


def broken(kind, *, timeout_seconds):
    """The answer of a fault that needs no world, or None for one that does."""
    return {
        "bad_gateway": Answer(502, {"message": "Server Error"}),
        "bad_gateway_html": Answer(502, HTML),
        "gateway_timeout": Answer(504, {"message": "We couldn't respond to your request in time. Sorry about that."}),
        "server_error": Answer(500, HTML),
        "null_data": Answer(200, {"data": None, "errors": [{"message": TIMED_OUT}]}),
        "html": Answer(200, HTML),
        "timeout": Answer(504, None, delay_seconds=timeout_seconds),
        "reset": Answer(502, None, is_reset=True),
    }.get(kind)


def primary_refusal(resource):
    """What is sent once the hour's budget is gone: GraphQL says so with status 200."""
    if resource == "graphql":
        return Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": PRIMARY}]})
    return Answer(403, {"message": PRIMARY, "documentation_url": DOCUMENTATION})


def secondary_refusal(resource, *, retry_after, status=None):
    """What is sent after a burst; ``retry_after`` None: without saying for how long."""
    headers = {} if retry_after is None else {"retry-after": str(retry_after)}
    if status is None:
        status = 200 if resource == "graphql" else 403
    if status == 200:
        return Answer(200, {"errors": [{"message": SECONDARY}]}, headers)
    return Answer(status, {"message": SECONDARY, "documentation_url": DOCUMENTATION}, headers)
