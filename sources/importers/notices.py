"""What an import met and survived, each once, with the first commit and how often."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sources.clients import landscape_keys as keys
from sources.clients.landscape_cards import Card
from sources.importers.catalogue_rows import VersionRow
from sources.importers.repository_addresses import is_odd
from sources.models import ImportNotice

Kind = ImportNotice.Kind
SUBJECT_LENGTH = 300
# Keys whose value has a column: where they are still among the others, the value could not be understood.
_UNDERSTOOD = keys.CARD_KEYS | keys.STAGE_SPELLINGS


@dataclass(slots=True)
class NoticeRow:
    """One thing met; ``count`` is how often in this import."""

    kind: ImportNotice.Kind
    subject: str
    detail: str
    commit: str
    first_seen_at: datetime
    count: int = 1


@dataclass(slots=True)
class Notices:
    """The notices of one import by kind and subject."""

    rows: dict[tuple[str, str], NoticeRow] = field(default_factory=dict)

    def add(self, kind: ImportNotice.Kind, subject: str, detail: str, version: VersionRow) -> None:
        """Note something once more; the first time keeps commit and detail."""
        subject = subject[:SUBJECT_LENGTH]
        row = self.rows.get((kind, subject))
        if row is None:
            self.rows[kind, subject] = NoticeRow(kind, subject, detail, version.commit, version.effective_at)
        else:
            row.count += 1

    def add_card(self, card: Card, version: VersionRow, *, before: Card | None) -> None:
        """Note what is odd about a card and was not about the same item's card before."""
        known = set(_oddities(before)) if before else set()
        for kind, subject, detail in _oddities(card):
            if (kind, subject, detail) not in known:
                self.add(kind, subject, detail or card.name, version)


def _oddities(card: Card) -> Iterator[tuple[ImportNotice.Kind, str, str]]:
    for key in card.unknown_keys:
        yield Kind.UNKNOWN_KEY, key, ""
    for url in _addresses(card):
        if is_odd(url):
            yield Kind.REPOSITORY, url, ""
    for key in card.extra:
        if key.removeprefix("extra.") in _UNDERSTOOD:
            yield Kind.VALUE, f"{card.name}: {key}", str(card.extra[key])


def _addresses(card: Card) -> Iterable[str]:
    if card.repository_url:
        yield card.repository_url
    for repository in card.additional_repositories:
        yield repository.url
