"""Every version of a landscape file, oldest first, each as what changed in it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import BrokenLandscapeError, HistoryRewrittenError, NotALandscapeError
from sources.clients.landscape_origin import FileSource, GitSource, Origin, Source
from sources.clients.landscape_reader import LandscapeReader
from sources.clients.landscape_remote import fetch_objects
from sources.clients.landscape_sections import CategoryOutline, Landscape, Section, SectionKey
from sources.clients.landscape_yaml import MAX_BYTES, UnreadableTextError

FILE_NAMES = ("landscape.yml", "landscape.yaml", "data.yml", "data.yaml")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the file, as the difference to the last readable one before it.

    ``position`` is the commit's place on the mainline, from 0 at the root, so it never changes when commits are added.
    ``committed_at`` is the committer's date in UTC; it may decrease (it did once). An unreadable version changes
    nothing and says in ``problem`` why. ``changed`` holds the sections that are new or differ, whole, in file order;
    ``removed`` those that are gone; ``outline`` always all categories and subcategories, and is the same object as long
    as it does not change.
    """

    position: int
    commit: str
    committed_at: datetime | None
    status: Literal["read", "unreadable"]
    problem: str
    outline: tuple[CategoryOutline, ...]
    changed: tuple[Section, ...]
    removed: tuple[SectionKey, ...]


@dataclass(frozen=True, slots=True)
class _Revision:
    """A commit that changed the file: its blob, or None where the file is gone or its folder unknown."""

    commit: git.Commit
    file: str
    blob: str | None
    problem: str = ""


_NOTHING = Landscape((), {})


class History:
    """The versions after a known commit; iterating reads them.

    ``len()`` tells how many there are; ``base`` is the state at the known commit as one whole version (None if there is
    nothing new, or nothing before); ``origin`` tells which landscape it is; ``tip`` is the newest commit.
    """

    def __init__(self, source: GitSource, *, after: str | None) -> None:
        self.source = source
        self.reader = LandscapeReader()
        commits = git.mainline(source.repository, source.tip, branch=source.branch)
        known = -1 if after is None else _position_of(after, commits, source.location)
        self.origin = _origin(source, commits)
        self.tip = commits[-1].hash
        revisions = _revisions(source, commits)
        self._revisions = [revision for revision in revisions if revision.commit.position > known]
        self._base_landscape = _NOTHING
        self.base: Version | None = None
        if self._revisions:
            earlier = revisions[: -len(self._revisions)]
            fetch_objects(source, list(self.blobs.values()))
            _readable_tip(source, revisions[-1], self.reader)
            self._read_base(earlier)

    @property
    def blobs(self) -> dict[str, str]:
        """Give, in order, the git object that holds each version's text, by commit; some versions have none."""
        return {revision.commit.hash: revision.blob for revision in self._revisions if revision.blob}

    def __len__(self) -> int:
        return len(self._revisions)

    def __iter__(self) -> Iterator[Version]:
        objects = git.read_objects(self.source.repository, list(self.blobs.values()), max_bytes=MAX_BYTES)
        current = self._base_landscape
        for revision in self._revisions:
            found = next(objects) if revision.blob else None
            try:
                landscape = _landscape_of(revision, found, self.reader)
            except BrokenLandscapeError as broken:
                yield _version(revision, current, current, problem=str(broken))
                continue
            if landscape.outline == current.outline:
                landscape = Landscape(current.outline, landscape.sections)
            yield _version(revision, current, landscape)
            current = landscape

    def _read_base(self, earlier: list[_Revision]) -> None:
        """Find the last readable version of those already known."""
        for revision in reversed(earlier):
            with contextlib.suppress(BrokenLandscapeError):
                self._base_landscape = _read_one(self.source, revision, self.reader)
                self.base = _version(revision, _NOTHING, self._base_landscape)
                return


def read_history(source: GitSource, *, after: str | None = None) -> History:
    """Give the versions after the mainline commit ``after``, or all of them.

    Raises ``HistoryRewrittenError`` if that commit is not on the mainline, ``IncompleteHistoryError`` for a shallow clone,
    ``NotALandscapeError`` if no commit has a landscape file, ``BrokenLandscapeError`` if the newest version cannot be read.
    """
    return History(source, after=after)


def read_latest(source: Source) -> tuple[Origin, Version]:
    """Give the newest version alone, whole, and where it comes from; a file has no commit and no date.

    Raises what ``read_history`` raises.
    """
    if isinstance(source, FileSource):
        landscape = _parsed(source.content, LandscapeReader(), file=source.location)
        outline, sections = landscape.outline, tuple(landscape.sections.values())
        return Origin("file"), Version(0, "", None, "read", "", outline, sections, ())
    commits = git.mainline(source.repository, source.tip, branch=source.branch)
    newest = _revisions(source, commits)[-1]
    landscape = _readable_tip(source, newest, LandscapeReader())
    return _origin(source, commits), _version(newest, _NOTHING, landscape)


def _origin(source: GitSource, commits: list[git.Commit]) -> Origin:
    return Origin("git", commits[0].hash, source.public_url)


def _position_of(commit: str, commits: list[git.Commit], location: str) -> int:
    for candidate in reversed(commits):
        if candidate.hash == commit:
            return candidate.position
    raise HistoryRewrittenError(
        f"The last commit that was read, {commit[:12]}, is not on the mainline of '{location}' any more: its history was "
        "rewritten, or this is another repository."
    )


def _revisions(source: GitSource, commits: list[git.Commit]) -> list[_Revision]:
    """Give the commits in which the file's content changed, from its first appearance on."""
    files = git.files_of_trees(source.repository, (commit.tree for commit in commits), FILE_NAMES)
    revisions: list[_Revision] = []
    for commit in commits:
        file, blob = files.get(commit.tree) or ("", None)
        if revisions and revisions[-1].blob == blob:
            continue
        if blob is None and not revisions:
            continue
        problem = "" if blob else _why_no_blob(is_known=commit.tree in files)
        revisions.append(_Revision(commit, file or revisions[-1].file, blob, problem))
    if not revisions:
        raise NotALandscapeError(f"'{source.location}' has no {FILE_NAMES[0]} in any version.")
    return revisions


def _why_no_blob(*, is_known: bool) -> str:
    return "the file does not exist" if is_known else "the clone does not hold the folder"


def _readable_tip(source: GitSource, newest: _Revision, reader: LandscapeReader) -> Landscape:
    fetch_objects(source, [newest.blob] if newest.blob else [])
    return _read_one(source, newest, reader)


def _read_one(source: GitSource, revision: _Revision, reader: LandscapeReader) -> Landscape:
    blobs = [revision.blob] if revision.blob else []
    fetch_objects(source, blobs)
    found = next(git.read_objects(source.repository, blobs, max_bytes=MAX_BYTES), None)
    return _landscape_of(revision, found, reader)


def _landscape_of(revision: _Revision, found: git.GitObject | None, reader: LandscapeReader) -> Landscape:
    file, commit = revision.file, revision.commit.hash
    if found is None:
        raise BrokenLandscapeError(revision.problem, file=file, commit=commit)
    if found.content is None:
        reason = "the repository does not hold this version (a partial clone, or a damaged one)"
        if found.size > MAX_BYTES:
            reason = f"{found.size:,} bytes are more than the {MAX_BYTES:,} that are read"
        raise BrokenLandscapeError(reason, file=file, commit=commit)
    return _parsed(found.content, reader, file=file, commit=commit)


def _parsed(text: bytes, reader: LandscapeReader, *, file: str, commit: str = "") -> Landscape:
    try:
        return reader.read(text)
    except UnreadableTextError as error:
        raise BrokenLandscapeError(error.reason, file=file, commit=commit, line=error.line) from error


def _version(revision: _Revision, before: Landscape, now: Landscape, *, problem: str = "") -> Version:
    changed = [section for key, section in now.sections.items() if before.sections.get(key) is not section]
    return Version(
        position=revision.commit.position,
        commit=revision.commit.hash,
        committed_at=revision.commit.committed_at,
        status="unreadable" if problem else "read",
        problem=problem,
        outline=now.outline,
        changed=tuple(section for section in changed if before.sections.get(section.key) != section),
        removed=tuple(key for key in before.sections if key not in now.sections),
    )
