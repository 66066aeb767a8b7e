"""Search over the whole catalogue: items, organizations and categories, by every name they have or had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from projects.models import Item, ItemAlias, Maturity, Organization, Subcategory
from projects.search_matching import (
    Needle,
    Rank,
    holds_words,
    likeness_indexed,
    misspelt,
    needle_of,
    rank_of,
    ranked,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ITEM_COLUMNS = (
    "pk", "rank", "name", "slug", "maturity", "delisted_at",
    "subcategory__name", "subcategory__name_zh", "subcategory__category__name", "subcategory__category__name_zh",
)  # fmt: skip
NAMES = ("name", "name_zh")
HIGHEST_STAGE_FIRST = (Maturity.GRADUATED, Maturity.INCUBATING, Maturity.SANDBOX)
# With so many plain matches nobody has misspelt anything.
PLAIN_ENOUGH = 3


class HitKind(StrEnum):
    """What was found, in the order in which equally good hits stand."""

    ITEM = "item"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found; texts are "" where there is none.

    ``subtitle`` is where it stands: category / subcategory. ``matched_alias`` is the former name that fitted.
    """

    kind: HitKind
    rank: Rank
    title: str
    title_zh: str
    subtitle: str
    subtitle_zh: str
    slug: str
    category_slug: str = ""
    maturity: str = ""
    is_listed: bool = True
    matched_alias: str = ""

    @property
    def url(self) -> str:
        """The address of its page, in the active language."""
        if self.kind == HitKind.ITEM:
            return reverse("item_detail", args=[self.slug])
        if self.kind == HitKind.ORGANIZATION:
            return reverse("organization_detail", args=[self.slug])
        page = reverse("category_detail", args=[self.category_slug])
        return page if self.kind == HitKind.CATEGORY else f"{page}#{self.slug}"


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The best hits, best first; ``query`` is the text as it was understood, ``has_more`` that the limit cut hits off."""

    query: str
    hits: tuple[SearchHit, ...]
    has_more: bool


def search_catalogue(query: str, *, limit: int) -> SearchResults:
    """Find what fits ``query`` in any name; at most seven queries. Listed before left, hosted before others.

    Misspellings are looked for only where there is hardly a plain match. An empty query finds nothing.
    """
    needle = needle_of(query)
    if not needle.text:
        return SearchResults("", (), has_more=False)
    sections = _sections()
    hits = [
        *_categories(needle, sections),
        *_subcategories(needle, sections),
        *_items(needle, sections, most=limit + 1),
        *_organizations(ranked(Organization.objects.all(), needle, fields=NAMES), "length", most=limit + 1),
    ]
    if len(hits) < PLAIN_ENOUGH and Rank.EXACT not in {hit.rank for hit in hits}:
        hits += _misspelt(needle, found={(hit.kind, hit.slug) for hit in hits}, most=limit + 1)
    return SearchResults(needle.text, tuple(_best(hits, limit)), has_more=len(hits) > limit)


def search_items(query: str, *, limit: int) -> list[SearchHit]:
    """Find the items that fit ``query``, best first, as the search over everything does; at most four queries."""
    needle = needle_of(query)
    if not needle.text:
        return []
    hits = _items(needle, _sections(), most=limit)
    if len(hits) < PLAIN_ENOUGH and Rank.EXACT not in {hit.rank for hit in hits}:
        found = {hit.slug for hit in hits}
        with likeness_indexed():
            hits += [hit for hit in _misspelt_items(needle, most=limit) if hit.slug not in found]
    return hits[:limit]


def _best(hits: list[SearchHit], limit: int) -> list[SearchHit]:
    """Return the best hits in order; the best few of each kind keep a place beside a hundred items."""
    kinds = list(HitKind)
    # Stable: equals keep the order in which their query gave them.
    in_order = sorted(hits, key=lambda hit: (hit.rank, not hit.is_listed, kinds.index(hit.kind)))
    share = max(1, limit // 5)
    places = {kind: [n for n, hit in enumerate(in_order) if hit.kind == kind][:share] for kind in kinds}
    kept = {place for of_kind in places.values() for place in of_kind}
    others = [place for place in range(len(in_order)) if place not in kept]
    chosen = sorted(kept)[:limit] + others[: max(0, limit - len(kept))]
    return [in_order[place] for place in sorted(chosen)]


def matching_items(query: str) -> QuerySet[Item]:
    """Items in which every word of ``query`` stands: name, former name, organization, category, Chinese summary."""
    needle = needle_of(query)
    if not needle.text:
        return Item.objects.none()
    names = [*NAMES, "category__name", "category__name_zh"]
    homes = {word: Subcategory.objects.filter(holds_words([word], names)).values("pk") for word in needle.words}
    return Item.objects.filter(_has_former_name(needle) | _stands_near(needle, homes))


def _has_former_name(needle: Needle) -> Q:
    former = ItemAlias.objects.filter(holds_words(needle.words, ["name"]))
    return Q(pk__in=former.values("item_id"))


def _stands_near(needle: Needle, homes: Mapping[str, Any]) -> Q:
    """The condition that each word stands in the name, the organization, the category or the Chinese summary.

    ``homes`` are the subcategories that fit each word.
    """
    condition = Q()
    for word in needle.words:
        makers = Organization.objects.filter(holds_words([word], NAMES)).values("pk")
        # Latin words stand in many Chinese sentences without being their subject.
        own = ["name"] if word.isascii() else ["name", "summary_zh"]
        condition &= Q(subcategory__in=homes[word]) | Q(organization__in=makers) | holds_words([word], own)
    return condition


def _items(needle: Needle, sections: Sequence[Subcategory], *, most: int) -> list[SearchHit]:
    homes = {word: [each.pk for each in sections if _holds(each, word)] for word in needle.words}
    further = {Rank.ALIAS: _has_former_name(needle), Rank.CONTEXT: _stands_near(needle, homes)}
    rows = ranked(Item.objects.all(), needle, fields=("name",), further=further)
    return _with_former_names(_item_rows(rows, "step", "length", most=most), needle)


def _holds(section: Subcategory, word: str) -> bool:
    names = (section.name, section.name_zh, section.category.name, section.category.name_zh)
    return any(word.casefold() in name.casefold() for name in names)


def _item_rows(rows: QuerySet[Any], *order: str, most: int) -> list[dict[str, Any]]:
    """Read the first items: by rank, listed before left, then ``order``; ``step`` puts the higher stage first."""
    whens = [When(maturity=stage, then=Value(step)) for step, stage in enumerate(HIGHEST_STAGE_FIRST)]
    step = Case(*whens, When(maturity="", then=Value(len(whens) + 1)), default=Value(len(whens)))
    placed = rows.annotate(has_left=Q(delisted_at__isnull=False), step=step)
    return list(placed.order_by("rank", "has_left", *order, "name", "pk").values(*ITEM_COLUMNS)[:most])


def _with_former_names(rows: Sequence[dict[str, Any]], needle: Needle) -> list[SearchHit]:
    """Make hits of item rows; those found by a former name say which."""
    found_so = [row["pk"] for row in rows if row["rank"] == Rank.ALIAS]
    former: dict[int, str] = {}
    if found_so:
        aliases = ItemAlias.objects.filter(holds_words(needle.words, ["name"]), item__in=found_so)
        former = dict(aliases.order_by("-name").values_list("item_id", "name"))
    return [replace(_item_hit(row), matched_alias=former.get(row["pk"], "")) for row in rows]


def _item_hit(row: dict[str, Any]) -> SearchHit:
    category, subcategory = row["subcategory__category__name"] or "", row["subcategory__name"] or ""
    category_zh = row["subcategory__category__name_zh"] or category
    subcategory_zh = row["subcategory__name_zh"] or subcategory
    return SearchHit(
        kind=HitKind.ITEM,
        rank=Rank(row["rank"]),
        title=row["name"],
        title_zh="",
        subtitle=" / ".join(filter(None, [category, subcategory])),
        subtitle_zh=" / ".join(filter(None, [category_zh, subcategory_zh])),
        slug=row["slug"],
        maturity=row["maturity"],
        is_listed=row["delisted_at"] is None,
    )


def _organizations(rows: QuerySet[Any], order: str, *, most: int) -> list[SearchHit]:
    """Read the first organizations; one whose items have all left counts as left."""
    is_listed = Exists(Item.objects.listed().filter(organization=OuterRef("pk")))
    columns = rows.annotate(is_listed=is_listed).order_by("rank", order, "name", "pk")
    return [
        SearchHit(HitKind.ORGANIZATION, Rank(rank), name, name_zh, "", "", slug, is_listed=listed)
        for rank, name, name_zh, slug, listed in columns.values_list("rank", *NAMES, "slug", "is_listed")[:most]
    ]


def _sections() -> list[Subcategory]:
    """All subcategories with their categories: few enough to be looked through here."""
    return list(Subcategory.objects.select_related("category").order_by("name", "pk"))


def _categories(needle: Needle, sections: Iterable[Subcategory]) -> list[SearchHit]:
    categories = {section.category_id: section.category for section in sections}.values()
    ranks = [(rank_of(needle, (each.name, each.name_zh)), each) for each in categories]
    return [
        SearchHit(
            HitKind.CATEGORY,
            rank,
            each.name,
            each.name_zh,
            "",
            "",
            each.slug,
            each.slug,
            is_listed=each.position is not None,
        )
        for rank, each in ranks
        if rank is not None
    ]


def _subcategories(needle: Needle, sections: Iterable[Subcategory]) -> list[SearchHit]:
    ranks = [(rank_of(needle, (each.name, each.name_zh)), each) for each in sections]
    return [
        SearchHit(
            kind=HitKind.SUBCATEGORY,
            rank=rank,
            title=each.name,
            title_zh=each.name_zh,
            subtitle=each.category.name,
            subtitle_zh=each.category.name_zh,
            slug=each.slug,
            category_slug=each.category.slug,
            is_listed=each.position is not None,
        )
        for rank, each in ranks
        if rank is not None
    ]


def _misspelt(needle: Needle, *, found: set[tuple[HitKind, str]], most: int) -> list[SearchHit]:
    with likeness_indexed():
        items = _misspelt_items(needle, most=most)
        organizations = _organizations(misspelt(Organization.objects.all(), needle), "-likeness", most=most)
    return [hit for hit in [*items, *organizations] if (hit.kind, hit.slug) not in found]


def _misspelt_items(needle: Needle, *, most: int) -> list[SearchHit]:
    return [_item_hit(row) for row in _item_rows(misspelt(Item.objects.all(), needle), "-likeness", most=most)]
