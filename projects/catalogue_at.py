"""What the catalogue held at an instant besides items: categories, organizations, repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Lower, Replace
from django.db.models.lookups import StartsWith

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

    from django.db.models.expressions import Combinable

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
    named = ItemPeriod.objects.filter(when).exclude(repository_url="").annotate(key=repository_key("repository_url"))
    return Repository.objects.annotate(key=repository_key("url")).filter(key__in=named.values("key"))


def item_slugs_of_repositories(repositories: Sequence[Repository], as_of: AsOf) -> dict[int, list[str]]:
    """The slugs of the items that named each repository at an instant, by its id; one query."""
    rows: Iterable[tuple[int, str]]
    if as_of.is_now:
        links = ItemRepository.objects.filter(repository__in=repositories, is_current=True)
        rows = links.order_by("item__slug").values_list("repository", "item__slug")
    else:
        named = periods_at(as_of.instant).exclude(repository_url="").annotate(key=repository_key("repository_url"))
        owners = Repository.objects.annotate(key=repository_key("url")).filter(key=OuterRef("key"))
        ours = owners.filter(pk__in=[repository.pk for repository in repositories])
        found = named.annotate(owner=Subquery(ours.values("pk")[:1])).filter(owner__isnull=False)
        rows = found.order_by("item__slug").values_list("owner", "item__slug")
    slugs: dict[int, list[str]] = {}
    for repository, slug in rows:
        slugs.setdefault(repository, []).append(slug)
    return slugs


def repository_key(field: str) -> Case:
    """The expression in which all spellings of one repository's address are equal; cheap, so no regular expression."""
    text: Combinable = Lower(F(field), output_field=TextField())
    for noise in ("https://", "http://", "www.", ".git"):
        text = Replace(text, _text(noise), _text(""))
    text = Func(text, _text("/"), function="RTRIM", output_field=TextField())
    host, owner, name = (
        Func(text, _text("/"), Value(part), function="SPLIT_PART", output_field=TextField()) for part in (1, 2, 3)
    )
    # Deeper paths (/tree/main/...) lie inside the repository.
    on_github = When(StartsWith(text, _text("github.com/")), then=Concat(host, _text("/"), owner, _text("/"), name))
    return Case(on_github, default=text)


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())
