"""The log of runs, to look at."""

from typing import TypeVar

from django.contrib import admin
from django.http import HttpRequest

from sources.models import ImportNotice, ImportRun, MetricsRun, RepositoryFetch

RunRow = TypeVar("RunRow", ImportRun, ImportNotice, MetricsRun, RepositoryFetch)


class ReadOnlyAdmin(admin.ModelAdmin[RunRow]):
    """Rows that only runs write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin[ImportRun]):
    """Imports, newest first."""

    list_display = ["started_at", "source", "status", "finished_at", "message"]
    list_filter = ["status"]
    ordering = ["-started_at", "-pk"]


@admin.register(ImportNotice)
class ImportNoticeAdmin(ReadOnlyAdmin[ImportNotice]):
    """What imports met and survived."""

    list_display = ["kind", "subject", "detail", "count", "first_seen_at"]
    list_filter = ["kind"]
    search_fields = ["subject", "detail"]
    ordering = ["kind", "subject", "pk"]


@admin.register(MetricsRun)
class MetricsRunAdmin(ReadOnlyAdmin[MetricsRun]):
    """Metrics runs, newest first."""

    list_display = ["started_at", "kind", "day", "status", "requests", "points", "finished_at", "message"]
    list_filter = ["kind", "status"]
    ordering = ["-started_at", "-pk"]


@admin.register(RepositoryFetch)
class RepositoryFetchAdmin(ReadOnlyAdmin[RepositoryFetch]):
    """What became of each repository in each run."""

    list_display = ["run", "repository", "state", "problem", "message", "attempts", "finished_at"]
    list_filter = ["state", "problem"]
    list_select_related = ["run", "repository"]
    search_fields = ["repository__full_name"]
    ordering = ["-run_id", "pk"]
    show_full_result_count = False
