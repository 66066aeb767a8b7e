"""Fetching one landscape file over HTTP."""

import httpx

from sources.clients.landscape_errors import NotALandscapeError, SourceUnreachableError
from sources.clients.landscape_yaml import MAX_BYTES

TIMEOUT_SECONDS = 30.0
RETRIES = 2


def fetch_file(url: str) -> bytes:
    """Give the bytes at ``url``, at most 20 MB, following redirects and trying a lost connection again.

    Raises ``SourceUnreachableError`` (no answer, or a status that is no success) and ``NotALandscapeError`` (a web page).
    """
    try:
        with (
            httpx.Client(
                timeout=TIMEOUT_SECONDS, follow_redirects=True, transport=httpx.HTTPTransport(retries=RETRIES)
            ) as client,
            client.stream("GET", url) as response,
        ):
            if not response.is_success:
                raise SourceUnreachableError(f"'{url}' answers with status {response.status_code}.")
            content = _bounded(response, url)
            kind = response.headers.get("content-type", "")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceUnreachableError(f"'{url}' cannot be reached: {str(error) or type(error).__name__}.") from error
    if "html" in kind or content.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
        raise NotALandscapeError(f"'{url}' is a web page, not a YAML file; use the address of the raw file.")
    return content


def _bounded(response: httpx.Response, url: str) -> bytes:
    content = bytearray()
    for block in response.iter_bytes():
        content += block
        if len(content) > MAX_BYTES:
            raise NotALandscapeError(f"'{url}' has more than the {MAX_BYTES:,} bytes that are read.")
    return bytes(content)
