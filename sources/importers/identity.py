"""Which card of a version is which card of the version before."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import SectionKey
from sources.importers.repository_addresses import repository_address

Item = TypeVar("Item", bound=Hashable)
Key: TypeAlias = "Callable[[Standing], Hashable | None]"
Groups: TypeAlias = Mapping[Hashable, Sequence[Any]]
Pairing: TypeAlias = Callable[[Groups, Groups], Iterator[tuple[Any, Any]]]


class Standing(NamedTuple):
    """A card in its place."""

    place: SectionKey
    card: Card


def match_names(ended: Mapping[Item, Standing], begun: Mapping[int, Standing]) -> dict[int, Item]:
    """Give the item of each new card that stands where a card of its name stood, or else only bears the name of one.

    Equal ones pair in file order. The case of a name counts: OpenGauss and openGauss stand side by side.
    """
    return _matched(ended, begun, (_place_and_name, _name), _in_order)


def match_renames(
    gone: Mapping[Item, Standing], new: Mapping[int, Standing], foundation: Callable[[], str]
) -> dict[int, Item]:
    """Give the item of each card whose name begins where another's ends, by what stays the same on just one of each.

    ``foundation`` gives the permalink that most hosted cards carry, which so tells nothing.
    """
    return _matched(gone, new, _rename_keys(foundation), _one_to_one)


def _rename_keys(foundation: Callable[[], str]) -> Iterator[Key]:
    yield from (_repository, _letters_and_digits, _homepage, _logo)
    yield _organization_and_subcategory(foundation())


def _matched(
    old: Mapping[Item, Standing], new: Mapping[int, Standing], keys: Iterable[Key], pairing: Pairing
) -> dict[int, Item]:
    remaining, open_places = dict(old), dict(new)
    found: dict[int, Item] = {}
    for key in keys:
        if not remaining or not open_places:
            break
        for item, index in list(pairing(_grouped(remaining, key), _grouped(open_places, key))):
            found[index] = item
            del remaining[item]
            del open_places[index]
    return found


def _in_order(old: Groups, new: Groups) -> Iterator[tuple[Any, Any]]:
    for value, holders in old.items():
        yield from zip(holders, new.get(value, ()), strict=False)


def _one_to_one(old: Groups, new: Groups) -> Iterator[tuple[Any, Any]]:
    for value, holders in old.items():
        others = new.get(value, ())
        if len(holders) == 1 and len(others) == 1:
            yield holders[0], others[0]


def _grouped(standings: Mapping[Any, Standing], key: Key) -> Groups:
    groups: dict[Hashable, list[Any]] = defaultdict(list)
    for holder, standing in standings.items():
        value = key(standing)
        if value is not None:
            groups[value].append(holder)
    return groups


def _place_and_name(standing: Standing) -> Hashable:
    return standing.place, standing.card.name


def _name(standing: Standing) -> Hashable:
    return standing.card.name


def _repository(standing: Standing) -> Hashable | None:
    address = repository_address(standing.card.repository_url)
    return address and address.key


def _letters_and_digits(standing: Standing) -> Hashable | None:
    return "".join(filter(str.isalnum, standing.card.name.casefold())) or None


def _homepage(standing: Standing) -> Hashable | None:
    return re.sub(r"^https?://(www\.)?", "", standing.card.homepage_url.lower()).rstrip("/") or None


def _logo(standing: Standing) -> Hashable | None:
    return standing.card.logo or None


def _organization_and_subcategory(foundation: str) -> Key:
    """The foundation's permalink stands on hundreds of cards and so tells nothing."""

    def key(standing: Standing) -> Hashable | None:
        permalink = standing.card.crunchbase_permalink
        return (permalink, standing.place) if permalink and permalink != foundation else None

    return key
