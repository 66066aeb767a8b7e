"""What the lists and details of the catalogue have in common."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django_filters import MultipleChoiceFilter
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.conditional import answers_conditionally
from api.filter_backends import AllowListedOrdering, Column, FilterSetBackend
from api.pagination import PageNumberPagination
from api.parameters import read_as_of, read_flag, refuse_unknown
from api.provenance import provenance_of
from api.renderers import CsvRenderer
from api.schema import CatalogueSchema
from projects.as_of import AsOf

LIST_PARAMETERS = frozenset({"as_of", "include_delisted", "format", "ordering", "page", "page_size"})
READING = ("GET", "HEAD")
DETAIL_PARAMETERS = frozenset({"as_of", "format"})


class CatalogueView(APIView):
    """Reads ``as_of``, refuses unknown parameters, and answers errors as JSON whatever was asked for."""

    schema = CatalogueSchema()
    http_method_names = ["get", "head", "options"]
    tag: ClassVar[str]
    as_of: AsOf

    def known_parameters(self) -> frozenset[str]:
        """The names that a request may use."""
        return DETAIL_PARAMETERS

    def repeatable_parameters(self) -> frozenset[str]:
        """The names that a request may use more than once."""
        return frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in READING:
            refuse_unknown(request, known=self.known_parameters(), repeatable=self.repeatable_parameters())
            self.as_of = read_as_of(request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        # A redirect or a 304 is a plain answer of Django's.
        if isinstance(final, Response):
            if final.exception:
                final.accepted_renderer = JSONRenderer()
                final.accepted_media_type = "application/json"
            elif request.method in READING and isinstance(final.accepted_renderer, CsvRenderer):
                self.describe_csv(final)
        return final

    def describe_csv(self, response: Response) -> None:
        """Name the file, and put into headers what the JSON envelope says."""
        response["Content-Disposition"] = f'attachment; filename="strata-{self.tag}-{self.as_of.day}.csv"'
        if isinstance(response.data, Mapping) and "results" in response.data:
            if "count" in response.data:
                response["Strata-Count"] = str(response.data["count"])
            links = {"next": response.data.get("next"), "prev": response.data.get("previous")}
            response["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items() if url)


class CatalogueViewSet(CatalogueView, viewsets.GenericViewSet[Any]):
    """A paged list, and the detail of one by its slug, at an instant."""

    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    pagination_class = PageNumberPagination
    filter_backends = [FilterSetBackend, AllowListedOrdering]
    filterset_class: ClassVar[Any]
    # {public name: column or expression}; "slug" is always there.
    orderings: ClassVar[dict[str, Column]]
    default_ordering: ClassVar[str] = "name"
    # The column that details are found by, and the sentence where there is none.
    detail_by: ClassVar[str] = "slug"
    missing: ClassVar[Any] = gettext_lazy("There is no entry %(slug)s.")

    @property
    def shared_parameters(self) -> frozenset[str]:
        """What the schema adds to this action's own parameters."""
        return LIST_PARAMETERS if self.action == "list" else DETAIL_PARAMETERS

    def known_parameters(self) -> frozenset[str]:
        own = frozenset(self.filterset_class.base_filters) if self.action == "list" else frozenset[str]()
        return self.shared_parameters | own

    def repeatable_parameters(self) -> frozenset[str]:
        filters = self.filterset_class.base_filters.items()
        return frozenset(name for name, each in filters if isinstance(each, MultipleChoiceFilter))

    @property
    def include_delisted(self) -> bool:
        """Whether the list also shows what had left. Raises ValidationError."""
        return read_flag(self.request, "include_delisted")

    @answers_conditionally
    def list(self, request: Request) -> Response:
        """Answer one page of the list."""
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(self.filter_queryset(self.get_queryset()), request, view=self)
        rows = self.page_rows(page)
        serializer = self.get_serializer(rows, many=True, context=self.row_context(rows))
        return paginator.envelope(serializer.data, self.provenance())

    def provenance(self) -> dict[str, Any]:
        """What a page says of its instant and its source."""
        return provenance_of(self.as_of)

    def row_called(self, slug: str, rows: QuerySet[Any]) -> Any:
        """The row whose detail is asked for. Raises NotFound."""
        row = rows.filter(**{self.detail_by: slug}).first()
        if row is None:
            raise NotFound(self.missing % {"slug": slug})
        return row

    def page_rows(self, page: QuerySet[Any]) -> Sequence[Any]:
        """Read the rows of one page; wide rows are better joined for the page alone than for all that is sorted."""
        return list(page)

    def row_context(self, rows: Sequence[Any]) -> dict[str, Any]:
        """What the serializer needs beside the rows of one page, read for all of them at once."""
        return self.get_serializer_context()

    def get_serializer_context(self) -> dict[str, Any]:
        # The schema is drawn without a request of this view's own.
        address = self.address_of_list() if hasattr(self, "as_of") else ""
        return {**super().get_serializer_context(), "address": address}

    def address_of_list(self) -> str:
        """The list's absolute address, without this request's parameters (DRF's own reverse would keep some)."""
        return self.request.build_absolute_uri(reverse(f"api-v1:{self.basename}-list"))
