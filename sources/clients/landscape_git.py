"""Reading a git repository through git itself: the mainline, and objects in one stream.

No shell, no prompts, no hooks, no lazy fetching; nothing of the repository's own configuration can start a program
by the commands used here.
"""

import contextlib
import fcntl
import os
import re
import subprocess
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sources.clients.landscape_errors import GitError, IncompleteHistoryError

LOCAL_SECONDS = 120
_PIPE_BYTES = 1 << 20
_SET_PIPE_SIZE = 1031  # Linux's F_SETPIPE_SZ, which other systems have not
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "gc.auto=0",
    "maintenance.auto=false",
    "safe.directory=*",  # the reader may be another user than the owner
)
_PROTOCOLS = "https:http:ssh:git:file"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the mainline; ``position`` counts from 0 at its root, ``committed_at`` is in UTC."""

    position: int
    hash: str
    tree: str
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object as git gave it; ``content`` is None if the repository has it not, or holds it damaged."""

    name: str
    content: bytes | None
    size: int = 0


def environment() -> dict[str, str]:
    """Give the variables for git: without those that point to another repository, and never asking anything."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in {"GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_PROXY_COMMAND"}
    }
    kept.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20")
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def command(repository: Path | None, *arguments: str) -> list[str]:
    """Give the argument list of one git command, with the settings that keep it safe."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    place = [] if repository is None else [f"--git-dir={repository}"]
    return ["git", *settings, *place, *arguments]


def run(repository: Path | None, *arguments: str, seconds: float = LOCAL_SECONDS, stdin: bytes = b"") -> bytes:
    """Give what a git command printed; raises ``GitError`` with git's last words."""
    try:
        done = subprocess.run(
            command(repository, *arguments),
            input=stdin,
            capture_output=True,
            timeout=seconds,
            env=environment(),
            check=False,
        )
    except FileNotFoundError as error:
        raise GitError("The program git is not installed.") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git {arguments[0]} took longer than {seconds:.0f} seconds.") from error
    if done.returncode:
        raise GitError(f"git {arguments[0]} failed: {_last_words(done.stderr)}.")
    return done.stdout


def _last_words(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    words = (fatal or lines or ["no reason given"])[0]
    words = re.sub(r"(?<=://)[^/@\s]*@", "", words)  # a password in an address
    return re.sub(r"^(fatal|error): ", "", words).rstrip(".")


def mainline(repository: Path, tip: str, *, branch: str) -> list[Commit]:
    """Give the commits from the root to ``tip`` as the public branch had them, one after the other.

    A maintainer who merged the public branch into a local commit and pushed left the public side as the second parent;
    there the second parent is followed, everywhere else the first.
    Raises ``IncompleteHistoryError`` for a shallow clone.
    """
    if run(repository, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise IncompleteHistoryError(
            "The repository is a shallow clone; 'git fetch --unshallow' brings the whole history."
        )
    names = "|".join(map(re.escape, sorted({"master", "main", branch} - {""})))
    is_sync_merge = re.compile(rf"Merge (?:remote-tracking )?branch '(?:refs/remotes/)?(?:origin/)?(?:{names})'").match
    listing = run(repository, "rev-list", "--format=%H%x00%P%x00%T%x00%ct%x00%s", "--end-of-options", tip, "--")
    rows = (line.split("\0", 4) for line in listing.decode(errors="replace").split("\n") if "\0" in line)
    commits = {hash_: (parents.split(), tree, int(at), subject) for hash_, parents, tree, at, subject in rows}
    chain = []
    following: str | None = tip
    while following:
        parents, tree, at, subject = commits[following]
        chain.append((following, tree, datetime.fromtimestamp(at, UTC)))
        is_sync = len(parents) > 1 and is_sync_merge(subject)
        following = parents[1] if is_sync else next(iter(parents), None)
    return [Commit(position, *commit) for position, commit in enumerate(reversed(chain))]


def files_of_trees(
    repository: Path, trees: Iterable[str], names: Sequence[str]
) -> Mapping[str, tuple[str, str] | None]:
    """Give, for each tree, the first of ``names`` that is a file in it and its blob; None if it has none of them.

    A tree that the repository lacks (a partial clone without trees) is left out.
    """
    wanted = list(dict.fromkeys(trees))
    return {
        found.name: _file_in_tree(found.content, names, len(found.name) // 2)
        for found in read_objects(repository, wanted)
        if found.content is not None
    }


def _file_in_tree(tree: bytes, names: Sequence[str], hash_bytes: int) -> tuple[str, str] | None:
    entries = {}
    start = 0
    while start < len(tree):
        end = tree.index(b"\0", start)
        mode, _, name = tree[start:end].partition(b" ")
        start = end + 1 + hash_bytes
        if mode.startswith(b"100"):
            entries[name] = tree[end + 1 : start]
    return next(((name, entries[name.encode()].hex()) for name in names if name.encode() in entries), None)


def local_objects(repository: Path) -> frozenset[str] | None:
    """Give the names of the objects that a partial clone really holds; None for a complete repository.

    Asking a partial clone for a missing object can make git fetch it, one process each.
    """
    settings = run(repository, "config", "--list", "--name-only").decode(errors="replace").lower().split()
    is_partial = any(name == "extensions.partialclone" or name.endswith(".promisor") for name in settings)
    if not is_partial:
        return None
    listing = run(repository, "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
    return frozenset(listing.decode().split())


def read_objects(repository: Path, names: Sequence[str], *, max_bytes: int | None = None) -> Iterator[GitObject]:
    """Give the objects one by one in the order asked for, from one git process.

    Content over ``max_bytes`` is skipped, with its size given. A damaged object ends git; it is reported without
    content and another process goes on behind it.
    """
    held = local_objects(repository)
    start = 0
    while start < len(names):
        asked = [name for name in names[start:] if held is None or name in held]
        stream = _stream(repository, asked, max_bytes)
        for place in range(start, len(names)):
            start = place + 1
            name = names[place]
            if held is not None and name not in held:
                yield GitObject(name, None)
                continue
            found = next(stream, None)
            yield found or GitObject(name, None)
            if found is None:
                break
        stream.close()


def _stream(repository: Path, names: Sequence[str], max_bytes: int | None) -> Generator[GitObject, None, None]:
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{name}\n" for name in names).encode())
        asked.seek(0)
        process = subprocess.Popen(
            command(repository, "cat-file", "--batch", "--buffer"),
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            bufsize=_PIPE_BYTES,
        )
    with process:
        output = process.stdout
        if output is None:
            return
        _widen(output)
        try:
            for name in names:
                found = _next_object(output, name, max_bytes)
                if found is None:
                    return
                yield found
        finally:
            process.kill()


def _widen(pipe: IO[bytes]) -> None:
    """Let the pipe hold a whole version, where the system can do it."""
    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe.fileno(), _SET_PIPE_SIZE, _PIPE_BYTES)


def _next_object(output: IO[bytes], name: str, max_bytes: int | None) -> GitObject | None:
    """Give the next object; None when git ended before it was complete."""
    header = output.readline().split()
    if len(header) != 3:  # noqa: PLR2004 - "<name> missing" has two words, the end none
        return GitObject(name, None) if header else None
    size = int(header[2])
    if max_bytes is not None and size > max_bytes:
        _skip(output, size + 1)
        return GitObject(name, None, size)
    content = output.read(size + 1)
    return GitObject(name, content[:-1], size) if len(content) == size + 1 else None


def _skip(output: IO[bytes], size: int) -> None:
    while size > 0 and (passed := len(output.read(min(size, _PIPE_BYTES)))):
        size -= passed
