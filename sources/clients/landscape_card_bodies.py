"""A card's mapping in the file, turned into a ``Card``."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sources.clients import landscape_keys as keys
from sources.clients.landscape_cards import Card, Placement, RepositoryLink, Stage
from sources.clients.landscape_values import JSON, day_of, flag_of, json_of, text_of

_PERMALINK = re.compile(r"https?://(?:www\.)?crunchbase\.com/organization/([^/?#\s]+)/?(?:[?#].*)?")
_COMPARED = tuple(name for name in Card.__slots__ if name != "extra")


class NamelessCardError(ValueError):
    """A card has no name."""


class CardShelf:
    """Every distinct card that one reader has met, each as one object."""

    def __init__(self) -> None:
        self._cards: dict[tuple[Any, ...], Card] = {}

    def __len__(self) -> int:
        return len(self._cards)

    def card(self, body: Mapping[Any, Any]) -> Card:
        """Give the card of ``body``; raises ``NamelessCardError`` and ``TooManyValuesError``."""
        card = _CardBody(body).card()
        # Equal dicts may hold 1 for True; their JSON differs.
        key = (*(getattr(card, name) for name in _COMPARED), json.dumps(card.extra, sort_keys=True))
        return self._cards.setdefault(key, card)


class _CardBody:
    """The mapping while its keys are taken out one by one; what nobody takes is ``extra``."""

    def __init__(self, body: Mapping[Any, Any]) -> None:
        marked = body.get("item")
        if isinstance(marked, Mapping):
            body = {**marked, **body}
        self._own = _without_forbidden(body)
        self._own.pop("item", None)
        self._nested: dict[str, Any] = {}
        if isinstance(self._own.get("extra"), Mapping):
            self._nested = _without_forbidden(self._own.pop("extra"))

    def card(self) -> Card:
        name = self._text("name")
        if not name:
            raise NamelessCardError("a card has no name")
        permalink = self._permalink()
        fields = {
            "homepage_url": self._text("homepage_url"),
            "logo": self._text("logo"),
            "repository_url": self._text("repo_url"),
            "maturity": self._maturity(),
            "description": self._text("description"),
            "license": self._text("license"),
            "organization_name": self._organization_name(),
            "is_open_source": self._taken("open_source", flag_of),
            "joined_on": self._taken("joined", day_of),
            "stages": tuple(self._stages()),
            "other_placements": self._other_placements(),
            "additional_repositories": self._additional_repositories(),
            "links": tuple(self._links()),
        }
        return Card(
            name=name, crunchbase_permalink=permalink, unknown_keys=self._unknown_keys(), extra=self._extra(), **fields
        )

    def _text(self, key: str) -> str:
        return text_of(self._own.pop(key, None))

    def _taken(self, key: str, read: Any) -> Any:
        """Take a value out if it can be read; otherwise it stays for ``extra``."""
        value = read(self._own.get(key))
        if value is not None:
            del self._own[key]
        return value

    def _maturity(self) -> str:
        # `project` inside `extra` stays there: the one card that ever had it tells of another foundation's maturity.
        return next(filter(None, [self._text(key) for key in keys.MATURITY_KEYS]), "")

    def _permalink(self) -> str:
        for key in ("crunchbase", "organization"):
            match = _PERMALINK.fullmatch(text_of(self._own.get(key))) if isinstance(self._own.get(key), str) else None
            if match:
                del self._own[key]
                return match[1]
        return ""

    def _organization_name(self) -> str:
        organization = self._own.get("organization")
        if isinstance(organization, Mapping):
            rest = {key: value for key, value in organization.items() if key != "name"}
            self._own["organization"] = rest or None
            return text_of(organization.get("name"))
        return self._text("organization")

    def _stages(self) -> Iterator[Stage]:
        for stage, spellings in keys.STAGE_KEYS.items():
            for spelling in spellings:
                day = day_of(self._nested.get(spelling))
                if day is not None:
                    del self._nested[spelling]
                    yield Stage(stage, day)
                    break

    def _other_placements(self) -> tuple[Placement, ...]:
        paths = self._own.pop("second_path", None)
        if isinstance(paths, list):
            return tuple(_placement(text_of(path)) for path in paths if text_of(path))
        return (_placement(text_of(paths)),) if text_of(paths) else ()

    def _additional_repositories(self) -> tuple[RepositoryLink, ...]:
        listed = self._own.get("additional_repos")
        repositories = [_repository(entry) for entry in listed] if isinstance(listed, list) else []
        if listed and not all(repositories):
            return ()
        self._own.pop("additional_repos", None)
        return tuple(repository for repository in repositories if repository)

    def _links(self) -> Iterator[tuple[str, str]]:
        for key in sorted(keys.LINK_KEYS & (self._own.keys() | self._nested.keys())):
            for values in (self._own, self._nested):
                if isinstance(values.get(key), str):
                    link = text_of(values.pop(key))
                    if link:
                        yield key, link
                        break

    def _unknown_keys(self) -> tuple[str, ...]:
        own = self._own.keys() - keys.CARD_KEYS - keys.LINK_KEYS - keys.OTHER_CARD_KEYS
        nested = self._nested.keys() - keys.STAGE_SPELLINGS - keys.LINK_KEYS - keys.OTHER_EXTRA_KEYS
        return tuple(sorted([*own, *(f"extra.{key}" for key in nested)]))

    def _extra(self) -> dict[str, JSON]:
        if "branch" in self._own:
            self._own["branch"] = text_of(self._own["branch"])
        audits = self._nested.get("audits")
        if isinstance(audits, list):
            self._nested["audits"] = [_with_iso_day(audit) for audit in audits]
        if day := day_of(self._nested.get("annual_review_date")):
            self._nested["annual_review_date"] = day
        collected = {key: value for key, value in self._own.items() if value is not None}
        for key, value in self._nested.items():
            if value is not None:
                collected[f"extra.{key}" if key in collected else key] = value
        whole = json_of(collected)
        return whole if isinstance(whole, dict) else {}


def _without_forbidden(mapping: Mapping[Any, Any]) -> dict[str, Any]:
    return {text_of(key): value for key, value in mapping.items() if key not in keys.FORBIDDEN_KEYS}


def _placement(path: str) -> Placement:
    """Split at the first ``" / "``, since subcategories themselves are called "PaaS/Container Service"."""
    separator = " / " if " / " in path else "/"
    category, _, subcategory = path.partition(separator)
    return Placement(category.strip(), subcategory.strip())


def _repository(entry: object) -> RepositoryLink | None:
    if isinstance(entry, str) and entry.strip():
        return RepositoryLink(entry.strip(), "", "")
    if isinstance(entry, Mapping) and text_of(entry.get("repo_url")):
        return RepositoryLink(*(text_of(entry.get(key)) for key in ("repo_url", "branch", "license")))
    return None


def _with_iso_day(audit: object) -> object:
    if isinstance(audit, Mapping) and (day := day_of(audit.get("date"))):
        return {**audit, "date": day}
    return audit
