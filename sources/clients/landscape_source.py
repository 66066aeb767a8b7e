"""Opening what a person names as a source: a clone, a bare repository, a bundle, a git address, or one file."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import (
    GitError,
    NotALandscapeError,
    SourceNotFoundError,
    SourceRefusedError,
)
from sources.clients.landscape_fetch import fetch_file
from sources.clients.landscape_origin import FileSource, GitSource, Source
from sources.clients.landscape_remote import fetch_repository
from sources.clients.landscape_yaml import MAX_BYTES

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SCP_LIKE = re.compile(r"(?:[\w.-]+@)?[\w.-]+:(?!/{2})\S+")
_HELPER = re.compile(r"[a-z][a-z0-9+.-]*::", re.IGNORECASE)
_REMOTE_SCHEMES = {"https", "http", "ssh", "git"}


@contextmanager
def open_source(location: str) -> Iterator[Source]:
    """Give what ``location`` holds; what had to be fetched lives in a temporary folder until the block ends.

    Raises ``SourceRefusedError``, ``SourceNotFoundError``, ``SourceUnreachableError``, ``NotALandscapeError``, ``GitError``.
    """
    location = location.strip()
    _refuse_dangerous(location)
    with tempfile.TemporaryDirectory(prefix="landscape-") as scratch:
        yield _opened(location, Path(scratch) / "repository.git")


def _refuse_dangerous(location: str) -> None:
    if not location:
        raise SourceRefusedError("No source is given; name a clone, a bundle, a git address or a landscape.yml.")
    if location.startswith("-"):
        raise SourceRefusedError(
            f"'{location}' begins with a dash and could be taken for an option; write ./{location}."
        )
    if any(ord(sign) < ord(" ") for sign in location):
        raise SourceRefusedError("The source's name holds a control character.")
    scheme = _SCHEME.match(location)
    if _HELPER.match(location) or (scheme and scheme[1].lower() not in {*_REMOTE_SCHEMES, "file"}):
        raise SourceRefusedError(f"'{location}' uses a protocol that is not read; https, ssh, git and file are.")
    if scheme and location[scheme.end() :].rpartition("@")[2].startswith("-"):
        raise SourceRefusedError(f"'{location}' names a host that begins with a dash.")


def _opened(location: str, scratch: Path) -> Source:
    scheme = _SCHEME.match(location)
    if scheme and scheme[1].lower() != "file":
        path = urlsplit(location).path.lower()
        if scheme[1].lower() in {"http", "https"} and path.endswith((".yml", ".yaml")):
            return FileSource(location, fetch_file(location))
        return fetch_repository(location, scratch)
    path_text = location[len("file://") :] if scheme else location
    local = Path(path_text).expanduser()
    try:
        if not local.exists():
            return _not_there(location, scratch)
        return _opened_path(local, location, scratch)
    except OSError as error:
        raise SourceNotFoundError(f"'{location}' cannot be read: {error.strerror or error}.") from error


def _not_there(location: str, scratch: Path) -> Source:
    if _SCP_LIKE.fullmatch(location):
        return fetch_repository(location, scratch)
    raise SourceNotFoundError(f"There is nothing at '{location}'.")


def _opened_path(local: Path, location: str, scratch: Path) -> Source:
    if local.is_dir():
        return _local_repository(local, location)
    if not local.is_file():
        raise NotALandscapeError(f"'{location}' is neither a file nor a folder.")
    with local.open("rb") as stream:
        is_bundle = re.match(rb"# v\d+ git bundle\n", stream.read(32)) is not None
    if is_bundle:
        return fetch_repository(str(local.resolve()), scratch, shown=location)
    size = local.stat().st_size
    if size > MAX_BYTES:
        raise NotALandscapeError(f"'{location}' has {size:,} bytes, more than the {MAX_BYTES:,} that are read.")
    return FileSource(location, local.read_bytes())


def _local_repository(folder: Path, location: str) -> GitSource:
    """Open the repository in exactly this folder; one further up is not meant."""
    folder = folder.resolve()
    is_bare = all((folder / part).exists() for part in ("HEAD", "objects", "refs"))
    repository = folder / ".git" if (folder / ".git").exists() else folder
    if repository == folder and not is_bare:
        hint = ""
        if (folder / "landscape.yml").exists():
            hint = "; to read the file alone, name landscape.yml itself"
        raise NotALandscapeError(f"'{location}' is not a git repository{hint}.")
    try:
        tip = git.run(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
        branch = git.run(repository, "rev-parse", "--abbrev-ref", "HEAD").decode().strip()
    except GitError as error:
        branches = git.run(repository, "for-each-ref", "--format=%(objectname) %(refname:short)", "refs/heads/")
        listed = [line.split(" ", 1) for line in branches.decode(errors="replace").splitlines()]
        if len(listed) != 1:
            raise NotALandscapeError(f"The repository '{location}' has no commit to read at its HEAD.") from error
        tip, branch = listed[0]
    return GitSource(location, repository, tip, branch)
