"""What entries of ``content/`` cite, as a frozen row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

WHOLE_DAY = len("2014-06-22")


@dataclass(frozen=True, slots=True)
class CitedPublication:
    """A source as a file names it; days that are not known are None."""

    url: str
    title: str
    publisher: str = ""
    published_on: date | None = None
    retrieved_on: date | None = None
    licence: str = ""


def cited_publication(value: Mapping[str, str]) -> CitedPublication:
    """Return the source of a mapping that a schema has checked; of a year or a month alone no day is made up."""
    return CitedPublication(
        url=value["url"],
        title=value["title"],
        publisher=value.get("publisher", ""),
        published_on=_day(value.get("published_on", "")),
        retrieved_on=_day(value.get("retrieved_on", "")),
        licence=value.get("licence", ""),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == WHOLE_DAY else None
