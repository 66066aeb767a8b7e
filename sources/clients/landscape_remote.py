"""Bringing a bundle or a remote repository onto this machine."""

from pathlib import Path

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import GitError, NotALandscapeError, SourceUnreachableError
from sources.clients.landscape_origin import GitSource, public_repository_url

REMOTE_SECONDS = 1800
ASKING_SECONDS = 60
_BRANCH = "landscape"


def fetch_repository(address: str, scratch: Path, *, shown: str = "") -> GitSource:
    """Bring the default branch of a remote repository, or of a bundle that is ``shown`` by its path, into ``scratch``.

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
