"""Opening what a person names as a source: a clone, a bare repository, a bundle, a git address, or one file."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import (
    GitError,
    NotALandscapeError,
    SourceNotFoundError,
    SourceRefusedError,
    SourceUnreachableError,
)
from sources.clients.landscape_fetch import fetch_file
from sources.clients.landscape_origin import public_repository_url
from sources.clients.landscape_yaml import MAX_BYTES

REMOTE_SECONDS = 1800
ASKING_SECONDS = 60
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SCP_LIKE = re.compile(r"(?:[\w.-]+@)?[\w.-]+:(?!/{2})\S+")
_HELPER = re.compile(r"[a-z][a-z0-9+.-]*::", re.IGNORECASE)
_REMOTE_SCHEMES = {"https", "http", "ssh", "git"}
_BRANCH = "landscape"


@dataclass(frozen=True, slots=True)
class GitSource:
    """A repository on this machine, its tip and its branch; ``remote`` is set if versions must still be fetched."""

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


def _opened(location: str, scratch: Path) -> Source:
    scheme = _SCHEME.match(location)
    if scheme and scheme[1].lower() != "file":
        path = urlsplit(location).path.lower()
        if scheme[1].lower() in {"http", "https"} and path.endswith((".yml", ".yaml")):
            return FileSource(location, fetch_file(location))
        return _fetched(location, scratch)
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
        return _fetched(location, scratch)
    raise SourceNotFoundError(f"There is nothing at '{location}'.")


def _opened_path(local: Path, location: str, scratch: Path) -> Source:
    if local.is_dir():
        return _local_repository(local, location)
    if not local.is_file():
        raise NotALandscapeError(f"'{location}' is neither a file nor a folder.")
    with local.open("rb") as stream:
        is_bundle = re.match(rb"# v\d+ git bundle\n", stream.read(32)) is not None
    if is_bundle:
        return _fetched(str(local.resolve()), scratch, shown=location)
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


def _fetched(address: str, scratch: Path, *, shown: str = "") -> GitSource:
    """Bring the default branch of a bundle or a remote repository into ``scratch``.

    From a remote only commits and folders come along; the versions of the file are fetched when they are known
    (``fetch_objects``), so that thousands of logos stay where they are.
    """
    location = shown or address
    ref, branch = _default_branch(address, location)
    try:
        git.run(None, "init", "--quiet", "--bare", "--template=", "--", str(scratch))
        git.run(scratch, "config", "remote.origin.url", address)
        partly = [] if shown else ["--filter=blob:none"]
        refspec = f"+{ref}:refs/heads/{_BRANCH}"
        git.run(scratch, "fetch", "--quiet", "--no-tags", *partly, "origin", refspec, seconds=REMOTE_SECONDS)
        tip = git.run(scratch, "rev-parse", "--verify", f"refs/heads/{_BRANCH}^{{commit}}").decode().strip()
    except GitError as error:
        raise SourceUnreachableError(f"'{location}' cannot be fetched: {error}") from error
    return GitSource(location, scratch, tip, branch, public_repository_url(address), has_remote=not shown)


def _default_branch(address: str, location: str) -> tuple[str, str]:
    """Give the full and the short name of the branch that HEAD names, else main, master or the only one."""
    try:
        listing = git.run(None, "ls-remote", "--symref", "--", address, seconds=ASKING_SECONDS)
    except GitError as error:
        raise SourceUnreachableError(f"'{location}' is no git repository that can be reached: {error}") from error
    rows = [line.split("\t", 1) for line in listing.decode(errors="replace").splitlines() if "\t" in line]
    prefix = "refs/heads/"
    branches = {name: value for value, name in rows if name.startswith(prefix)}
    pointed = [value.removeprefix("ref: ") for value, name in rows if name == "HEAD" and value.startswith("ref: ")]
    heads = [value for value, name in rows if name == "HEAD" and not value.startswith("ref: ")]
    at_head = [name for name, value in branches.items() if value in heads]
    likely = [*pointed, *at_head, f"{prefix}main", f"{prefix}master", *(branches if len(branches) == 1 else ())]
    for ref in likely:
        if ref in branches:
            return ref, ref.removeprefix(prefix)
    raise NotALandscapeError(f"'{location}' has no default branch to read.")


def fetch_objects(source: GitSource, names: list[str]) -> None:
    """Fetch those of ``names`` that a source with a remote has not brought along; nothing for others."""
    held = git.local_objects(source.repository) if source.has_remote else None
    missing = [name for name in dict.fromkeys(names) if name not in held] if held is not None else []
    if not missing:
        return
    options = ["-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head"]
    stdin = "".join(f"{name}\n" for name in missing).encode()
    try:
        git.run(
            source.repository, *options, "--filter=blob:none", "--stdin", "origin", seconds=REMOTE_SECONDS, stdin=stdin
        )
    except GitError as error:
        raise SourceUnreachableError(f"'{source.location}' does not give its older versions: {error}") from error
