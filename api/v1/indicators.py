"""Computed figures, or why they are refused."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from api.cursors import Key
from api.filter_backends import FilterSetBackend, KeysetOrdering
from api.v1.fields import Text, TextOrNull
from api.v1.filters import AskedFilterSet
from api.v1.logs import LogViewSet
from metrics.indicators.confidence import WINDOW_DAYS
from metrics.models import Indicator, Metric, RefusalReason
from projects.filters import ISO_DAY, MaturityFilter, SlugFilter
from projects.models import Category, Item

COLUMNS = (
    "item__slug", "item__name", "metric", "window_days", "day", "value", "low", "high", "n", "refusal", "details",
    "version",
)  # fmt: skip
LARGEST_WINDOW = 32_767


class IndicatorSerializer(serializers.Serializer[dict[str, Any]]):
    """One figure of an item on a day: a value, or the reason for which it is refused."""

    slug = Text(source="item__slug", help_text="The item's.")
    name = Text(source="item__name", help_text="The item's, of today.")
    metric = serializers.ChoiceField(Metric.choices, read_only=True)
    window_days = serializers.IntegerField(read_only=True, help_text="Over how many days; 0: as it stands.")
    day = serializers.DateField(read_only=True, help_text="The day it is computed for, UTC.")
    value = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Shares and growth as fractions; null: refused."
    )
    low = serializers.FloatField(read_only=True, allow_null=True, help_text="Of a 95 % interval, where there is one.")
    high = serializers.FloatField(read_only=True, allow_null=True)
    n = serializers.IntegerField(read_only=True, help_text="How many measurements it rests on.")
    refusal = TextOrNull(help_text="Why there is no value: " + ", ".join(RefusalReason.values) + "; null: there is.")
    details = serializers.JSONField(read_only=True, help_text="What it rests on beside its value.")
    version = Text(help_text="Of the formula.")


class IndicatorFilterSet(AskedFilterSet):
    """Choices among figures."""

    metric = django_filters.MultipleChoiceFilter(label="Metric", choices=Metric.choices, distinct=False)
    window_days = django_filters.NumberFilter(
        label="Over how many days; 0: as it stands.", min_value=0, max_value=LARGEST_WINDOW, decimal_places=0
    )
    item = SlugFilter("item", Item.objects.all(), label="Slug of an item.")
    category = SlugFilter(
        "item__subcategory__category", Category.objects.all(), label="Slug of the item's category of today."
    )
    maturity = MaturityFilter(label="The item's maturity of today.", field_name="item__maturity", model=Item)
    day = django_filters.DateFilter(
        label="The day the figures are for, UTC; the newest one unless told.", input_formats=ISO_DAY
    )


class IndicatorViewSet(LogViewSet):
    """The figures of the newest day, or of the one asked for, by item."""

    tag = "indicators"
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilterSet
    filter_backends = [FilterSetBackend, KeysetOrdering]
    shared_parameters = LogViewSet.shared_parameters | {"ordering"}
    columns = COLUMNS
    keys = {
        "slug": Key("item__slug"),
        "metric": Key("metric"),
        "window_days": Key("window_days"),
        "value": Key("value", is_nullable=True),
        "n": Key("n"),
    }
    # All rows are of one day.
    last_keys = (keys["slug"], keys["metric"], keys["window_days"])
    queryset = Indicator.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        if self.request.query_params.get("day", "").strip():
            return Indicator.objects.all()
        # Confidence is never left out of a day's figures.
        day = Indicator.objects.newest_day(Metric.CONFIDENCE, window_days=WINDOW_DAYS)
        return Indicator.objects.on(day) if day else Indicator.objects.none()
