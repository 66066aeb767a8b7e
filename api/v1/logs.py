"""What lists paged by a cursor have in common."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.cursors import CURSOR_PARAMETERS, CursorPagination, Key
from api.filter_backends import FilterSetBackend, read_term
from api.v1.viewsets import CatalogueViewSet


class LogViewSet(CatalogueViewSet):
    """A list of what happened or was computed, paged by a cursor; it takes no ``as_of``."""

    pagination_class = CursorPagination  # type: ignore[assignment]  # pages by a cursor, not by number
    filter_backends = [FilterSetBackend]
    shared_parameters: ClassVar[frozenset[str]] = CURSOR_PARAMETERS | {"format"}
    # What is read of each row, as dictionaries; without any, rows are models.
    columns: ClassVar[Sequence[str]] = ()
    # What the order ends in: together unique.
    last_keys: ClassVar[Sequence[Key]]
    # {public name: column to order by}; without any, the order is fixed.
    keys: ClassVar[dict[str, Key]] = {}

    @answers_conditionally
    def list(self, request: Request) -> Response:
        """Answer one page of the list."""
        rows = self.in_columns(self.filter_queryset(self.get_queryset()))
        page = CursorPagination.paging.page_of(rows, request, self.ordering())
        serializer = self.get_serializer(page.rows, many=True, context=self.row_context(page.rows))
        return Response({"next": page.next, "results": serializer.data})

    def in_columns(self, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
        """Read of rows what an answer needs."""
        return rows.values(*self.columns) if self.columns else rows

    def ordering(self) -> Sequence[Key]:
        """The columns that the request orders by, each once. Raises ValidationError."""
        asked = self.request.query_params.get("ordering", "")
        terms = [read_term(text, self.keys) for text in asked.split(",")] if asked else []
        keys: dict[str, Key] = {}
        for key in (*(replace(key, is_descending=is_reversed) for key, is_reversed in terms), *self.last_keys):
            keys.setdefault(key.column, key)
        return tuple(keys.values())


class DetailedLogViewSet(LogViewSet):
    """A list with the detail of each row."""

    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one entry."""
        row = self.row_called(slug, self.in_columns(self.get_queryset()))
        return Response(self.get_serializer(row, context=self.row_context([row])).data)
