"""The sections about money on an organization's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from market.company_money import CompanyMoney, company_money
from market.exits import Exit, ExitFilter, exit_tape
from market.investors import Portfolio, portfolio
from market.money_owners import has_money
from market.money_words import usd_text
from market.partial_dates import last_day
from web.charts.lines import LineChart, broken_lines
from web.charts.scales import Tick, percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from market.company_money import RoundStep
    from projects.models import Organization

# A curve needs two points to be one.
LEAST_POINTS = 2
PLOT_HEIGHT = 150  # pixels


@dataclass(frozen=True, slots=True)
class Curve:
    """The running sum of disclosed rounds as steps; labels of years below, of dollars beside."""

    plot: LineChart
    years: Sequence[Tick]
    ticks: Sequence[Tick]
    height: int = PLOT_HEIGHT
    total_height: int = PLOT_HEIGHT + 34
    top: int = 8


@dataclass(frozen=True, slots=True)
class MoneySections:
    """What the ledger says of an organization as owner, as what was sold, as buyer and as investor."""

    money: CompanyMoney
    exits: Sequence[Exit]
    bought: Sequence[Exit]
    portfolio: Portfolio
    curve: Curve | None


def money_sections(organization: Organization, *, today: date) -> MoneySections | None:
    """Return the sections; None, after one query, for an organization that the ledger does not name."""
    if not has_money(organization):
        return None
    money = company_money(organization)
    return MoneySections(
        money=money,
        exits=exit_tape(of=[organization.pk]),
        bought=exit_tape(ExitFilter(acquirer=organization)),
        portfolio=portfolio(organization),
        curve=cumulative_curve(money.steps, today=today),
    )


def cumulative_curve(steps: Sequence[RoundStep], *, today: date) -> Curve | None:
    """Draw the running sum from the first round's year to the end of the last one's; None for less than two amounts.

    A date that is only known to the year is drawn at that year's end, by when the money had been raised.
    """
    points = [
        (min(last_day(step.round.announced_on, step.round.date_precision), today), int(step.cumulative_usd))
        for step in steps
        if step.cumulative_usd is not None
    ]
    if len(points) < LEAST_POINTS:
        return None
    first, last = points[0][0].replace(month=1, day=1), points[-1][0]
    span = max((last - first).days, 1)
    path: list[tuple[float, int]] = []
    height = 0
    for day, amount in sorted(points):
        x = (day - first).days / span
        path += [(x, height), (x, max(amount, height))]
        height = max(amount, height)
    plot = broken_lines([("raised", [path])])
    years = range(first.year, last.year + 1)
    return Curve(
        plot=plot,
        years=[Tick(percent((first.replace(year=year) - first).days / span), str(year)) for year in years],
        ticks=[
            Tick(tick.at, usd_text(int(tick.label.replace(",", ""))) if tick.label != "0" else _("0"))
            for tick in plot.ticks
        ],
    )
