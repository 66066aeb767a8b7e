"""How much the landscape held at an instant: items, sections, hosted cards and projects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from projects.as_of import periods_at
from projects.hosted_projects import hosted_projects
from projects.models import ItemKind, Maturity, Subcategory, SubcategoryPeriod

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

HIGHEST_FIRST = (Maturity.GRADUATED, Maturity.INCUBATING, Maturity.SANDBOX, Maturity.ARCHIVED)


@dataclass(frozen=True, slots=True)
class SubcategoryCount:
    """Cards of one subcategory."""

    slug: str
    name: str
    name_zh: str
    items: int


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Cards of one category, and of each of its subcategories in the order of that time."""

    slug: str
    name: str
    name_zh: str
    items: int
    subcategories: tuple[SubcategoryCount, ...]


@dataclass(frozen=True, slots=True)
class LandscapeCounts:
    """The figures of one instant.

    Sections without any card count as sections. ``hosted_cards`` counts cards, ``hosted_projects`` projects
    (twin cards once, at their commonest stage); both by maturity, the CNCF's four words always there.
    """

    items: int
    subcategories: int
    hosted_cards: dict[str, int]
    hosted_projects: dict[str, int]
    by_kind: dict[str, int]
    by_category: tuple[CategoryCount, ...]

    @property
    def categories(self) -> int:
        """The number of categories."""
        return len(self.by_category)


def landscape_counts(instant: datetime) -> LandscapeCounts:
    """Count the landscape of an instant; four queries. Before the first version everything is 0."""
    rows = periods_at(instant).order_by().values_list("subcategory", "kind", "maturity").annotate(n=Count("pk"))
    by_section: Counter[int] = Counter()
    by_kind: Counter[str] = Counter()
    by_maturity: Counter[str] = Counter()
    for section, kind, maturity, number in rows:
        by_section[section] += number
        by_kind[kind] += number
        by_maturity[maturity] += number
    del by_maturity[""]
    sections = _sections(instant, by_section)
    return LandscapeCounts(
        items=by_section.total(),
        subcategories=sum(len(category.subcategories) for category in sections),
        hosted_cards=_with_words(by_maturity),
        hosted_projects=_with_words(_project_counts(instant)),
        by_kind={kind: by_kind[kind] for kind in ItemKind.values},
        by_category=sections,
    )


def _project_counts(instant: datetime) -> dict[str, int]:
    return dict(hosted_projects(periods_at(instant)).order_by().values_list("maturity").annotate(n=Count("pk")))


def _with_words(counts: Mapping[str, int]) -> dict[str, int]:
    others = sorted(set(counts) - set(HIGHEST_FIRST))
    return {word: counts.get(word, 0) for word in [*map(str, HIGHEST_FIRST), *others]}


def _sections(instant: datetime, items: Mapping[int, int]) -> tuple[CategoryCount, ...]:
    """Group the sections of an instant by category, both in the landscape's order of that time."""
    listings = SubcategoryPeriod.objects.filter(during__contains=instant)
    places = {
        section: (category, own)
        for section, category, own in listings.values_list("subcategory", "category_position", "position")
    }
    sections = list(Subcategory.objects.filter(pk__in={*places, *items}).select_related("category"))
    unplaced = (len(places), len(places))
    sections.sort(key=lambda section: (*places.get(section.pk, unplaced), section.category.name, section.name))
    by_category: dict[int, list[Subcategory]] = {}
    for section in sections:
        by_category.setdefault(section.category_id, []).append(section)
    return tuple(_category(members, items) for members in by_category.values())


def _category(members: Sequence[Subcategory], items: Mapping[int, int]) -> CategoryCount:
    category = members[0].category
    return CategoryCount(
        slug=category.slug,
        name=category.name,
        name_zh=category.name_zh,
        items=sum(items.get(section.pk, 0) for section in members),
        subcategories=tuple(
            SubcategoryCount(section.slug, section.name, section.name_zh, items.get(section.pk, 0))
            for section in members
        ),
    )
