"""What is measured, asked and paid around a set of items: the live figures beside concepts and questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from market.adoption import PRODUCTION, SurveyedShare
from market.company_money import CapitalRaised, capital_of_all, capital_raised, rounds_of
from market.models import SurveyFigure
from metrics.sparklines import WeeklyStars, weekly_stars
from metrics.stars_by_item import StarCount, stars_by_item
from metrics.table_figures import figures_day, figures_of_items
from projects.landscape_counts import HIGHEST_FIRST
from projects.models import MAKERS, Item, ItemOrganization

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from market.models import FundingRound
    from metrics.models import Indicator
    from projects.models import Organization

GROWTH = "growth_90"


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """An item with its last known stars, those gained week by week, and its growth over 90 days.

    None where nothing was measured or computed.
    """

    item: Item
    stars: StarCount | None
    weeks: WeeklyStars | None
    growth: Indicator | None


@dataclass(frozen=True, slots=True)
class OrganizationMoney:
    """What an organization that makes some of the items raised; ``newest`` is its last round."""

    organization: Organization
    items: tuple[Item, ...]
    raised: CapitalRaised
    newest: FundingRound


@dataclass(frozen=True, slots=True)
class AreaMoney:
    """The rounds of all makers of the items, each organization once; the one that raised most comes first."""

    makers: tuple[OrganizationMoney, ...]
    raised: CapitalRaised
    last_on: date


def measured_items(items: Sequence[Item], *, today: date) -> list[MeasuredItem]:
    """Return items in their order with what is known of them by a UTC day; five queries, one without items."""
    keys = [item.pk for item in items]
    day = figures_day(last=today)
    growth = figures_of_items(keys, [GROWTH], day=day) if keys else {}
    stars = stars_by_item(keys, first=date.min, last=today) if keys else {}
    weeks = weekly_stars(keys, last=today) if keys else {}
    return [
        MeasuredItem(item, stars.get(item.pk), weeks.get(item.pk), growth.get(item.pk, {}).get(GROWTH))
        for item in items
    ]


def stages_of(items: Iterable[Item]) -> list[tuple[str, int]]:
    """Count items by maturity, the highest first, other foundations' words after these, "" (not hosted) last."""
    counts = Counter(item.maturity for item in items)
    places = {str(word): place for place, word in enumerate(HIGHEST_FIRST)}
    return sorted(counts.items(), key=lambda one: (not one[0], places.get(one[0], len(places)), one[0]))


def surveyed_items(item_ids: Collection[int]) -> list[SurveyedShare]:
    """Return each item's share in production of the newest wave that asked, the highest first; one query."""
    figures = SurveyFigure.objects.filter(item__in=item_ids).of_questions(PRODUCTION)
    newest = {row.item_id: row for row in figures.with_items().with_sources().in_order()}
    return sorted((SurveyedShare.of(row) for row in newest.values()), key=lambda one: (-one.share, one.figure.subject))


def money_of_items(item_ids: Collection[int]) -> AreaMoney | None:
    """Return the money of the vendors and origins of items, None if the ledger knows no round of theirs; two queries.

    Never that of the foundation that hosts them.
    """
    parts = ItemOrganization.objects.filter(item__in=item_ids, role__in=MAKERS).select_related("organization", "item")
    made: dict[Organization, dict[int, Item]] = {}
    for part in parts.order_by("organization__name", "item__name", "pk"):
        made.setdefault(part.organization, {})[part.item_id] = part.item
    rounds = rounds_of(organization.pk for organization in made) if made else {}
    makers = [
        OrganizationMoney(
            organization, tuple(items.values()), capital_raised(rounds[organization.pk]), rounds[organization.pk][-1]
        )
        for organization, items in made.items()
        if organization.pk in rounds
    ]
    if not makers:
        return None
    makers.sort(key=lambda one: (-(one.raised.amount_usd or 0), one.organization.name))
    newest_on = max(one.newest.announced_on for one in makers)
    return AreaMoney(tuple(makers), capital_of_all(one.raised for one in makers), newest_on)
