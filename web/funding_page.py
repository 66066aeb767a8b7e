"""Totals of money as the funding page draws them, and rounds as lines of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.funding_totals import totals_by, totals_by_layer
from market.models import Series
from market.partial_dates import partial_date_text
from projects.localized import localized
from web.charts.scales import percent
from web.country_names import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from market.funding_totals import MoneyTotal
    from market.models import Framework, FundingRound, Layer

ROUND_COLUMNS = (
    "slug", "organization", "organization_name", "country", "announced_on", "date_precision", "series", "amount", "currency",
    "amount_usd", "amount_qualifier", "is_undisclosed", "post_money_usd", "raised_to_date_usd", "raised_to_date_qualifier",
    "investors", "leads", "confidence", "sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One group's total as a row with a bar; ``query`` narrows the page to it ("" where it cannot), ``width`` in percent."""

    label: str
    parameter: str
    value: str
    total: MoneyTotal
    width: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Totals of one grouping; all bars of it share one scale."""

    title: str
    bars: Sequence[Bar]


def charts(rounds: QuerySet[FundingRound], framework: Framework | None, *, layer: Layer | None) -> list[Chart]:
    """Return the totals by year, layer (of a chosen one alone), series and country; seven queries with a framework."""
    series = dict(Series.choices)
    found = [_chart(_("By year"), "year", [(str(t.key), str(t.key), t) for t in totals_by(rounds, "year")])]
    if framework is not None:
        language = get_language()
        rows = [
            (localized(one.layer, "name", language=language), one.layer.slug, one.total)
            if one.layer
            else (_("in no layer"), "", one.total)
            for one in totals_by_layer(rounds, framework, within=layer)
        ]
        found.append(_chart(localized(framework, "name", language=language), "layer", rows))
    order = list(Series.values)
    by_series = sorted(totals_by(rounds, "series"), key=lambda total: order.index(total.key))
    found.append(_chart(_("By series"), "series", [(str(series[t.key]), t.key, t) for t in by_series]))
    by_country = sorted(totals_by(rounds, "country"), key=lambda total: -(total.sum_usd or 0))
    rows = [(country_name(t.key) if t.key else _("country unknown"), t.key, t) for t in by_country]
    return [*found, _chart(_("By country"), "country", rows)]


def _chart(title: str, parameter: str, rows: Sequence[tuple[str, str, MoneyTotal]]) -> Chart:
    greatest = max((total.sum_usd for _label, _value, total in rows if total.sum_usd), default=None)
    return Chart(
        title,
        [
            Bar(label, parameter, value, total, percent(float((total.sum_usd or 0) / greatest)) if greatest else "0%")
            for label, value, total in rows
        ],
    )


def round_lines(rounds: Iterable[FundingRound]) -> Iterator[tuple[object, ...]]:
    """Give rounds as lines of a file; what is unknown is empty, a date is written as exactly as it is known."""
    for row in rounds:
        parts = row.investments.all()
        yield (
            row.slug,
            row.organization.slug,
            row.organization.name,
            row.organization.country,
            partial_date_text(row.announced_on, row.date_precision),
            row.date_precision,
            row.series,
            row.amount,
            row.currency,
            row.amount_usd,
            row.amount_qualifier,
            str(row.is_undisclosed).lower(),
            row.post_money_usd,
            row.raised_to_date_usd,
            row.raised_to_date_qualifier,
            " ".join(part.investor.slug for part in parts),
            " ".join(part.investor.slug for part in parts if part.is_lead),
            row.confidence,
            " ".join(citation.source.url for citation in row.citations.all()),
        )
