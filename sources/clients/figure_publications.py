"""Where published figures come from, and where they are known to be wrong: the headers of ``content/metrics/``."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sources.clients.content_yaml import read_content

DIRECTORY = "metrics"
NAMES_FILE = "names.yaml"


class FigureKind(StrEnum):
    """What is published: counts of repositories by day, of projects by window, of maintainers by employer."""

    STARS = "stars"
    ACTIVITY = "activity"
    MAINTAINERS = "maintainers"


# The name of both files of a kind: the header (.yaml) and the figures (.csv).
STEMS = {
    FigureKind.STARS: "stars_contributors_2018_2020",
    FigureKind.ACTIVITY: "activity_windows",
    FigureKind.MAINTAINERS: "maintainer_employers",
}


@dataclass(frozen=True, slots=True)
class CountedAnew:
    """From ``first_on`` the publisher counted in another way: a break in every series of ``count``."""

    first_on: date
    count: str


@dataclass(frozen=True, slots=True)
class KnownError:
    """From ``first_on`` to ``last_on``, both included, the published ``count`` of a repository is wrong."""

    repository: str
    count: str
    first_on: date
    last_on: date

    def covers(self, full_name: str, day: date) -> bool:
        """Tell whether the error concerns this "owner/name", in any case, on this day."""
        return self.repository.lower() == full_name.lower() and self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class Publication:
    """The source of figures; ``retrieved_on`` is the newest day that the copy at hand holds."""

    url: str
    title: str
    publisher: str
    retrieved_on: date
    licence: str
    counted_anew: tuple[CountedAnew, ...] = ()
    errors: tuple[KnownError, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedNames:
    """Slugs of items by the name that publishers use, and why other names are no item."""

    items: dict[str, str]
    left_out: dict[str, str]


def has_publication(root: Path, kind: FigureKind) -> bool:
    """Tell whether ``content/`` below ``root`` holds figures of this kind."""
    return header_path(root, kind).is_file()


def header_path(root: Path, kind: FigureKind) -> Path:
    """Return the path of a kind's header."""
    return root / DIRECTORY / f"{STEMS[kind]}.yaml"


def figures_path(root: Path, kind: FigureKind) -> Path:
    """Return the path of the figures beside a kind's header."""
    return root / DIRECTORY / f"{STEMS[kind]}.csv"


def read_publication(root: Path, kind: FigureKind) -> Publication:
    """Read a kind's header; raises ``ContentError`` with file and line."""
    value = read_content(root, header_path(root, kind), schema="published_figures")
    return Publication(
        url=value["url"],
        title=value["title"],
        publisher=value["publisher"],
        retrieved_on=date.fromisoformat(value["retrieved_on"]),
        licence=value["licence"],
        counted_anew=tuple(
            CountedAnew(date.fromisoformat(one["first_on"]), one["count"]) for one in value.get("counted_anew", ())
        ),
        errors=tuple(_error(one) for one in value.get("errors", ())),
    )


def read_names(root: Path) -> PublishedNames:
    """Read the names that publishers use; none if there is no such file. Raises ``ContentError`` with file and line."""
    path = root / DIRECTORY / NAMES_FILE
    if not path.is_file():
        return PublishedNames({}, {})
    value = read_content(root, path, schema="published_names")
    return PublishedNames(value["items"], value["left_out"])


def _error(value: dict[str, Any]) -> KnownError:
    return KnownError(
        value["repository"],
        value["count"],
        date.fromisoformat(value["first_on"]),
        date.fromisoformat(value["last_on"]),
    )
