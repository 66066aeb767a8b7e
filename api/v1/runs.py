"""The log of measuring."""

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from api.cursors import Key
from api.v1.fields import Instant, TextOrNull
from api.v1.filters import AskedFilterSet
from api.v1.logs import LogViewSet
from projects.filters import ISO_DAY
from sources.metrics_log import counts_so_far, coverage, log_version, metrics_runs
from sources.models import MetricsRun, RunKind, RunStatus

COLUMNS = (
    "id", "kind", "day", "started_at", "finished_at", "status", "is_partial", "paused_until", "requests", "points",
    "points_left", "counts", "message",
)  # fmt: skip


class RunSerializer(serializers.Serializer[dict[str, Any]]):
    """One reading of GitHub; null is "not yet" or "unknown"."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(RunKind.choices, read_only=True)
    day = serializers.DateField(read_only=True, help_text="The day it began on, UTC.")
    started_at = Instant()
    finished_at = Instant(allow_null=True)
    status = serializers.ChoiceField(RunStatus.choices, read_only=True)
    is_partial = serializers.BooleanField(read_only=True, help_text="Whether somebody chose the repositories.")
    paused_until = Instant(allow_null=True, help_text="Until when GitHub asked to be left alone.")
    requests = serializers.IntegerField(read_only=True)
    points = serializers.IntegerField(read_only=True)
    points_left = serializers.IntegerField(read_only=True, allow_null=True, help_text="Of the hour, as last said.")
    repositories = serializers.SerializerMethodField(help_text="Those to be measured.")
    measured = serializers.SerializerMethodField(help_text="Those measured so far.")
    coverage = serializers.SerializerMethodField(help_text="The share that is measured, 0 to 1; null: of none.")
    counts = serializers.SerializerMethodField(
        help_text="How many were measured, are pending, or met which problem; of open runs so far."
    )
    message = TextOrNull(help_text="What stands in the way, for people.")

    def get_counts(self, run: dict[str, Any]) -> dict[str, int]:
        so_far: Mapping[int, dict[str, int]] = self.context["counts_so_far"]
        counts: dict[str, int] = so_far.get(run["id"], run["counts"])
        return counts

    def get_repositories(self, run: dict[str, Any]) -> int:
        return self.get_counts(run).get("repositories", 0)

    def get_measured(self, run: dict[str, Any]) -> int:
        return self.get_counts(run).get("measured", 0)

    def get_coverage(self, run: dict[str, Any]) -> float | None:
        return coverage(self.get_counts(run))


class RunFilterSet(AskedFilterSet):
    """Choices among runs."""

    spans = (("since", "until"),)
    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=RunKind.choices, distinct=False)
    status = django_filters.MultipleChoiceFilter(label="Status", choices=RunStatus.choices, distinct=False)
    since = django_filters.DateFilter(
        label="Begun on this day or later, UTC.", field_name="day", lookup_expr="gte", input_formats=ISO_DAY
    )
    until = django_filters.DateFilter(
        label="Begun on this day or earlier, UTC.", field_name="day", lookup_expr="lte", input_formats=ISO_DAY
    )


class RunViewSet(LogViewSet):
    """The runs that measured repositories, or are at it, newest first."""

    tag = "runs"
    serializer_class = RunSerializer
    filterset_class = RunFilterSet
    columns = COLUMNS
    last_keys = (Key("started_at", is_descending=True), Key("id", is_descending=True))
    queryset = MetricsRun.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return metrics_runs()

    def further_version(self) -> str:
        """What changes as a run goes on; the data version moves only when it is closed."""
        return log_version()

    def row_context(self, rows: Sequence[Any]) -> dict[str, Any]:
        running = [row["id"] for row in rows if row["status"] == RunStatus.RUNNING]
        so_far = counts_so_far(running) if running else {}
        return {**self.get_serializer_context(), "counts_so_far": so_far}
