"""The landscape of an instant as a file of the field's own format (``landscape.yml`` of landscape2).

https://github.com/cncf/landscape2/blob/main/docs/config/data.yml — importing the file gives the same cards again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import F, FilteredRelation, Q

from projects.as_of import periods_at
from projects.models import SubcategoryPeriod

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from projects.models import ItemPeriod

CHUNK_ROWS = 500
# Keys that stand on the card itself; all others stand under its ``extra``.
OWN_KEYS = frozenset(
    {
        *("allow_duplicate_repo", "branch", "enduser", "organization", "project_org", "stock_ticker"),
        *("unnamed_organization", "twitter", "url_for_bestpractices"),
        # Only where their value could not be understood; what could has a column.
        *("additional_repos", "crunchbase", "joined", "open_source", "second_path"),
    }
)
CRUNCHBASE = "https://www.crunchbase.com/organization/"
INDENT = " " * 10
UNBROKEN = 1_000_000  # characters: no line is folded
Section = tuple[str, str]


def landscape_file_lines(instant: datetime, *, comment: str) -> Iterator[str]:
    """Give the file piece by piece, sections in the order of their time; ``comment`` stands above it.

    Three queries, however many cards; sections without a card are there too.
    """
    yield "".join(f"# {line}\n" for line in comment.splitlines())
    periods = _periods(instant)
    period = next(periods, None)
    if period is None:
        yield "landscape: []\n"
        return
    yield "landscape:\n"
    category = ""
    for subcategory, place in _sections(instant):
        yield from _headings(place, category)
        category = place[0]
        is_empty = period is None or period.subcategory_id != subcategory
        yield "        items: []\n" if is_empty else "        items:\n"
        while period is not None and period.subcategory_id == subcategory:
            yield _lines_of(card(period))
            period = next(periods, None)


def _sections(instant: datetime) -> list[tuple[int, Section]]:
    """Return the sections of an instant with their keys, those that a card stands in though no listing has them last."""
    listed = SubcategoryPeriod.objects.filter(during__contains=instant).order_by(
        "category_position", "position", "subcategory"
    )
    names = ("subcategory", "subcategory__category__name", "subcategory__name")
    sections = {key: (category, name) for key, category, name in listed.values_list(*names)}
    used = periods_at(instant).order_by("subcategory").values_list(*names).distinct()
    for key, category, name in used:
        sections.setdefault(key, (category, name))
    return list(sections.items())


def _periods(instant: datetime) -> Iterator[ItemPeriod]:
    """Give the cards in the order of ``_sections``, and in each by their place."""
    listing = FilteredRelation("subcategory__listings", condition=Q(subcategory__listings__during__contains=instant))
    order = (F("listing__category_position").asc(nulls_last=True), F("listing__position").asc(nulls_last=True))
    periods = periods_at(instant).annotate(listing=listing).order_by(*order, "subcategory", "position", "name", "pk")
    return periods.iterator(chunk_size=CHUNK_ROWS)


def _headings(place: Section, former_category: str) -> Iterator[str]:
    category, name = place
    if category != former_category:
        yield f"  - category:\n    name: {_scalar(category)}\n    subcategories:\n"
    yield f"      - subcategory:\n        name: {_scalar(name)}\n"


def _scalar(text: str) -> str:
    written: str = yaml.dump(text, Dumper=yaml.CSafeDumper, allow_unicode=True, width=UNBROKEN)
    return written.removesuffix("...\n").rstrip("\n")


def _lines_of(body: Mapping[str, Any]) -> str:
    written: str = yaml.dump([body], Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=UNBROKEN)
    written = written.replace("- item: null\n", "- item:\n", 1)
    return "".join(f"{INDENT}{line}" for line in written.splitlines(keepends=True))


def card(period: ItemPeriod) -> dict[str, Any]:
    """Return what the landscape said of an item, as its file says it."""
    said: dict[str, Any] = period.extra
    other, links = said.get("other", {}), said.get("links", {})
    unknown = set(said.get("unknown_keys", ()))
    own = {key: value for key, value in {**other, **links}.items() if _is_own(key, unknown)}
    nested = {key.removeprefix("extra."): value for key, value in {**other, **links}.items() if key not in own}
    organization = _organization(said.get("organization", ""), own.pop("organization", None))
    body = {
        "name": period.name,
        "description": said.get("description"),
        "homepage_url": said.get("homepage_url"),
        "project": period.maturity,
        "repo_url": period.repository_url,
        "additional_repos": [_repository(*link) for link in said.get("additional_repos", ())],
        "license": period.license,
        "logo": said.get("logo"),
        "crunchbase": f"{CRUNCHBASE}{said['crunchbase']}" if "crunchbase" in said else None,
        "organization": organization,
        "joined": said.get("joined"),
        "open_source": said.get("open_source"),
        "second_path": [f"{place['category']} / {place['subcategory']}" for place in period.other_placements],
    }
    extra = {**said.get("stages", {}), **nested}
    given = {key: value for key, value in body.items() if value not in (None, "", [], {})}
    return {"item": None, **given, **own, **({"extra": extra} if extra else {})}


def _is_own(key: str, unknown: set[str]) -> bool:
    """Tell whether a key stood on the card itself; ``unknown`` names misplaced ones as the import met them."""
    if key in unknown:
        return not key.startswith("extra.")
    return key in OWN_KEYS and f"extra.{key}" not in unknown


def _organization(name: str, rest: Any) -> Any:
    if isinstance(rest, dict):
        return {"name": name, **rest} if name else rest
    return {"name": name} if name else rest


def _repository(url: str, branch: str, licence: str) -> dict[str, str]:
    said = {"repo_url": url, "branch": branch, "license": licence}
    return {key: value for key, value in said.items() if value}
