"""Bringing a bundle or a remote repository onto this machine."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import GitError, NotALandscapeError, SourceUnreachableError
from sources.clients.landscape_origin import GitSource, public_repository_url

REMOTE_SECONDS = 1800
ASKING_SECONDS = 60
_BRANCH = "landscape"
# Each fetch adds one; with very many, bringing all anew is quicker than looking into each of them.
_MOST_PACKS = 100
_HEADS = "refs/heads/"


class Branch(NamedTuple):
    """A branch of a remote repository, with the commit at which it stands."""

    ref: str
    name: str
    tip: str


# A raw file of a private repository carries its key in the query.
_SECRET_PARAMETER = re.compile(
    r"[?&](?:access_token|auth|authkey|jwt|key|password|private_token|secret|sig|signature|token)=[^&#\s']*",
    re.IGNORECASE,
)


def without_password(address: str) -> str:
    """Give an address, or a sentence with one, as it may be shown and logged: without password and without tokens."""
    return _SECRET_PARAMETER.sub("", re.sub(r"(?<=://)[^/@\s]*@", "", address))


def fetch_repository(address: str, folder: Path, *, is_bundle: bool, shown: str) -> GitSource:
    """Bring the default branch of a bundle or a remote repository into ``folder``, or up to date there.

    From a remote only commits and folders come along; the versions of the file are fetched when they are known
    (``fetch_objects``), so that thousands of logos stay where they are. A server that cannot do this sends all.
    """
    branch = default_branch(address, shown)
    repository = folder / "repository.git"
    if len(list(repository.glob("objects/pack/*.pack"))) > _MOST_PACKS:
        shutil.rmtree(repository)
    was_there = repository.exists()
    try:
        tip = _fetched_tip(address, repository, branch, is_partial=not is_bundle)
    except GitError as error:
        if not was_there:
            raise SourceUnreachableError(f"'{shown}' cannot be fetched: {error}") from error
        # What is kept may be damaged; the remote has just answered.
        shutil.rmtree(repository)
        return fetch_repository(address, folder, is_bundle=is_bundle, shown=shown)
    public_url = "" if is_bundle else public_repository_url(address)
    return GitSource(shown, repository, tip, branch.name, public_url, has_remote=not is_bundle)


def _fetched_tip(address: str, repository: Path, branch: Branch, *, is_partial: bool) -> str:
    partly = ["--filter=blob:none"] if is_partial else []
    refspec = f"+{branch.ref}:refs/heads/{_BRANCH}"
    repository.mkdir(parents=True, exist_ok=True)
    git.run(None, "init", "--quiet", "--bare", "--template=", "--", str(repository))
    git.run(repository, "config", "remote.origin.url", address)
    git.run(repository, "fetch", "--quiet", "--no-tags", *partly, "origin", refspec, seconds=REMOTE_SECONDS)
    return git.run(repository, "rev-parse", "--verify", f"refs/heads/{_BRANCH}^{{commit}}").decode().strip()


def default_branch(address: str, shown: str) -> Branch:
    """Give the branch that HEAD names, else main, master or the only one.

    Raises ``SourceUnreachableError`` and ``NotALandscapeError``.
    """
    try:
        listing = git.run(None, "ls-remote", "--symref", "--", address, seconds=ASKING_SECONDS)
    except GitError as error:
        raise SourceUnreachableError(f"'{shown}' is no git repository that can be reached: {error}") from error
    rows = [line.split("\t", 1) for line in listing.decode(errors="replace").splitlines() if "\t" in line]
    branches = {name: value for value, name in rows if name.startswith(_HEADS)}
    pointed = [value.removeprefix("ref: ") for value, name in rows if name == "HEAD" and value.startswith("ref: ")]
    heads = [value for value, name in rows if name == "HEAD" and not value.startswith("ref: ")]
    at_head = [name for name, value in branches.items() if value in heads]
    likely = [*pointed, *at_head, f"{_HEADS}main", f"{_HEADS}master", *(branches if len(branches) == 1 else ())]
    for ref in likely:
        if ref in branches:
            return Branch(ref, ref.removeprefix(_HEADS), branches[ref])
    raise NotALandscapeError(f"'{shown}' has no default branch to read.")


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
