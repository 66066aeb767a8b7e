"""One exchange of the protocol by its SDK."""

from typing import Any

from django.http import HttpResponse
from mcp.server.transport_security import TransportSecuritySettings

from api.mcp.server import server

# Django has checked the host already, and the view the origin.
SECURITY = TransportSecuritySettings(enable_dns_rebinding_protection=False)


async def answer(scope: dict[str, Any], body: bytes) -> HttpResponse:
    """Run the SDK's own application for one request: its manager of sessions can be used once."""
    app = server.streamable_http_app(
        streamable_http_path=scope["path"], json_response=True, stateless_http=True, transport_security=SECURITY
    )
    response = HttpResponse(content_type="application/json")
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            response.status_code = message["status"]
            for name, value in message["headers"]:
                if name.lower() != b"content-length":
                    response[name.decode("latin-1")] = value.decode("latin-1")
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    async with app.router.lifespan_context(app):
        await app(scope, receive, send)
    response.content = b"".join(parts)
    return response
