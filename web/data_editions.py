"""What a file of data speaks of: the version of the landscape, its instant and terms; and its cells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from projects.as_of import version_at
from projects.provenance import Provenance, provenance_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from projects.as_of import AsOf


@dataclass(frozen=True, slots=True)
class Edition:
    """The version of the landscape that files speak of; ``as_of`` is the instant asked for, as text.

    ``instant`` is when the version took effect, so that an import between two queries changes no row.
    """

    instant: datetime
    as_of: str
    provenance: Provenance

    @property
    def day(self) -> str:
        """The UTC day asked for, for file names."""
        return self.as_of[:10]

    def header(self) -> dict[str, Any]:
        """Return what stands before the rows of a JSON file."""
        known = self.provenance
        return {
            "as_of": self.as_of,
            "commit": known.commit,
            "committed_at": iso(known.committed_at),
            "source": known.source or None,
            "licence": known.licence or None,
            "attribution": known.credit or None,
            "is_built_in": known.is_built_in,
        }


def edition_at(as_of: AsOf) -> Edition:
    """Return the edition in force at an instant; for the present, that of the newest version. Three queries."""
    version = version_at(as_of.instant)
    instant = version.effective_at if version else as_of.instant
    asked = instant if as_of.is_now else as_of.instant
    return Edition(instant, str(iso(asked)), provenance_at(instant))


def iso(value: Any) -> Any:
    """Return an instant as ``2020-04-25T12:00:00Z`` and a day as ``2020-04-25``; anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def cell(value: Any) -> Any:
    """Return a value as a CSV cell: true and false, ISO dates."""
    return str(value).lower() if isinstance(value, bool) else iso(value)


def json_lines(header: dict[str, Any], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Give a JSON object line by line: the header's keys, then ``rows``; an empty text is null."""
    yield json.dumps(header, ensure_ascii=False)[:-1] + ', "rows": ['
    separator = "\n"
    for row in rows:
        values = (None if value == "" else iso(value) for value in row)
        yield separator + json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
