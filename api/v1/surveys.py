"""Surveys: who was asked, and how many gave each answer."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from api.cursors import Key
from api.v1.fields import Text, TextOrNull
from api.v1.filters import AskedFilterSet
from api.v1.logs import DetailedLogViewSet, LogViewSet
from market.models import Survey, SurveyFigure, SurveyWave
from metrics.formulas.proportions import wilson_interval
from projects.filters import SlugFilter
from projects.models import Item

FIGURE_COLUMNS = (
    "wave__year", "question", "subject", "subject_zh", "item__slug", "item__name", "answered", "asked", "share", "base",
    "base_zh", "wave__breaks_series", "cited_url", "cited_licence",
)  # fmt: skip
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
NO_SURVEY = gettext_lazy("There is no survey %(slug)s.")


class SurveyWaveSerializer(serializers.Serializer[SurveyWave]):
    """One round of questioning; null is "unknown"."""

    year = serializers.IntegerField(read_only=True)
    respondents = serializers.IntegerField(read_only=True, allow_null=True)
    base = TextOrNull(help_text="Who was asked.")
    base_zh = TextOrNull()
    breaks_series = serializers.BooleanField(
        read_only=True, help_text="Its figures must not be joined to those of the wave before."
    )
    break_reason = TextOrNull()
    break_reason_zh = TextOrNull()
    source_url = serializers.URLField(source="source.url", read_only=True)
    source_title = Text(source="source.title")
    source_licence = TextOrNull(source="source.licence")


class SurveySerializer(serializers.Serializer[Survey]):
    """A survey that is repeated, with its waves."""

    slug = Text()
    url = serializers.SerializerMethodField()
    figures = serializers.SerializerMethodField()
    name = Text()
    name_zh = TextOrNull()
    publisher = Text()
    summary = TextOrNull(help_text="What it asks, and what is missing here.")
    summary_zh = TextOrNull()
    waves = SurveyWaveSerializer(many=True, read_only=True)

    def get_url(self, survey: Survey) -> str:
        return f"{self.context['address']}{survey.slug}/"

    def get_figures(self, survey: Survey) -> str:
        return f"{self.get_url(survey)}figures/"


class SurveyFigureSerializer(serializers.Serializer[dict[str, Any]]):
    """How many of those asked gave one answer in one wave; null is "unknown" or "not about an item"."""

    year = serializers.IntegerField(source="wave__year", read_only=True)
    question = serializers.ChoiceField(SurveyFigure.Question.choices, read_only=True)
    answer = Text(source="subject", help_text="As published.")
    answer_zh = TextOrNull(source="subject_zh")
    item = TextOrNull(source="item__slug", help_text="The slug of the item it is about.")
    item_name = TextOrNull(source="item__name")
    answered = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="How many gave it; null: only the share is printed."
    )
    asked = serializers.IntegerField(read_only=True, allow_null=True)
    share = serializers.FloatField(read_only=True, help_text="0 to 1.")
    low = serializers.SerializerMethodField(help_text="Of the 95 % interval (Wilson); null: only the share is printed.")
    high = serializers.SerializerMethodField()
    base = TextOrNull(help_text="Share of whom; shares of other bases cannot be compared.")
    base_zh = TextOrNull()
    breaks_series = serializers.BooleanField(source="wave__breaks_series", read_only=True)
    source_url = serializers.URLField(source="cited_url", read_only=True)
    source_licence = TextOrNull(source="cited_licence")

    def get_low(self, row: dict[str, Any]) -> float | None:
        return None if row["answered"] is None else round(wilson_interval(row["answered"], row["asked"]).low, 5)

    def get_high(self, row: dict[str, Any]) -> float | None:
        return None if row["answered"] is None else round(wilson_interval(row["answered"], row["asked"]).high, 5)


class SurveyFigureFilterSet(AskedFilterSet):
    """Choices among figures."""

    question = django_filters.MultipleChoiceFilter(
        label="Question", choices=SurveyFigure.Question.choices, distinct=False
    )
    item = SlugFilter("item", Item.objects.all(), label="Slug of an item.")
    year = django_filters.NumberFilter(
        label="The wave's year.",
        field_name="wave__year",
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
        decimal_places=0,
    )


class SurveyViewSet(DetailedLogViewSet):
    """Every survey, with its waves."""

    tag = "surveys"
    serializer_class = SurveySerializer
    filterset_class = AskedFilterSet
    last_keys = (Key("slug"),)
    missing = NO_SURVEY
    queryset = Survey.objects.prefetch_related(
        Prefetch("waves", SurveyWave.objects.select_related("source").order_by("year"))
    )


@extend_schema_view(
    list=extend_schema(
        operation_id="surveys_figures_list", parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]
    )
)
class SurveyFigureViewSet(LogViewSet):
    """The figures of one survey, by wave and question."""

    tag = "surveys"
    serializer_class = SurveyFigureSerializer
    filterset_class = SurveyFigureFilterSet
    columns = FIGURE_COLUMNS
    last_keys = (Key("wave__year"), Key("question"), Key("subject"))
    queryset = SurveyFigure.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        slug = self.kwargs.get("slug", "")
        if not Survey.objects.filter(slug=slug).exists():
            raise NotFound(NO_SURVEY % {"slug": slug})
        return SurveyFigure.objects.of_survey(slug).with_citation()

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """Answer one page of the figures."""
        return super().list(request)

    def address_of_list(self) -> str:
        return self.request.build_absolute_uri(self.request.path)
