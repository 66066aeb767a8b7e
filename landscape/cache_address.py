"""The shared cache's address, taken from the broker's: the same server, its next numbered database."""

from urllib.parse import parse_qs, urlencode, urlsplit

SOCKET_SCHEME = "redis+socket"
SCHEMES = ("redis", "rediss")


class NoCacheError(ValueError):
    """The broker is no Redis or Valkey server that could hold the cache."""


def cache_url(broker_url: str) -> str:
    """Return the redis-py URL of the cache beside a Celery broker. Raises NoCacheError."""
    parts = urlsplit(broker_url)
    if parts.scheme == SOCKET_SCHEME:
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        number = _next(options.pop("virtual_host", ""))
        return f"unix://{parts.path}?{urlencode({**options, 'db': number})}"
    if parts.scheme in SCHEMES:
        return parts._replace(path=f"/{_next(parts.path)}").geturl()
    message = f"The broker ({parts.scheme}) cannot hold the cache; set CACHE_URL to a Redis or Valkey server."
    raise NoCacheError(message)


def _next(database: str) -> int:
    number = database.strip("/")
    return int(number) + 1 if number.isdigit() else 1
