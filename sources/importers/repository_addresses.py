"""Addresses of repositories as people wrote them, brought to one form."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

GITHUB = "github.com"
_HOST = re.compile(r"[a-z0-9.-]+(?::\d+)?")


class RepositoryAddress(NamedTuple):
    """A repository: its canonical address, its host, and "owner/name" where the host has that form.

    ``key`` is equal for all spellings of one repository.
    """

    url: str
    host: str
    full_name: str

    @property
    def key(self) -> str:
        return self.url.lower()


@lru_cache(maxsize=10_000)
def repository_address(url: str) -> RepositoryAddress | None:
    """Give the repository that ``url`` leads to; None if it leads to none (a GitHub organization, not an address)."""
    parts = _split(url)
    if parts is None:
        return None
    host, segments = parts
    if not segments:
        return None
    if host == GITHUB:
        if len(segments) < 2 or segments[0].lower() in {"orgs", "users"}:  # noqa: PLR2004 - owner and name
            return None
        # Deeper paths (/tree/main/...) lie inside the repository.
        segments = [segments[0], segments[1].removesuffix(".git")]
    if not segments[-1]:
        return None
    path = "/".join(segments)
    return RepositoryAddress(f"https://{host}/{path}", host, path if host == GITHUB else "")


def is_odd(url: str) -> bool:
    """Tell whether ``url`` is not simply the address of a repository, so that people should look at it."""
    address = repository_address(url)
    if address is None:
        return True
    plain = url.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return plain.rstrip("/").removesuffix(".git") != address.key.removeprefix("https://")


def _split(url: str) -> tuple[str, list[str]] | None:
    text = url.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    host = parts.netloc.lower().removeprefix("www.").rpartition("@")[2]
    if parts.scheme.lower() not in {"http", "https", "git", "ssh"} or not _HOST.fullmatch(host) or "." not in host:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments:
        segments[-1] = segments[-1].removesuffix(".git")
    return host, segments
