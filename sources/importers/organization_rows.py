"""Organizations in the database, found by the identifier that cards carry."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from projects.models import ItemKind, Organization
from sources.clients.landscape_cards import Card
from sources.importers.curated import ORGANIZATIONS_KEY
from sources.importers.slugs import SlugBook
from sources.models import ContentEntry

_MEMBER_SUFFIX = re.compile(r"\s*\((?:member|supporter|contributor)\)\s*$", re.IGNORECASE)


class OrganizationKey(NamedTuple):
    """What a card names its organization by: a Crunchbase permalink, or else a name."""

    permalink: str
    name: str


def organization_key(card: Card) -> OrganizationKey | None:
    """Give the key of a card's organization; None if it names none."""
    if card.crunchbase_permalink:
        return OrganizationKey(card.crunchbase_permalink, "")
    return OrganizationKey("", card.organization_name) if card.organization_name else None


def name_of_permalink(permalink: str) -> str:
    """Give the makeshift name of an organization that nothing else names: "acme-labs" is Acme Labs."""
    return permalink.replace("-", " ").title()


def name_on_member_card(card: Card) -> str:
    """Give the organization's own name: "Google (member)" is Google."""
    return _MEMBER_SUFFIX.sub("", card.name)


def organizations_named_by_content() -> frozenset[str]:
    """Return the permalinks of the organizations that ``content/`` has named; one query."""
    keys = ContentEntry.objects.filter(key__startswith=ORGANIZATIONS_KEY, values__has_key="name")
    return frozenset(key.removeprefix(ORGANIZATIONS_KEY) for key in keys.values_list("key", flat=True))


def same_organizations() -> dict[str, str]:
    """Return the permalinks that ``content/`` calls another organization's, with that other's; one query."""
    entries = ContentEntry.objects.filter(key__startswith=ORGANIZATIONS_KEY, values__has_key="same_as")
    return {entry.key.removeprefix(ORGANIZATIONS_KEY): entry.values["same_as"] for entry in entries}


class OrganizationRows:
    """The stored organizations by key."""

    def __init__(self) -> None:
        self._same = same_organizations()
        rows = Organization.objects.order_by("-pk")
        self._by_permalink = {row.permalink: row for row in rows if row.permalink}
        self._by_name = {row.name: row for row in rows}
        self._slugs = SlugBook((row.slug for row in rows), max_length=120)

    def of(self, card: Card) -> Organization | None:
        """Give the stored organization of a card."""
        key = self._key(card)
        return self._find(key) if key else None

    def store(self, statements: Iterable[tuple[Card, ItemKind]]) -> None:
        """Add organizations that are missing, and name them as their newest member card does.

        ``statements`` come in order of time. An organization without a member card keeps the name that it has, and so
        does one that ``content/`` names: "Google (member)" once was "Google Cloud (member)", and the money is Google's.
        A new one is named after the card's own word for it, or else after its permalink, which always gives the slug.
        """
        added: dict[OrganizationKey, Organization] = {}
        renamed: dict[int, Organization] = {}
        curated = organizations_named_by_content()
        for card, kind in statements:
            key = self._key(card)
            if key is None:
                continue
            row = self._find(key)
            if row is None:
                row = added[key] = self._new(key, card.organization_name)
            name = name_on_member_card(card)
            if kind == ItemKind.MEMBER and key.permalink not in curated and key.permalink and name and row.name != name:
                row.name = name
                if row.pk:
                    renamed[row.pk] = row
        for row in added.values():
            row.slug = self._slugs.give(row.permalink or row.name, fallback="organization")
        Organization.objects.bulk_create(added.values())
        Organization.objects.bulk_update(renamed.values(), ["name"], batch_size=1000)

    def _key(self, card: Card) -> OrganizationKey | None:
        key = organization_key(card)
        return key._replace(permalink=self._same.get(key.permalink, key.permalink)) if key else None

    def _find(self, key: OrganizationKey) -> Organization | None:
        return self._by_permalink.get(key.permalink) if key.permalink else self._by_name.get(key.name)

    def _new(self, key: OrganizationKey, name: str) -> Organization:
        row = Organization(permalink=key.permalink, name=name or key.name or name_of_permalink(key.permalink))
        if key.permalink:
            self._by_permalink[key.permalink] = row
        self._by_name.setdefault(row.name, row)
        return row
