"""What an import has to read: the whole history, what is new in it, or the newest version alone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from projects.commits import FILE_MARK
from projects.models import Landscape, LandscapeVersion
from sources.clients.landscape_errors import HistoryRewrittenError
from sources.clients.landscape_history import Version, read_history, read_latest
from sources.clients.landscape_origin import FileSource, GitSource, Source
from sources.clients.landscape_remote import without_password
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.errors import OtherLandscapeError


@dataclass(frozen=True, slots=True)
class Reading:
    """The versions to read, in order, and how many.

    ``origin`` tells one landscape from another, ``tip`` is the newest commit of the source. ``replaces`` says that the
    stored history gives way, ``is_latest_only`` that earlier versions are left out.
    """

    versions: Iterable[Version]
    count: int
    origin: str
    public_url: str = ""
    tip: str = ""
    replaces: bool = True
    is_latest_only: bool = False

    def adapted(self, version: Version, history: CatalogueHistory) -> Version:
        """Give ``version`` as the difference to ``history``: one that was read alone names no section that is gone."""
        if not self.is_latest_only:
            return version
        present = {section.key for section in version.changed}
        return replace(version, removed=tuple(place for place in history.roster.sections if place not in present))


def plan_reading(source: Source, landscape: Landscape | None, *, now: datetime, latest_only: bool) -> Reading:
    """Give what is to be read from ``source`` into a database that holds ``landscape``.

    The built-in data give way to any landscape, newest versions alone to the history they belong to.
    Raises ``OtherLandscapeError``, and ``LandscapeError`` for the source itself.
    """
    stored = landscape if landscape and not landscape.is_built_in else None
    if isinstance(source, FileSource):
        return _of_file(source, stored, now)
    if latest_only and (stored is None or stored.is_latest_only):
        return _of_tip(source, stored)
    if stored is None or stored.is_latest_only:
        return _of_whole_history(source, stored)
    return _of_new_versions(source, stored)


def _of_whole_history(source: GitSource, stored: Landscape | None) -> Reading:
    history = read_history(source)
    _require_same(stored, history.origin.identity, source.location)
    return Reading(history, len(history), history.origin.identity, history.origin.public_url, history.tip)


def _of_new_versions(source: GitSource, stored: Landscape) -> Reading:
    try:
        history = read_history(source, after=_newest().commit)
    except HistoryRewrittenError:
        origin, _ = read_latest(source)
        _require_same(stored, origin.identity, source.location)
        raise
    origin = history.origin
    return Reading(history, len(history), origin.identity, origin.public_url, history.tip, replaces=False)


def _of_tip(source: GitSource, stored: Landscape | None) -> Reading:
    origin, version = read_latest(source)
    _require_same(stored, origin.identity, source.location)
    versions = [] if stored and _newest().commit == version.commit else [version]
    return Reading(
        versions,
        len(versions),
        origin.identity,
        origin.public_url,
        source.tip,
        replaces=stored is None,
        is_latest_only=True,
    )


def _of_file(source: FileSource, stored: Landscape | None, now: datetime) -> Reading:
    """A file has no commits: each reading of other content than the last one's is a version of its own."""
    address = _address(source.location)
    _require_same(stored, address, source.location)
    _, version = read_latest(source)
    digest = FILE_MARK + hashlib.sha256(source.content).hexdigest()[:40]
    newest = _newest() if stored else None
    if newest and newest.commit.startswith(digest):
        return Reading([], 0, address)
    position = newest.position + 1 if newest else 0
    version = replace(version, position=position, commit=f"{digest}-{position}", committed_at=now)
    return Reading([version], 1, address, replaces=stored is None, is_latest_only=True)


def _address(location: str) -> str:
    """Give a file's address in one form for every way to write it, without credentials."""
    if "://" in location:
        return without_password(location)[:500]
    return str(Path(location).expanduser().resolve())[:500]


def _newest() -> LandscapeVersion:
    return LandscapeVersion.objects.order_by("position").reverse()[0]


def _require_same(stored: Landscape | None, origin: str, location: str) -> None:
    if stored is not None and stored.origin != origin:
        raise OtherLandscapeError(
            f"This database holds '{stored.name}'; '{without_password(location)}' is another landscape, and a database "
            "holds only one. Nothing was changed."
        )
