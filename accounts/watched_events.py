"""What happened to watched things: in the landscape, at their repositories, to their makers' money, in their figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q, Window
from django.db.models.functions import Lag, RowNumber

from market.models import Acquisition, FundingRound, Listing
from metrics.curve_events import UNMARKED
from metrics.models import Indicator, Metric, RepositoryEvent
from projects.models import MAKERS, Change, Item, ItemOrganization

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from accounts.models import Watch
    from accounts.watchlist import Seen
    from projects.models import Organization

    Fact = Change | RepositoryEvent | FundingRound | Acquisition | Listing | Indicator

# Whose growth of stars over 90 days comes to stand here among its subcategory's is worth a word.
OUTLIER_PERCENTILE = 95.0
OUTLIER_WINDOW_DAYS = 90
# So far back the standing before is looked for.
STANDING_DAYS = 14


@dataclass(frozen=True, slots=True)
class WatchedEvent:
    """One thing that happened; ``at`` is the start of the day (UTC) where only the day is known."""

    at: datetime
    subject: Item | Organization
    fact: Fact

    @property
    def kind(self) -> str:
        """The model of the fact: "change", "repositoryevent", "fundinground", "acquisition", "listing", "indicator"."""
        return str(self.fact._meta.model_name)  # noqa: SLF001  (Django's public name for it)

    @property
    def is_catalogue(self) -> bool:
        """Whether the landscape's versions date it."""
        return isinstance(self.fact, Change)


@dataclass(frozen=True, slots=True)
class _Reach:
    """The things that watches stand for, by key, each with the watches (of different things) that want to know of it."""

    items: Mapping[int, Sequence[int]]
    organizations: Mapping[int, Sequence[int]]


# Everything is one person's: the keys of watches are unique, and no thing is watched twice.
def watched_events(watches: Sequence[Watch], since: Callable[[Watch], Seen]) -> dict[int, list[WatchedEvent]]:
    """Return what happened after each watch's own point, newest first, by the watch's key; eight queries.

    A watched item stands for its makers' money as well, a watched organization for the items that name it.
    """
    found: dict[int, list[WatchedEvent]] = defaultdict(list)
    if not watches:
        return found
    points = {watch.pk: since(watch) for watch in watches}
    first = min(point.at for point in points.values())
    first_version = min((point.catalogue_at or point.at for point in points.values()), default=first)
    reach = _reach(watches)
    for keys, event in _events(reach, first, first_version):
        for key in keys:
            point = points[key]
            after = (point.catalogue_at or point.at) if event.is_catalogue else point.at
            if event.at > after:
                found[key].append(event)
    for events in found.values():
        events.sort(key=lambda event: event.at, reverse=True)
    return found


def told_once(found: Mapping[int, Sequence[WatchedEvent]]) -> list[WatchedEvent]:
    """Return what happened, newest first; what two watches want to know of, such as an item and its maker, once."""
    events = {(event.kind, event.subject, event.fact.pk): event for own in found.values() for event in own}
    return sorted(events.values(), key=lambda event: event.at, reverse=True)


def _reach(watches: Iterable[Watch]) -> _Reach:
    items: dict[int, list[int]] = defaultdict(list)
    organizations: dict[int, list[int]] = defaultdict(list)
    by_item = {watch.item_id: watch.pk for watch in watches if watch.item_id}
    by_organization = {watch.organization_id: watch.pk for watch in watches if watch.organization_id}
    for item, key in by_item.items():
        items[item].append(key)
    for organization, key in by_organization.items():
        organizations[organization].append(key)
    own = Item.objects.filter(organization__in=list(by_organization))
    for item, organization in own.values_list("pk", "organization"):
        items[item].append(by_organization[organization])
    makers = ItemOrganization.objects.filter(item__in=list(by_item), role__in=MAKERS)
    for item, organization in makers.values_list("item", "organization").distinct():
        organizations[organization].append(by_item[item])
    return _Reach(items, organizations)


def _events(reach: _Reach, first: datetime, first_version: datetime) -> Iterator[tuple[Sequence[int], WatchedEvent]]:
    for change in _changes(reach.items, first_version):
        yield reach.items[change.item_id], WatchedEvent(change.at, change.item, change)
    yield from _repository_events(reach.items, first)
    yield from _outliers(reach.items, first)
    yield from _money(reach.organizations, first.date())


# Of one item; who was away for years is led on to its page.
MOST_CHANGES = 20


def _changes(items: Iterable[int], first: datetime) -> Iterable[Change]:
    newest = Window(RowNumber(), partition_by=F("item"), order_by=[F("at").desc(), F("pk").desc()])
    recent = Change.objects.filter(item__in=list(items), at__gt=first).annotate(place=newest)
    return Change.objects.filter(pk__in=recent.filter(place__lte=MOST_CHANGES).values("pk")).for_feed()


def _repository_events(
    items: Mapping[int, Sequence[int]], first: datetime
) -> Iterator[tuple[Sequence[int], WatchedEvent]]:
    """Give the events of repositories that the cards name now, once for each card."""
    link = "repository__item_repositories"
    rows = RepositoryEvent.objects.filter(
        at__gt=first, **{f"{link}__item__in": list(items), f"{link}__is_current": True}
    )
    named = (
        rows.exclude(kind__in=UNMARKED)
        .select_related("repository")
        .annotate(of_item=F(f"{link}__item"), of_name=F(f"{link}__item__name"), of_slug=F(f"{link}__item__slug"))
    )
    for row in named.order_by("-at", "-pk", "of_item"):
        subject = Item(pk=row.of_item, name=row.of_name, slug=row.of_slug)
        yield items[row.of_item], WatchedEvent(row.at, subject, row)


def _outliers(items: Mapping[int, Sequence[int]], first: datetime) -> Iterator[tuple[Sequence[int], WatchedEvent]]:
    """Give the days on which an item came to stand among the fastest growing, not those on which it stayed there."""
    growth = Indicator.objects.of_items(list(items)).of_metric(
        Metric.GROWTH_PERCENTILE, window_days=OUTLIER_WINDOW_DAYS
    )
    before = Window(Lag("value"), partition_by=F("item"), order_by=F("day").asc())
    standing = growth.filter(day__gte=first.date() - timedelta(days=STANDING_DAYS)).annotate(before=before)
    risen = standing.filter(
        Q(before__isnull=True) | Q(before__lt=OUTLIER_PERCENTILE), value__gte=OUTLIER_PERCENTILE
    ).select_related("item")
    for row in risen.order_by("-day", "item_id"):
        yield items[row.item_id], WatchedEvent(_start_of(row.day), row.item, row)


def _money(organizations: Mapping[int, Sequence[int]], first: date) -> Iterator[tuple[Sequence[int], WatchedEvent]]:
    keys = list(organizations)
    rounds = FundingRound.objects.filter(organization__in=keys, announced_on__gte=first)
    for row in rounds.select_related("organization").order_by("-announced_on", "slug"):
        yield organizations[row.organization_id], WatchedEvent(_start_of(row.announced_on), row.organization, row)
    sales = Acquisition.objects.filter(Q(target__in=keys) | Q(acquirer__in=keys), announced_on__gte=first)
    for sale in sales.select_related("target", "acquirer").order_by("-announced_on", "slug"):
        sides = [*organizations.get(sale.target_id, ()), *organizations.get(sale.acquirer_id or 0, ())]
        yield list(dict.fromkeys(sides)), WatchedEvent(_start_of(sale.announced_on), sale.target, sale)
    listings = Listing.objects.filter(organization__in=keys, listed_on__gte=first)
    for listing in listings.select_related("organization").order_by("-listed_on", "slug"):
        event = WatchedEvent(_start_of(listing.listed_on), listing.organization, listing)
        yield organizations[listing.organization_id], event


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
