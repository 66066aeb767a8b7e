"""The daily counts of one repository."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.cursors import Key
from api.parameters import read_span
from api.v1.fields import Instant, Text
from api.v1.series import DAYS, SERIES_PAGING, SeriesView, sources_by_method
from metrics.models import RepositorySnapshot, SnapshotMethod
from projects.repository_names import repository_called

COUNTS = (
    "stars", "forks", "open_issues", "closed_issues", "open_pull_requests", "merged_pull_requests",
    "closed_pull_requests", "releases", "commits_30d", "contributors",
)  # fmt: skip
COLUMNS = ("day", "observed_at", *COUNTS, "method")


class SnapshotSerializer(serializers.Serializer[Any]):
    """A repository on a day; null is "unknown"."""

    day = serializers.DateField(read_only=True, help_text="UTC.")
    observed_at = Instant()
    stars = serializers.IntegerField(read_only=True, allow_null=True)
    forks = serializers.IntegerField(read_only=True, allow_null=True)
    open_issues = serializers.IntegerField(read_only=True, allow_null=True)
    closed_issues = serializers.IntegerField(read_only=True, allow_null=True)
    open_pull_requests = serializers.IntegerField(read_only=True, allow_null=True)
    merged_pull_requests = serializers.IntegerField(read_only=True, allow_null=True)
    closed_pull_requests = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Closed without being merged."
    )
    releases = serializers.IntegerField(read_only=True, allow_null=True)
    commits_30d = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="On the default branch, in the 30 days before the day's midnight, UTC.",
    )
    contributors = serializers.IntegerField(read_only=True, allow_null=True)
    method = serializers.ChoiceField(SnapshotMethod.choices, read_only=True)


class SnapshotPageSerializer(serializers.Serializer[Any]):
    """A page of the days of a repository, the oldest first."""

    repository = Text(help_text="Its present name.")
    url = Text(help_text="Its address, as cards write it.")
    sources = serializers.DictField(child=serializers.URLField(), help_text="What each method of this page cites.")
    next = serializers.URLField(read_only=True, allow_null=True)
    results = SnapshotSerializer(many=True, read_only=True)


class SnapshotListView(SeriesView):
    """The days on which a repository was measured; none are filled in."""

    tag = "repositories"
    row_serializer = SnapshotSerializer
    own_parameters: ClassVar[frozenset[str]] = frozenset({"from", "to"})

    @extend_schema(
        operation_id="repository_snapshots",
        parameters=[
            OpenApiParameter("owner", OpenApiTypes.STR, OpenApiParameter.PATH),
            OpenApiParameter("name", OpenApiTypes.STR, OpenApiParameter.PATH),
            *DAYS,
            *SERIES_PAGING.parameters(),
        ],
        responses=SnapshotPageSerializer,
        description="The daily counts of a repository on GitHub, the oldest first. Case does not matter, "
        "and a former name leads to the repository that had it last.",
    )
    @answers_conditionally
    def get(self, request: Request, owner: str, name: str) -> Response:
        """Answer a page of days."""
        repository = repository_called(f"{owner}/{name}")
        if repository is None:
            raise NotFound(_("There is no repository %(name)s.") % {"name": f"{owner}/{name}"})
        days = RepositorySnapshot.objects.of(repository).between(*read_span(request))
        page = SERIES_PAGING.page_of(days.values(*COLUMNS), request, [Key("day")])
        return Response(
            {
                "repository": repository.full_name,
                "url": repository.url,
                "sources": sources_by_method((row["method"] for row in page.rows), repository.url),
                "next": page.next,
                "results": SnapshotSerializer(page.rows, many=True).data,
            }
        )
