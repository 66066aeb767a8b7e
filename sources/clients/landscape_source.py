"""Opening what a person names as a source: a clone, a bare repository, a bundle, a git address, or one file."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import (
    GitError,
    NotALandscapeError,
    SourceNotFoundError,
    SourceRefusedError,
)
from sources.clients.landscape_fetch import fetch_file
from sources.clients.landscape_folders import kept_folder, temporary_folder
from sources.clients.landscape_origin import FileSource, GitSource, Source
from sources.clients.landscape_remote import default_branch, fetch_repository, without_password
from sources.clients.landscape_yaml import MAX_BYTES

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SCP_LIKE = re.compile(r"(?:[\w.-]+@)?[\w.-]+:(?!/{2})\S+")
_HELPER = re.compile(r"[a-z][a-z0-9+.-]*::", re.IGNORECASE)
_BUNDLE = re.compile(rb"# v\d+ git bundle\n")
_REMOTE_SCHEMES = {"https", "http", "ssh", "git"}
_BROUGHT_HERE = frozenset({"bundle", "remote"})


class _Place(NamedTuple):
    """What kind of source a location is, and the path or address to read it from."""

    kind: Literal["file", "web file", "repository", "bundle", "remote"]
    address: str


@contextmanager
def open_source(location: str, *, cache: Path | None = None, scratch: Path | None = None) -> Iterator[Source]:
    """Give what ``location`` holds.

    A bundle or remote repository is brought into a temporary folder under ``scratch`` until the block ends, or into one
    of its own under ``cache``, where it stays, so that the next time only what is new comes along; others wait for it.
    Raises ``SourceRefusedError``, ``SourceNotFoundError``, ``SourceUnreachableError``, ``NotALandscapeError``, ``GitError``.
    """
    place = _place_of(location.strip())
    if place.kind not in _BROUGHT_HERE:
        yield _opened(location.strip(), place)
        return
    name = hashlib.sha256(place.address.encode()).hexdigest()[:16]
    with kept_folder(cache, f"{name}.git") if cache else temporary_folder(scratch) as folder:
        is_bundle = place.kind == "bundle"
        yield fetch_repository(place.address, folder, is_bundle=is_bundle, shown=without_password(location.strip()))


def current_tip(location: str) -> str:
    """Give the commit at which a source stands, without bringing it here; empty for a single file.

    Raises what ``open_source`` raises.
    """
    place = _place_of(location.strip())
    if place.kind in _BROUGHT_HERE:
        return default_branch(place.address, without_password(location)).tip
    return _local_repository(Path(place.address), location).tip if place.kind == "repository" else ""


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


def _place_of(location: str) -> _Place:
    _refuse_dangerous(location)
    scheme = _SCHEME.match(location)
    if scheme and scheme[1].lower() != "file":
        is_file = scheme[1].lower() in {"http", "https"} and urlsplit(location).path.lower().endswith((".yml", ".yaml"))
        return _Place("web file" if is_file else "remote", location)
    local = Path(location[len("file://") :] if scheme else location).expanduser()
    try:
        if local.exists():
            return _Place(_kind_of(local, location), str(local.resolve()))
    except OSError as error:
        raise SourceNotFoundError(f"'{location}' cannot be read: {error.strerror or error}.") from error
    if _SCP_LIKE.fullmatch(location):
        return _Place("remote", location)
    raise SourceNotFoundError(f"There is nothing at '{location}'.")


def _kind_of(local: Path, location: str) -> Literal["file", "repository", "bundle"]:
    if local.is_dir():
        return "repository"
    if not local.is_file():
        raise NotALandscapeError(f"'{location}' is neither a file nor a folder.")
    with local.open("rb") as stream:
        return "bundle" if _BUNDLE.match(stream.read(32)) else "file"


def _opened(location: str, place: _Place) -> Source:
    if place.kind == "web file":
        return FileSource(location, fetch_file(place.address))
    if place.kind == "file":
        return FileSource(location, _file_content(Path(place.address), location))
    return _local_repository(Path(place.address), location)


def _file_content(file: Path, location: str) -> bytes:
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise NotALandscapeError(f"'{location}' has {size:,} bytes, more than the {MAX_BYTES:,} that are read.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise SourceNotFoundError(f"'{location}' cannot be read: {error.strerror or error}.") from error


def _local_repository(folder: Path, location: str) -> GitSource:
    """Open the repository in exactly this folder; one further up is not meant."""
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
