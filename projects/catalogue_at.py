"""What the catalogue held at an instant besides items: categories, organizations, repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat, Lower, Replace, StrIndex, Substr

from projects.as_of import periods_at
from projects.models import (
    Category,
    ItemPeriod,
    ItemRepository,
    Organization,
    Repository,
    Subcategory,
    SubcategoryPeriod,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from projects.as_of import AsOf
    from projects.querysets.repositories import RepositoryQuerySet


def categories_at(instant: datetime, *, include_delisted: bool = False) -> QuerySet[Category]:
    """Categories that the landscape had at an instant (empty ones too), or, if wanted, had had until then."""
    when = Q(during__startswith__lte=instant) if include_delisted else Q(during__contains=instant)
    sections = SubcategoryPeriod.objects.filter(when, subcategory__category=OuterRef("pk"))
    cards = ItemPeriod.objects.filter(when, subcategory__category=OuterRef("pk"))
    return Category.objects.filter(Exists(sections) | Exists(cards))


def subcategories_at(instant: datetime, *, include_delisted: bool = False) -> QuerySet[Subcategory]:
    """Subcategories that the landscape had at an instant (empty ones too), or, if wanted, had had until then."""
    when = Q(during__startswith__lte=instant) if include_delisted else Q(during__contains=instant)
    sections = SubcategoryPeriod.objects.filter(when, subcategory=OuterRef("pk"))
    cards = ItemPeriod.objects.filter(when, subcategory=OuterRef("pk"))
    return Subcategory.objects.filter(Exists(sections) | Exists(cards))


def card_counts(instant: datetime) -> dict[int, int]:
    """How many cards each subcategory held at an instant, by its id; those without any are not there."""
    return dict(periods_at(instant).order_by().values_list("subcategory").annotate(n=Count("pk")))


def organizations_at(instant: datetime, *, include_delisted: bool = False) -> QuerySet[Organization]:
    """Organizations that a card named at an instant, with ``items``: how many cards did.

    With ``include_delisted`` also those whose cards had all left or named another by then.
    """
    listed = periods_at(instant).order_by().filter(organization=OuterRef("pk")).values("organization")
    items = Subquery(listed.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    when = Q(during__startswith__lte=instant) if include_delisted else Q(during__contains=instant)
    named = ItemPeriod.objects.filter(when, organization__isnull=False)
    return Organization.objects.filter(pk__in=named.values("organization")).annotate(items_then=Coalesce(items, 0))


def repositories_at(as_of: AsOf, *, include_delisted: bool = False) -> RepositoryQuerySet:
    """Repositories that cards named: now with every further one, at a past instant the cards' main ones.

    With ``include_delisted`` also those that cards named before.
    """
    if as_of.is_now:
        return Repository.objects.all() if include_delisted else Repository.objects.current()
    when = Q(during__startswith__lte=as_of.instant) if include_delisted else Q(during__contains=as_of.instant)
    return Repository.objects.filter(pk__in=_named(when).values("named_repository"))


def item_slugs_of_repositories(repositories: Sequence[Repository], as_of: AsOf) -> dict[int, list[str]]:
    """The slugs of the items that named each repository at an instant, by its id; one query."""
    rows: Iterable[tuple[int, str]]
    if as_of.is_now:
        links = ItemRepository.objects.filter(repository__in=repositories, is_current=True)
        rows = links.order_by("item__slug").values_list("repository", "item__slug")
    else:
        named = _named(Q(during__contains=as_of.instant)).filter(
            named_repository__in=[repository.pk for repository in repositories]
        )
        rows = named.order_by("item__slug").values_list("named_repository", "item__slug")
    slugs: dict[int, list[str]] = {}
    for repository, slug in rows:
        slugs.setdefault(repository, []).append(slug)
    return slugs


def _named(when: Q) -> QuerySet[Any]:
    """Periods with the one of their item's repositories, as ``named_repository``, whose address they wrote."""
    link = "item__item_repositories__repository"
    # The written address holds the normalised one, whatever stands before and behind it.
    written = _with_end(Lower("repository_url"))
    normalised = _with_end(Substr(Lower(f"{link}__url"), len("https://") + 1, output_field=TextField()))
    named: QuerySet[Any] = (
        ItemPeriod.objects.filter(when)
        .annotate(named_repository=F(link), place=StrIndex(written, normalised, output_field=IntegerField()))
        .filter(place__gt=0)
    )
    return named


def _with_end(address: Func) -> Func:
    """An address without ``.git`` that ends in a slash, so that a repository's name is not the beginning of another's."""
    slash = Value("/", TextField())
    closed = Concat(address, slash, output_field=TextField())
    return Replace(closed, Value(".git/", TextField()), slash, output_field=TextField())
