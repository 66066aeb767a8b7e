"""Named reads over surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from market.models.surveys import SurveyFigure, SurveyWave  # noqa: F401  (type parameters below)


class SurveyWaveQuerySet(QuerySet["SurveyWave"]):
    """Reads over waves."""

    def of_survey(self, slug: str) -> Self:
        """The waves of a survey by year, each with what it cites."""
        return self.filter(survey__slug=slug).select_related("source").order_by("year", "pk")


class SurveyFigureQuerySet(QuerySet["SurveyFigure"]):
    """Reads over figures."""

    def of_survey(self, slug: str) -> Self:
        """The figures of one survey."""
        return self.filter(wave__survey__slug=slug)

    def of_questions(self, *questions: str) -> Self:
        """The answers to some questions."""
        return self.filter(question__in=questions)

    def of_item(self, item_id: int) -> Self:
        """What was asked about one item."""
        return self.filter(item=item_id)

    def with_items(self) -> Self:
        """Load the item of each figure with its place, without the long texts."""
        return self.select_related("item__subcategory__category").defer("item__description", "item__extra")

    def with_sources(self) -> Self:
        """Load the wave of each figure and what both cite."""
        return self.select_related("wave__source", "wave__survey", "source")

    def with_citation(self) -> Self:
        """Give each figure the address and licence of what it cites: its own source, else its wave's."""
        return self.annotate(
            cited_url=Coalesce("source__url", "wave__source__url"),
            cited_licence=Coalesce("source__licence", "wave__source__licence"),
        )

    def in_order(self) -> Self:
        """By year, question and the commonest answer first."""
        return self.order_by("wave__year", "question", "-share", "subject", "pk")

    def asked_by_wave(self) -> QuerySet[SurveyFigure, tuple[int, int]]:
        """For each wave's year how many different numbers of people were asked."""
        counted = self.order_by().values("wave__year").annotate(bases=Count("asked", distinct=True))
        return counted.values_list("wave__year", "bases")
