"""The series of an item: a count of each repository that its card names or named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.cursors import BadCursorError, Page, read_cursor
from api.parameters import read_choice, read_span
from api.v1.fields import Instant, Text, TextOrNull
from api.v1.former_slugs import lead_on
from api.v1.series import DAYS, SERIES_PAGING, SeriesView, source_url
from metrics.formulas.series_breaks import BreakReason
from metrics.models import SnapshotMethod
from metrics.series import COUNTS, Interval, ItemSeries, item_series
from projects.models import Item

BREAK_REASONS = [(reason.value, reason.value) for reason in BreakReason]
INTERVALS = [interval.value for interval in Interval]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A point of a repository's series, as a row."""

    repository_id: int
    repository: str
    is_primary: bool
    is_current: bool
    day: date
    value: int | None
    reason: str
    method: str
    observed_at: datetime
    source: str


class MeasurementSerializer(serializers.Serializer[Any]):
    """A count of one repository on a day; null is "unknown", and the reason says why."""

    repository = Text(help_text="Its present name.")
    is_primary = serializers.BooleanField(read_only=True, help_text="Whether it is the card's main one.")
    is_current = serializers.BooleanField(read_only=True, help_text="Whether the card still names it.")
    day = serializers.DateField(read_only=True, help_text="UTC; of a week or a month the last day with a known count.")
    value = serializers.IntegerField(read_only=True, allow_null=True)
    reason = TextOrNull(help_text="Why the value is unknown.")
    method = serializers.ChoiceField(SnapshotMethod.choices, read_only=True)
    observed_at = Instant()
    source = serializers.URLField(read_only=True)  # type: ignore[assignment]  # an attribute of serializers


class BreakSerializer(serializers.Serializer[Any]):
    """From this day on the curve is another one."""

    day = serializers.DateField(read_only=True)
    reason = serializers.ChoiceField(BREAK_REASONS, read_only=True)
    repository = Text()


class MeasurementPageSerializer(serializers.Serializer[Any]):
    """A page of points: the main repository first, each one's days in order."""

    item = Text(help_text="Its slug.")
    metric = serializers.ChoiceField([(count, count) for count in COUNTS], read_only=True)
    interval = serializers.ChoiceField([(interval, interval) for interval in INTERVALS], read_only=True)
    breaks = BreakSerializer(many=True, read_only=True, help_text="Of all days asked for.")
    next = serializers.URLField(read_only=True, allow_null=True)
    results = MeasurementSerializer(many=True, read_only=True)


class ItemMetricsView(SeriesView):
    """The points of an item's repositories; nothing is joined, and no day is filled in."""

    tag = "items"
    row_serializer = MeasurementSerializer
    own_parameters: ClassVar[frozenset[str]] = frozenset({"metric", "interval", "from", "to"})

    @extend_schema(
        operation_id="item_metrics",
        parameters=[
            OpenApiParameter(
                "metric", OpenApiTypes.STR, enum=COUNTS, description="What is counted; stars unless told."
            ),
            OpenApiParameter("interval", OpenApiTypes.STR, enum=INTERVALS, description="`day` unless told."),
            *DAYS,
            *SERIES_PAGING.parameters(),
        ],
        responses=MeasurementPageSerializer,
        description="A count of each repository that the card names or named. A former slug leads on (301).",
    )
    @answers_conditionally
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Answer a page of points."""
        metric = read_choice(request, "metric", choices=COUNTS, default="stars")
        interval = Interval(read_choice(request, "interval", choices=INTERVALS, default=Interval.DAY))
        first, last = read_span(request)
        item = Item.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if item is None:
            return lead_on(request, slug, end_point="item-metrics")
        series = item_series(item, count=metric, interval=interval, first=first, last=last)
        page = page_of_series(series, request)
        return Response(
            {
                "item": slug,
                "metric": metric,
                "interval": interval,
                "breaks": breaks_of(series),
                "next": page.next,
                "results": MeasurementSerializer(page.rows, many=True).data,
            }
        )


def page_of_series(series: ItemSeries, request: Request) -> Page:
    """Cut a page out of the points of a series. Raises ValidationError."""
    rows = measurements_of(series)
    position = read_cursor(request)
    if position is not None:
        rows = _behind(rows, series, position)
    return SERIES_PAGING.cut(rows, request, lambda row: [row.repository_id, row.day])


def _behind(rows: Sequence[Measurement], series: ItemSeries, position: Sequence[Any]) -> list[Measurement]:
    """Return the rows that come after a repository's day; a series is read whole, a few thousand points."""
    places = {one.repository_id: place for place, one in enumerate(series.repositories)}
    match position:
        case [int(repository), str(day)] if repository in places:
            last = (places[repository], day)
            return [row for row in rows if (places[row.repository_id], row.day.isoformat()) > last]
    raise BadCursorError


def measurements_of(series: ItemSeries) -> list[Measurement]:
    """Return the points of every repository as rows."""
    return [
        Measurement(
            repository_id=one.repository_id,
            repository=one.full_name or one.url,
            is_primary=one.is_primary,
            is_current=one.is_current,
            source=source_url(point.method, one.url),
            **point._asdict(),
        )
        for one in series.repositories
        for point in one.points
    ]


def breaks_of(series: ItemSeries) -> list[dict[str, Any]]:
    """Return the breaks of a series, each with its repository's name."""
    names = {one.repository_id: one.full_name or one.url for one in series.repositories}
    return [
        {"day": found.day.isoformat(), "reason": found.reason.value, "repository": names[found.repository_id]}
        for found in series.breaks
    ]
