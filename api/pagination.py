"""Paging of list end points."""

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.parameters import read_number, read_page_size
from api.provenance import PROVENANCE_SCHEMA


class PageNumberPagination(pagination.PageNumberPagination):
    """``page`` from 1 and ``page_size`` (50, at most 200); a page beyond the end is 404, anything else bad is 400.

    Beside ``count``, ``next``, ``previous`` and ``results`` the answer names its instant and its source.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    page_query_description = "Number of the page, from 1."
    page_size_query_description = "Rows on a page: 1 to 200, 50 unless told."

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> Any:
        """Return the page as a queryset that has not been read yet."""
        self.request = request
        paginator = Paginator(queryset, self.get_page_size(request))
        number = read_number(request, self.page_query_param) or 1
        try:
            self.page = paginator.page(number)
        except EmptyPage as error:
            message = _("There is no page %(number)s; the last one is %(last)s.")
            raise exceptions.NotFound(message % {"number": number, "last": paginator.num_pages}) from error
        return self.page.object_list

    def get_page_size(self, request: Request) -> int:
        return read_page_size(request, default=self.page_size, most=self.max_page_size)

    def envelope(self, rows: Any, provenance: dict[str, Any]) -> Response:
        """The answer's body: the page, its neighbours, its instant and its source."""
        page = self.page
        if page is None:
            message = "There is no page before paginate_queryset() was called."
            raise RuntimeError(message)
        return Response(
            {
                "count": page.paginator.count,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                **provenance,
                "results": rows,
            }
        )

    @classmethod
    def parameters(cls) -> list[OpenApiParameter]:
        """Its parameters for the description of a view without a queryset."""
        return [
            OpenApiParameter("page", OpenApiTypes.INT, description=cls.page_query_description),
            OpenApiParameter("page_size", OpenApiTypes.INT, description=cls.page_size_query_description),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        envelope: dict[str, Any] = super().get_paginated_response_schema(schema)
        results = envelope["properties"].pop("results")
        envelope["properties"] |= {**PROVENANCE_SCHEMA, "results": results}
        envelope["required"] = list(envelope["properties"])
        return envelope
