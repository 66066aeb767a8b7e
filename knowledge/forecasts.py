"""Forecasts and their score: what was said, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F

from knowledge.models import Forecast, Verdict

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Score:
    """How many forecasts got a verdict."""

    verdict: Verdict
    forecasts: int


def forecasts(verdict: str = "") -> QuerySet[Forecast]:
    """Return forecasts by the day they were due, those without one last, with their sources; two queries."""
    rows = Forecast.objects.filter(verdict=verdict) if verdict else Forecast.objects.all()
    return rows.prefetch_related("sources").order_by(F("due_on").asc(nulls_last=True), "made_on", "slug")


def scorecard() -> list[Score]:
    """Count the forecasts by each verdict, 0 where none got it; one query."""
    counts = dict(Forecast.objects.order_by().values_list("verdict").annotate(n=Count("pk")))
    order = (Verdict.MET, Verdict.PARTLY, Verdict.MISSED, Verdict.NOT_MEASURABLE, Verdict.OPEN)
    return [Score(verdict, counts.get(verdict, 0)) for verdict in order]
