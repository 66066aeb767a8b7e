"""What a source is, and which landscape it holds, so that two different ones are never mixed."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GitSource:
    """A repository on this machine, its tip and its branch.

    ``has_remote``: only commits and folders were brought along; ``landscape_remote.fetch_objects`` brings contents.
    """

    location: str
    repository: Path
    tip: str
    branch: str
    public_url: str = ""
    has_remote: bool = False


@dataclass(frozen=True, slots=True)
class FileSource:
    """One landscape file without history."""

    location: str
    content: bytes


Source = GitSource | FileSource


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a landscape comes from.

    ``identity`` is the hash of the root of the mainline: clones, bundles and mirrors of one repository share it, and it
    stays when commits are added. A file has none. ``public_url`` is the GitHub repository if the source itself is that
    address, else empty: only then are its commits there for everyone to see.
    """

    kind: Literal["git", "file"]
    identity: str = ""
    public_url: str = ""

    def commit_url(self, commit: str) -> str:
        """Give the public page of a commit; empty if there is none."""
        return f"{self.public_url}/commit/{commit}" if self.public_url and commit else ""


def public_repository_url(location: str) -> str:
    """Give the canonical address of a public GitHub repository; empty for any other place."""
    match = _GITHUB.fullmatch(location.strip())
    return f"https://github.com/{match[1]}/{match[2]}" if match else ""
