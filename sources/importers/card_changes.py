"""What happened to an item between two of its statements, in words that people read."""

from collections.abc import Iterator

from projects.maturity_steps import maturity_step
from projects.models import ChangeKind, ItemKind
from sources.clients.landscape_cards import Card
from sources.importers.catalogue_rows import Difference, Statement, place_text
from sources.importers.kinds import card_kind
from sources.importers.repository_addresses import repository_address


def differences(before: Statement, after: Statement) -> Iterator[Difference]:
    """Give every difference between two statements on one item that is worth a line in the feed."""
    old, new = before.card, after.card
    if old.name != new.name:
        yield Difference(ChangeKind.RENAMED, old.name, new.name)
    if before.place != after.place:
        yield Difference(ChangeKind.MOVED, place_text(before.place), place_text(after.place))
    yield from maturity_differences(old.maturity, new.maturity)
    if _repository_key(old) != _repository_key(new):
        yield Difference(ChangeKind.REPOSITORY, old.repository_url, new.repository_url)
    if _organization(old) != _organization(new):
        yield Difference(ChangeKind.ORGANIZATION, _organization(old), _organization(new))
    kinds = card_kind(old, before.place), card_kind(new, after.place)
    # Becoming or ceasing to be a hosted project is told by the maturity.
    if kinds[0] != kinds[1] and ItemKind.PROJECT not in kinds:
        yield Difference(ChangeKind.RECLASSIFIED, *kinds)


def maturity_differences(before: str, after: str) -> Iterator[Difference]:
    """Give the step between two maturities; an empty one means "not hosted"."""
    if before != after:
        yield Difference(maturity_step(before, after) or ChangeKind.STAGE, before, after)


def _repository_key(card: Card) -> str:
    address = repository_address(card.repository_url)
    return address.key if address else card.repository_url


def _organization(card: Card) -> str:
    return card.crunchbase_permalink or card.organization_name
