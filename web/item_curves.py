"""The curves of one item, with what stands beside each: marks, table, source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from market.models import Acquisition, FundingRound
from market.money_words import usd_text
from metrics.formulas.series_breaks import BreakReason
from metrics.models import SnapshotMethod
from metrics.series import SOURCE_URLS, Interval, ItemSeries, RepositorySeries, SeriesBreak, item_series
from projects.change_sentences import change_detail
from projects.maturity_steps import MATURITY_KINDS
from projects.models import Source
from web.curve_charts import curve_chart, cut_segments
from web.zoomable import zoomable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from market.money_events import MoneyEvent
    from metrics.models import RepositoryEvent
    from projects.models import Change, Item
    from web.trend_charts import TrendChart

# More lines than this cannot be told apart; the file has them all.
MOST_LINES = 6
# Up to so many days each point is a day, then a week, then a month.
DAYS_UP_TO, WEEKS_UP_TO = 120, 1100


@dataclass(frozen=True, slots=True)
class CitedSource:
    """What a curve rests on; ``day`` is that of its newest point."""

    title: str
    url: str
    licence: str
    day: date


@dataclass(frozen=True, slots=True)
class CountCurve:
    """One count of an item's repositories; ``left_out`` of them are only in the file."""

    count: str
    title: str
    chart: TrendChart
    # What the browser's chart reads.
    zoom: dict[str, Any]
    sources: tuple[CitedSource, ...]
    left_out: int


def fitting_interval(span: tuple[date, date]) -> Interval:
    """Return how dense points should be, so that they can be told apart and the table stays short."""
    days = (span[1] - span[0]).days
    if days <= DAYS_UP_TO:
        return Interval.DAY
    return Interval.WEEK if days <= WEEKS_UP_TO else Interval.MONTH


def count_curve(
    item: Item, count: str, interval: Interval, *, last: date | None, marks: Sequence[tuple[date, str]]
) -> CountCurve | None:
    """Draw one count with the breaks of its series among ``marks``; None if nothing gives it."""
    series = item_series(item.pk, count=count, interval=interval, last=last)
    if not series.repositories:
        return None
    drawn = series.repositories[:MOST_LINES]
    names = {one.repository_id: one.full_name or one.url for one in drawn}
    breaks = [(found.day, break_sentence(found, names)) for found in series.breaks if found.repository_id in names]
    lines = [
        (
            f"line-{number}",
            names[one.repository_id],
            {point.day: point.value for point in one.points},
            {found.day for found in one.breaks},
        )
        for number, one in enumerate(drawn, start=1)
    ]
    return CountCurve(
        count=count,
        title=count_titles()[count],
        chart=curve_chart(lines, [*breaks, *marks], unknown=_("unknown")),
        zoom=zoomable([(key, label, cut_segments(values, days)) for key, label, values, days in lines]),
        sources=tuple(_cited(series)),
        left_out=len(series.repositories) - len(drawn),
    )


def count_titles() -> dict[str, str]:
    """Name the counts that have a curve, in the order of the page."""
    return {"stars": _("Stars"), "contributors": _("Contributors")}


def break_sentence(found: SeriesBreak, names: dict[int, str]) -> str:
    """Say why a series breaks."""
    sentences = {
        BreakReason.REPOSITORY_SWAP: _("another repository: %(repository)s"),
        BreakReason.COUNTING_CHANGE: _("counted in another way: %(repository)s"),
        BreakReason.SUDDEN_FALL: _("sudden fall, so that it may be another series: %(repository)s"),
        BreakReason.RECOVERY: _("recovered from an error of the source: %(repository)s"),
    }
    return sentences[found.reason] % {"repository": names[found.repository_id]}


def event_marks(events: Sequence[RepositoryEvent], changes: Sequence[Change]) -> list[tuple[date, str]]:
    """Return what may explain a curve: events of repositories, and steps of maturity."""
    marks = [(change.at.date(), _labelled(change.get_kind_display(), change_detail(change, {}))) for change in changes]
    for event in events:
        detail = " → ".join(text for text in (event.before, event.after) if text)
        marks.append((event.at.date(), _labelled(f"{event.repository}: {event.get_kind_display()}", detail)))
    return marks


def money_marks(events: Sequence[MoneyEvent]) -> list[tuple[date, str]]:
    """Return what money may explain of a curve: rounds, sales and listings of the item's makers, each with its price."""
    return [
        (event.day, _labelled(_money_sentence(event), "" if event.amount_usd is None else usd_text(event.amount_usd)))
        for event in events
    ]


def _money_sentence(event: MoneyEvent) -> str:
    fact, words = event.fact, {"organization": event.organization}
    if isinstance(fact, FundingRound):
        return _("%(organization)s: funding round %(series)s") % {**words, "series": fact.get_series_display()}
    if isinstance(fact, Acquisition):
        if fact.acquirer is None:
            return _("%(organization)s: sold") % words
        return _("%(organization)s: sold to %(acquirer)s") % {**words, "acquirer": fact.acquirer.name}
    return _("%(organization)s: listed on an exchange") % words


def maturity_changes(item: Item) -> list[Change]:
    """Return the item's steps of maturity; one query."""
    return list(item.changes.of_kinds(MATURITY_KINDS).order_by("at", "pk"))


def _labelled(kind: str, detail: str) -> str:
    return _("%(kind)s (%(detail)s)") % {"kind": kind, "detail": detail} if detail else kind


def _cited(series: ItemSeries) -> list[CitedSource]:
    """Cite each publication once, and GitHub once for each repository that was measured there; one query."""
    newest: dict[str, tuple[date, RepositorySeries]] = {}
    for one in series.repositories:
        for point in one.points:
            url = SOURCE_URLS.get(SnapshotMethod(point.method), one.url)
            if url not in newest or newest[url][0] < point.day:
                newest[url] = (point.day, one)
    known = {source.url: source for source in Source.objects.filter(url__in=newest)}
    return [
        CitedSource(known[url].title, url, known[url].licence, day)
        if url in known
        else CitedSource(f"GitHub, {one.full_name}", url, "", day)
        for url, (day, one) in newest.items()
    ]
