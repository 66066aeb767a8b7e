"""The two end points of a GitHub, from one configured address."""

from dataclasses import dataclass

import httpx

from sources.clients.github.errors import ApiAddressError

PUBLIC_API_URL = "https://api.github.com"
# The newest version, which the star history needs; Enterprise servers lag behind it.
API_VERSION = "2026-03-10"
ENTERPRISE_API_VERSION = "2022-11-28"


@dataclass(frozen=True)
class ApiAddress:
    """Where REST and GraphQL are, and the version of the REST API that is asked for."""

    rest: httpx.URL
    graphql: httpx.URL
    version: str

    def rest_url(self, path: str) -> httpx.URL:
        """Return the address of a REST path (with a leading slash, its parts already quoted)."""
        return httpx.URL(f"{self.rest}{path}")

    def holds(self, url: httpx.URL) -> bool:
        """Tell whether ``url`` is on this server and inside the REST API, so that the token may go there."""
        prefix = self.rest.path.rstrip("/") + "/"
        same_server = (url.scheme, url.host, url.port) == (self.rest.scheme, self.rest.host, self.rest.port)
        return same_server and url.path.startswith(prefix) and "/../" not in url.path


def api_address(url: str = PUBLIC_API_URL) -> ApiAddress:
    """Return the end points below ``url``: ``<url>/graphql``, or ``/api/graphql`` for an Enterprise's ``/api/v3``.

    Raises ``ApiAddressError`` for what is no http address, and for one with a user name or a query.
    """
    try:
        base = httpx.URL(url.strip().rstrip("/"))
    except httpx.InvalidURL as error:
        raise ApiAddressError("The address of GitHub's API is no address.") from error
    if base.userinfo or base.query or base.fragment:
        raise ApiAddressError("The address of GitHub's API may have no user name, query or fragment.")
    if base.scheme not in {"http", "https"} or not base.host:
        raise ApiAddressError(f"'{base}' is not an http address, so it is none of GitHub's API.")
    text = str(base)
    if base.path.endswith("/api/v3"):
        return ApiAddress(base, httpx.URL(f"{text.removesuffix('/v3')}/graphql"), ENTERPRISE_API_VERSION)
    return ApiAddress(base, httpx.URL(f"{text.rstrip('/')}/graphql"), API_VERSION)
