"""The pages of the stage ladder: charts, tables, sentences, and the same numbers as lines of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from metrics.base_rates import (
    HORIZONS_YEARS,
    STAGES,
    GroupRates,
    Rates,
    Transition,
    rates,
    rates_by_category,
    rates_by_cohort,
)
from metrics.formulas.results import Value
from web.charts.incidence import IncidenceChart, incidence_chart
from web.query_links import with_query
from web.templatetags.rates import interval_text, rate_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest

    from metrics.base_rates import Population
    from metrics.stage_list import ListedStanding
    from metrics.stage_standings import NextYear

HUES = {"promoted": "series-1", "archived": "series-2"}
WAYS = {
    Transition.SANDBOX_PROMOTED: gettext_lazy("promoted to incubating"),
    Transition.SANDBOX_ARCHIVED: gettext_lazy("archived"),
    Transition.INCUBATING_PROMOTED: gettext_lazy("promoted to graduated"),
    Transition.INCUBATING_ARCHIVED: gettext_lazy("archived"),
}
RATE_COLUMNS = (
    "transition", "group", "key", "n", "left", "left_otherwise", "still_there", "years", "followed", "share", "low",
    "high", "as_of", "known_on",
)  # fmt: skip
PROJECT_COLUMNS = (
    "slug", "name", "category", "stage", "since", "date_is", "days", "months", "percentile", "peers", "promoted_next_12_months",
    "promoted_low", "promoted_high", "archived_next_12_months", "archived_low", "archived_high", "followed", "as_of", "known_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a stage as it is shown: its word, its colour and its numbers."""

    label: str
    hue: str
    rates: Rates


@dataclass(frozen=True, slots=True)
class StageFigure:
    """One stage: its chart, the ways out that are shown, and the rates of its cohorts and categories."""

    stage: str
    chart: IncidenceChart | None
    ways: tuple[Way, ...]
    cohorts: Sequence[GroupRates]
    categories: Sequence[GroupRates]


def stage_figures(
    people: Population, transitions: Sequence[Transition], *, cohort: int | None, by_category: bool
) -> list[StageFigure]:
    """Return a figure for each stage that the transitions leave; groups only where they are not filtered by."""
    found = []
    for stage in STAGES:
        chosen = [transition for transition in transitions if transition.stage == stage]
        if not chosen:
            continue
        ways = tuple(_way(rates(people, transition, cohort=cohort)) for transition in chosen)
        found.append(
            StageFigure(
                stage,
                chart_of(ways),
                ways,
                rates_by_cohort(people, stage) if cohort is None else (),
                rates_by_category(people, stage) if by_category and cohort is None else (),
            )
        )
    return found


def chart_of(ways: Sequence[Way], *, mark_days: int | None = None) -> IncidenceChart | None:
    """Draw the ways out of one stage over the longest horizon."""
    return incidence_chart([(way.hue, way.rates.curve) for way in ways], years=HORIZONS_YEARS[-1], mark_days=mark_days)


def stage_ways(people: Population, stage: str) -> tuple[Way, ...]:
    """Return both ways out of a stage."""
    return tuple(_way(rates(people, transition)) for transition in Transition if transition.stage == stage)


def _way(found: Rates) -> Way:
    return Way(str(WAYS[found.transition]), HUES[found.transition.cause], found)


def rate_sentence(stage: str, rate: NextYear) -> str:
    """Say the base rate for a project that has stood in a stage so long; conditional, without causes."""
    months = ngettext("%(count)d month", "%(count)d months", rate.months) % {"count": rate.months}
    named = {"n": rate.peers, "months": months, "stage": stage_place(stage)}
    if not isinstance(rate.promoted, Value) or not isinstance(rate.archived, Value):
        sentence = ngettext(
            "%(n)d project was %(stage)s for at least %(months)s; too few were followed for the 12 months after that "
            "to give a base rate.",
            "%(n)d projects were %(stage)s for at least %(months)s; too few of them were followed for the 12 months "
            "after that to give a base rate.",
            rate.peers,
        )
        return sentence % named
    return _(
        "Of %(n)d projects that were %(stage)s for at least %(months)s, %(promoted)s had been promoted within the next "
        "12 months, and %(archived)s archived."
    ) % {**named, "promoted": _share(rate.promoted), "archived": _share(rate.archived)}


def stage_place(stage: str) -> str:
    """Say where a project of a stage stands: "in the sandbox"."""
    return {"sandbox": pgettext("where a project stands", "in the sandbox")}.get(
        stage, pgettext("where a project stands", "in incubation")
    )


def _share(result: Value) -> str:
    if result.interval is None:
        return rate_share(result)
    return _("%(share)s (95 %% interval %(interval)s)") % {
        "share": rate_share(result),
        "interval": interval_text(result.interval),
    }


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: the link that orders by it ("": none), and how it orders now ("" if it does not)."""

    label: str
    url: str
    direction: str
    is_number: bool


def heads(request: HttpRequest, columns: Sequence[tuple[str, object, bool]], order: str) -> list[Head]:
    """Head columns of (key, label, whether of numbers); numbers order from the greatest, and each turns round."""
    return [_head(request, key, label, order, is_number=is_number) for key, label, is_number in columns]


def _head(request: HttpRequest, key: str, label: object, order: str, *, is_number: bool) -> Head:
    if not key:
        return Head(str(label), "", "", is_number)
    directions = {key: "ascending", f"-{key}": "descending"}
    following = {key: f"-{key}", f"-{key}": key}.get(order, f"-{key}" if is_number else key)
    return Head(str(label), with_query(request, sort=following), directions.get(order, ""), is_number)


def rate_rows(people: Population, figures: Sequence[StageFigure], *, known_on: str) -> Iterator[tuple[object, ...]]:
    """Give the rates of the stages, their cohorts and their categories, a line for each horizon."""
    for figure in figures:
        chosen = [way.rates.transition for way in figure.ways]
        for way in figure.ways:
            yield from _lines(way.rates, "", "", people, known_on)
        for name, groups in (("cohort", figure.cohorts), ("category", figure.categories)):
            for group in groups:
                for found in (group.promoted, group.archived):
                    if found.transition in chosen:
                        yield from _lines(found, name, group.key, people, known_on)


def _lines(found: Rates, group: str, key: str, people: Population, known_on: str) -> Iterator[tuple[object, ...]]:
    curve = found.curve
    counts = (curve.n, curve.events, curve.others, curve.still)
    for each in found.horizons:
        share = _cells(each.result)
        yield (str(found.transition), group, key, *counts, each.years, each.at_risk, *share, people.until, known_on)


def _cells(result: object) -> tuple[object, object, object]:
    if not isinstance(result, Value) or result.interval is None:
        return "", "", ""
    return tuple(round(number, 6) for number in (result.value, result.interval.low, result.interval.high))  # type: ignore[return-value]  # three of them


def project_rows(rows: Sequence[ListedStanding], people: Population, *, known_on: str) -> Iterator[tuple[object, ...]]:
    """Give the projects line by line; what is unknown or refused is empty."""
    for row in rows:
        standing, rate = row.standing, row.rate
        path, rank = standing.path, standing.percentile
        yield (
            path.slug,
            path.name,
            path.category.slug,
            standing.stage,
            standing.entered_on,
            "seen" if standing.is_seen else "declared",
            standing.days,
            standing.months,
            round(rank.value, 2) if isinstance(rank, Value) else "",
            rank.n,
            *_cells(rate.promoted if rate else None),
            *_cells(rate.archived if rate else None),
            rate.peers if rate else "",
            people.until,
            known_on,
        )
