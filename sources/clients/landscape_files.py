"""The files that lie beside a landscape, above all its logos."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from sources.clients import landscape_git as git
from sources.clients.landscape_origin import GitSource
from sources.clients.landscape_remote import fetch_objects

# The first that a landscape has; other foundations use the shorter name.
LOGO_FOLDERS = ("hosted_logos", "logos")


class StoredFile(NamedTuple):
    """One file at the tip; ``content`` is None if it is missing from the clone, or over the limit."""

    name: str
    content: bytes | None


def read_logos(source: GitSource, *, max_bytes: int = 5_000_000) -> Iterator[StoredFile]:
    """Give the files of the logo folder at the source's tip, by name; nothing if it has none.

    Raises what ``read_folder`` raises.
    """
    for folder in LOGO_FOLDERS:
        files = read_folder(source, folder=folder, max_bytes=max_bytes)
        first = next(files, None)
        if first is not None:
            return chain([first], files)
    return iter(())


def read_folder(source: GitSource, *, folder: str, max_bytes: int = 5_000_000) -> Iterator[StoredFile]:
    """Give the files of one folder at the source's tip, by name; nothing if there is no such folder.

    Raises ``GitError``, and ``SourceUnreachableError`` if a remote does not give them.
    """
    listing = git.run(source.repository, "ls-tree", "-z", "--full-tree", source.tip, "--", f"{folder}/")
    entries = [entry.split("\t", 1) for entry in listing.decode(errors="replace").split("\0") if "\t" in entry]
    files = [(path.rpartition("/")[2], said.split()[2]) for said, path in entries if said.startswith("100")]
    blobs = [blob for _, blob in files]
    fetch_objects(source, blobs)
    for (name, _), found in zip(files, git.read_objects(source.repository, blobs, max_bytes=max_bytes), strict=True):
        yield StoredFile(name, found.content)
