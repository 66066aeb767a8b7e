"""What has died, or seems to have: archived items, items that left the landscape, and listed ones nobody pushes to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Case, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, Coalesce

from metrics.models import Indicator, Metric, RepositoryFacts
from metrics.momentum import ANYWHERE, Within
from projects.models import MEMBERSHIPS, Item, ItemPeriod, ItemRepository, StageDeclaration
from projects.querysets.items import ItemQuerySet

# A listed item is dormant once nobody has pushed to any of its repositories for over a year.
DORMANT_DAYS = 365
ARCHIVED = "archived"
ON_ARCHIVED = {"repository__is_archived": True}


@dataclass(frozen=True, slots=True)
class Grave:
    """An item, since when (None if nobody says), and for a dormant one the days since the latest push."""

    item: Item
    since_on: date | None
    days_since_push: int | None = None


@dataclass(frozen=True, slots=True)
class Graves:
    """Some of the items of one kind, and how many there are."""

    total: int
    shown: tuple[Grave, ...]


def archived(*, within: Within = ANYWHERE, most: int = 50, offset: int = 0) -> Graves:
    """Return listed items whose repositories are all archived, or that are archived projects; two queries.

    A project since the day that its foundation declared, else since the landscape showed it; any other since its latest
    repository was. The latest first, undated ones last.
    """
    found = _narrowed(Item.objects.listed(), within).filter(_is_archived())
    rows = _loaded(found).annotate(since=_archived_since()).order_by(F("since").desc(nulls_last=True), "pk")
    shown = tuple(
        Grave(item, _day(item.since))  # type: ignore[attr-defined]  # the annotation
        for item in rows[offset : offset + most]
    )
    return Graves(found.count(), shown)


def _archived_since() -> Case:
    dates = RepositoryFacts.objects.filter(
        repository__item_repositories__item=OuterRef("pk"), repository__item_repositories__is_current=True
    )
    latest = dates.order_by().values("repository__item_repositories__item").annotate(at=Max("archived_at")).values("at")
    said = StageDeclaration.objects.filter(item=OuterRef("pk"), stage=ARCHIVED, during__endswith=None)
    shown = ItemPeriod.objects.filter(item=OuterRef("pk"), maturity=ARCHIVED).order_by("during")
    of_repositories = Subquery(latest)
    of_project = Coalesce(
        Cast(Subquery(said.values("declared_on")[:1]), DateTimeField()),
        Subquery(shown.values("during__startswith")[:1]),
        of_repositories,
    )
    return Case(When(maturity=ARCHIVED, then=of_project), default=of_repositories)


def delisted(*, within: Within = ANYWHERE, most: int = 50, offset: int = 0) -> Graves:
    """Return items that have left the landscape, the latest first; two queries."""
    found = _narrowed(Item.objects.ever_listed().filter(delisted_at__isnull=False), within)
    rows = _loaded(found).order_by("-delisted_at", "pk")[offset : offset + most]
    return Graves(found.count(), tuple(Grave(item, _day(item.delisted_at)) for item in rows))


def dormant(*, day: date, within: Within = ANYWHERE, most: int = 50, offset: int = 0) -> Graves:
    """Return listed items that are not archived, but were last pushed to over a year before ``day``; two queries."""
    alive = Item.objects.listed().exclude(maturity=ARCHIVED).filter(Exists(_current().exclude(**ON_ARCHIVED)))
    found = (
        Indicator.objects.on(day)
        .of_metric(Metric.DAYS_SINCE_PUSH)
        .filter(value__gt=DORMANT_DAYS, item__in=alive)
        .in_category(within.category)
        .of_maturity(within.maturity)
    )
    rows = found.with_items().highest_first()[offset : offset + most]
    return Graves(found.count(), tuple(_dormant(figure) for figure in rows))


def _dormant(figure: Indicator) -> Grave:
    return Grave(figure.item, date.fromisoformat(figure.details["start_on"]), int(figure.value or 0))


def _is_archived() -> Q:
    all_archived = Q(Exists(_current())) & ~Q(Exists(_current().exclude(**ON_ARCHIVED)))
    return Q(maturity=ARCHIVED) | all_archived


def _current() -> QuerySet[ItemRepository]:
    return ItemRepository.objects.filter(item=OuterRef("pk"), is_current=True)


def _narrowed(items: ItemQuerySet, within: Within) -> ItemQuerySet:
    return within.narrow(items.exclude(kind__in=MEMBERSHIPS))


def _loaded(items: ItemQuerySet) -> ItemQuerySet:
    return items.with_taxonomy().with_logos().defer("description", "extra")


def _day(at: datetime | None) -> date | None:
    return at.astimezone(UTC).date() if at else None
