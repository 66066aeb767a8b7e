"""What time series and logs have in common: days asked for, pages by a cursor, sources by method."""

from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from api.cursors import CURSOR_PARAMETERS, CursorPaging
from api.v1.viewsets import CatalogueView
from metrics.models import SnapshotMethod
from metrics.series import SOURCE_URLS

# A page holds a year of days unless told, and ten years of them at most.
SERIES_PAGING = CursorPaging(default_size=366, largest_size=3660)
DAYS = (
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day, UTC."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="The last day, UTC."),
)


class SeriesView(CatalogueView):
    """Rows in order of time, a page at a time; without ``as_of``: a measurement is what it was."""

    row_serializer: ClassVar[type[serializers.Serializer[Any]]]
    own_parameters: ClassVar[frozenset[str]]

    def known_parameters(self) -> frozenset[str]:
        return self.own_parameters | CURSOR_PARAMETERS | {"format"}

    def get_serializer(self) -> serializers.Serializer[Any]:
        """The form of a row, for the columns of a CSV without rows."""
        return self.row_serializer()


def source_url(method: str, repository_url: str) -> str:
    """Return what a snapshot of a method cites; GitHub's own counts cite the repository."""
    return SOURCE_URLS.get(SnapshotMethod(method), repository_url)


def sources_by_method(methods: Iterable[str], repository_url: str) -> dict[str, str]:
    """Return the source of each method."""
    return {method: source_url(method, repository_url) for method in sorted(set(methods))}
