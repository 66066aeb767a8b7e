"""Which cards are one hosted project."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

# From 2023-08 to 2024-11 hosted projects stood a second time under Wasm and Serverless.
_TWIN_SUFFIX = re.compile(r" \((?:Wasm|Serverless)\)$")


class HostedPeriod(NamedTuple):
    """A time in which a card was hosted; ``repository`` is empty if it named none, ``end`` None if it still is."""

    item: int
    start: datetime
    end: datetime | None
    name: str
    repository: str


def own_name(name: str) -> str:
    """Give a project's name without the suffix of a twin card."""
    return _TWIN_SUFFIX.sub("", name)


def project_groups(periods: Iterable[HostedPeriod]) -> list[list[int]]:
    """Give the items of each project, smallest first.

    Cards are one project if they were hosted with one repository at one time, or if one has the other's name and a
    twin's suffix at one time. A renamed card is one item, so it needs no rule here.
    """
    by_repository: dict[str, list[HostedPeriod]] = defaultdict(list)
    by_name: dict[str, list[HostedPeriod]] = defaultdict(list)
    leader: dict[int, int] = {}
    for period in periods:
        leader[period.item] = period.item
        by_name[own_name(period.name)].append(period)
        if period.repository:
            by_repository[period.repository].append(period)
    for alike in (*by_repository.values(), *by_name.values()):
        for one, other in _at_one_time(alike):
            _join(leader, one.item, other.item)
    groups: dict[int, list[int]] = defaultdict(list)
    for item in sorted(leader):
        groups[_find(leader, item)].append(item)
    return list(groups.values())


def _at_one_time(periods: Sequence[HostedPeriod]) -> Iterator[tuple[HostedPeriod, HostedPeriod]]:
    """Give pairs that overlap, enough of them to link all that do."""
    if len({period.item for period in periods}) == 1:
        return
    latest: HostedPeriod | None = None
    for period in sorted(periods, key=lambda one: (one.start, one.item)):
        if latest is not None and (latest.end is None or period.start < latest.end):
            yield latest, period
        if latest is None or (latest.end is not None and (period.end is None or period.end > latest.end)):
            latest = period


def _find(leader: dict[int, int], item: int) -> int:
    while leader[item] != item:
        leader[item] = leader[leader[item]]
        item = leader[item]
    return item


def _join(leader: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_find(leader, one), _find(leader, other)))
    leader[second] = first
