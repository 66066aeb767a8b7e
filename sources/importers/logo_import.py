"""Brings logos into the catalogue: each drawn once by its content, linked to its items, packed into sheets."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from projects.models import Item, Logo
from sources.clients.landscape_files import StoredFile
from sources.importers.import_lock import import_lock
from sources.importers.logo_sheets import store_sheets
from sources.importers.table_upkeep import tidy_tables
from sources.logos.bulk import Failure, Result, raster_many
from sources.logos.simple_icons import SimpleIcon
from sources.models import ImportNotice

# Logos drawn so far stay when an import is stopped half-way; the next one goes on behind them.
STORED_AT_ONCE = 100
SVG = "image/svg+xml"
# Icons that nobody wears now stay, so that they need not be drawn again.
ICON_FOLDER = "simple-icons/"

Drawn = Iterable[Result | Failure]
Progress = Callable[[Drawn, int], Drawn]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be an item's logo; ``licence`` is empty where the landscape's own terms hold."""

    name: str
    content: bytes
    licence: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(slots=True)
class LogoCounts:
    """What an import of logos did."""

    drawn: int = 0
    failed: int = 0
    items: int = 0
    sheets: int = 0


@dataclass(slots=True)
class _Reading:
    """The files that some item names: digest by file name, and what has still to be drawn."""

    digests: dict[str, str] = field(default_factory=dict)
    new: dict[str, Candidate] = field(default_factory=dict)


def import_logos(
    files: Iterable[StoredFile] | None,
    icons: Sequence[SimpleIcon],
    *,
    now: datetime,
    progress: Progress = lambda drawn, _: drawn,
) -> LogoCounts:
    """Give every item its logo: the file it names, else the icon that is truly its own.

    ``files`` are all that lie beside the landscape; None leaves the logos that items have from there. Bad files become notices. Again with the same files nothing is written. Raises ``ImportBusyError`` if another
    import is at work when the logos are linked.
    """
    counts = LogoCounts()
    wanted = set(Item.objects.exclude(logo_file="").values_list("logo_file", flat=True))
    reading = _read(_candidates(files or (), {base_name(name) for name in wanted}, icons))
    if files is None:
        worn = Item.objects.filter(logo__isnull=False).exclude(logo_file="").values_list("logo_file", "logo__digest")
        reading.digests |= {base_name(name): digest for name, digest in worn}
    drawn = raster_many((digest, candidate.content) for digest, candidate in reading.new.items())
    for batch in _batches(progress(drawn, len(reading.new))):
        _store(batch, reading, counts, now)
    with transaction.atomic(), import_lock():
        counts.items = _link(reading, icons)
        counts.sheets = store_sheets()
        Logo.objects.filter(items=None).exclude(file_name__startswith=ICON_FOLDER).delete()
    tidy_tables()
    return counts


def base_name(path: str) -> str:
    """Return the name of a logo's file: landscapes write it with and without its folder."""
    return path.rpartition("/")[2]


def icon_file(icon: SimpleIcon) -> str:
    """Return the name under which an icon is kept."""
    return f"{ICON_FOLDER}{icon.items[0]}"


def _candidates(files: Iterable[StoredFile], wanted: set[str], icons: Sequence[SimpleIcon]) -> Iterator[Candidate]:
    for file in files:
        if file.name in wanted and file.content is not None:
            yield Candidate(file.name, file.content)
    for icon in icons:
        yield Candidate(icon_file(icon), icon.svg, icon.licence or "CC0-1.0")


def _read(candidates: Iterable[Candidate]) -> _Reading:
    """Compare the files with what is stored, keeping only new content in memory."""
    known = set(Logo.objects.values_list("digest", flat=True))
    failed = set(ImportNotice.objects.filter(kind=ImportNotice.Kind.LOGO).values_list("commit", flat=True))
    reading = _Reading()
    for candidate in candidates:
        digest = candidate.digest
        reading.digests[candidate.name] = digest
        if digest not in known and digest not in failed:
            reading.new.setdefault(digest, candidate)
    return reading


def _batches(drawn: Drawn) -> Iterator[list[Result | Failure]]:
    batch: list[Result | Failure] = []
    for one in drawn:
        batch.append(one)
        if len(batch) == STORED_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _store(batch: Iterable[Result | Failure], reading: _Reading, counts: LogoCounts, now: datetime) -> None:
    logos, notices = [], []
    for one in batch:
        candidate = reading.new[one.name]
        if isinstance(one, Failure):
            counts.failed += 1
            notices.append(_notice(candidate, one.reason, now))
            continue
        counts.drawn += 1
        picture = one.thumbnail
        logos.append(
            Logo(
                digest=one.name,
                file_name=candidate.name[:300],
                svg=one.clean.content if one.clean.media_type == SVG else b"",
                webp=picture.webp,
                width=picture.width,
                height=picture.height,
                tone=picture.tone,
                licence=candidate.licence[:100],
            )
        )
    with transaction.atomic():
        Logo.objects.bulk_create(logos, ignore_conflicts=True)
        ImportNotice.objects.bulk_create(
            notices, update_conflicts=True, unique_fields=["kind", "subject"], update_fields=["detail", "commit"]
        )


def _notice(candidate: Candidate, reason: str, now: datetime) -> ImportNotice:
    """A notice carries the content's digest where others carry a commit, so that a mended file is drawn again."""
    return ImportNotice(
        kind=ImportNotice.Kind.LOGO,
        subject=candidate.name[:300],
        detail=reason,
        commit=candidate.digest,
        first_seen_at=now,
    )


def _link(reading: _Reading, icons: Sequence[SimpleIcon]) -> int:
    """Point every item at its logo; returns how many items were changed."""
    logos = dict(Logo.objects.values_list("digest", "pk"))
    worn = {name: icon_file(icon) for icon in icons for name in icon.items}
    changed = []
    for item in Item.objects.only("name", "logo_file", "logo_id").order_by("pk"):
        names = [base_name(item.logo_file), worn.get(item.name, "")]
        found = (logos.get(reading.digests.get(name, "")) for name in names)
        logo = next((pk for pk in found if pk is not None), None)
        if item.logo_id != logo:
            item.logo_id = logo
            changed.append(item)
    if changed:
        Item.objects.bulk_update(changed, ["logo"], batch_size=1000)
    return len(changed)
