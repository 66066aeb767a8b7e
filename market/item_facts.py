"""What is known of one item in all four worlds, gathered for its criteria card and its brief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from market.adoption import adoption_of_item
from market.item_money import money_of_makers
from market.models import ReportedFigure
from metrics.activity import activity_of_items
from metrics.item_indicators import item_indicators
from metrics.maintainers import newest_maintainers
from projects.item_history import item_history
from projects.item_repositories import repositories_of
from projects.item_state import item_state, parts_in
from projects.landscape_state import current_landscape
from projects.models import MAKERS, Item, ItemRepository, ItemRole, Source
from projects.stage_ladder import stage_ladder
from projects.trends import data_span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from market.adoption import AdoptionCurve
    from market.item_money import MakerMoney
    from metrics.activity import ActivityPoint
    from metrics.maintainers import MaintainerList
    from metrics.models import Indicator
    from projects.as_of import AsOf
    from projects.item_repositories import NamedRepository
    from projects.item_state import ItemState, Part
    from projects.landscape_state import LandscapeState
    from projects.models import Organization
    from projects.stage_ladder import Rung


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """The present of one item. What nobody knows is empty or None.

    ``indicators`` are those of the newest day that has any, by metric and window, refusals included. ``licence`` is
    the card's own, or what GitHub recognised in the main repository; ``licence_seen_on`` then is the day.
    """

    item: Item
    state: ItemState
    parts: Sequence[Part]
    ladder: Sequence[Rung]
    repositories: Sequence[NamedRepository]
    indicators: Mapping[tuple[str, int], Indicator]
    activity: ActivityPoint | None
    maintainers: MaintainerList | None
    adoption: Sequence[AdoptionCurve]
    money: Sequence[MakerMoney]
    customers: Sequence[ReportedFigure]
    beside: int
    products: Sequence[Item]
    licence: str
    licence_seen_on: date | None
    landscape: LandscapeState | None
    sources: Mapping[int, Source]

    @property
    def makers(self) -> list[Organization]:
        """Who makes it or made it first."""
        return [part.organization for part in self.parts if part.role in MAKERS]

    @property
    def stewards(self) -> list[Organization]:
        """Who hosts it."""
        return [part.organization for part in self.parts if part.role == ItemRole.STEWARD]

    @property
    def indicators_day(self) -> date | None:
        """The day of the computed figures."""
        return next((figure.day for figure in self.indicators.values()), None)

    @property
    def current_rung(self) -> Rung | None:
        """The stage that it stands in."""
        return next((rung for rung in self.ladder if rung.is_current), None)


MOST_PRODUCTS = 50


def item_facts(item: Item, now: AsOf) -> ItemFacts:
    """Gather what is known now; ``item`` comes from ``for_detail``. At most 22 queries."""
    state = item_state(item, now)
    assert state is not None  # noqa: S101  (only a past instant has none)
    span, parts = data_span(), parts_in(item, state, now)
    activity = activity_of_items([item.pk])[item.pk]
    maintainers = newest_maintainers(item.pk)
    makers = [part.organization for part in parts if part.role in MAKERS]
    licence, seen_on = _licence(item)
    cited = {one.source_id for one in (activity[-1] if activity else None, maintainers) if one}
    return ItemFacts(
        item=item,
        state=state,
        parts=parts,
        ladder=stage_ladder(
            item_history(item).stages, maturity=state.maturity, history_start=span.first if span else None
        ),
        repositories=[one for one in repositories_of(item, state, now) if one.is_current],
        indicators={(one.metric, one.window_days): one for one in item_indicators(item.pk)},
        activity=activity[-1] if activity else None,
        maintainers=maintainers,
        adoption=adoption_of_item(item.pk),
        money=money_of_makers(item),
        customers=_customers(makers),
        beside=Item.objects.listed().filter(subcategory=state.subcategory).exclude(pk=item.pk).count(),
        products=_products(makers),
        licence=licence,
        licence_seen_on=seen_on,
        landscape=current_landscape(),
        sources=Source.objects.in_bulk(cited),
    )


def _licence(item: Item) -> tuple[str, date | None]:
    if item.license:
        return item.license, None
    links = ItemRepository.objects.filter(item=item, is_primary=True, is_current=True)
    told = links.values_list("repository__facts__license_spdx", "repository__facts__observed_at").first()
    if told is None or not told[0]:
        return "", None
    return told[0], told[1].astimezone(UTC).date()


def _customers(makers: Sequence[Organization]) -> list[ReportedFigure]:
    """Return what companies said of their customers, the newest first."""
    found = ReportedFigure.objects.filter(organization__in=makers, metric=ReportedFigure.Metric.CUSTOMERS)
    cited = found.select_related("organization").prefetch_related("citations__source")
    return list(cited.order_by("-stated_on", "slug"))


def _products(makers: Sequence[Organization]) -> list[Item]:
    """Return the listed cards of the makers, members aside, by name; the first 50."""
    parts = Item.objects.listed().filter(item_organizations__organization__in=makers).other_than_members()
    return list(parts.filter(item_organizations__role__in=MAKERS).distinct().order_by("name", "pk")[:MOST_PRODUCTS])
