"""The screener: every item by any figure of a day."""

from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.pagination import PageNumberPagination
from api.parameters import read_flag
from api.provenance import provenance_of
from api.v1.columns import column_field, plain
from api.v1.fields import ProvenanceSerializer, Text
from api.v1.viewsets import CatalogueView
from market.screen.asked import (
    DELISTED_TOO,
    FILTER_PARAMETERS,
    HAS,
    HIGH,
    LOW,
    NO,
    REPEATABLE,
    SORT,
    SORTS,
    TEXT,
    YES,
    read_screen,
)
from market.screen.column import Column, Kind
from market.screen.column_sets import OVERVIEW, SETS
from market.screen.columns import COLUMNS
from market.screen.matrix import Matrix, matrix_at
from market.screen.screen import DEFAULT_SORT, Screen, screened

ALL = "all"


class ScreenRowSerializer(serializers.Serializer[Any]):
    """An item with the columns asked for; null is unknown, and `unknown` says why."""

    slug = Text()
    name = Text()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        columns = {key: column_field(column) for key, column in COLUMNS.items()}
        for field in columns.values():
            field.required = False
        why = serializers.DictField(child=serializers.CharField(), read_only=True, help_text="By column.")
        return {**super().get_fields(), **columns, "unknown": why}


class ScreenPageSerializer(ProvenanceSerializer):
    """A page of the items that pass the filters."""

    figures_on = serializers.DateField(read_only=True, allow_null=True, help_text="The day of the computed figures.")
    survey_wave = serializers.IntegerField(read_only=True, allow_null=True, help_text="The survey's newest year.")
    count = serializers.IntegerField(read_only=True)
    next = serializers.URLField(read_only=True, allow_null=True)
    previous = serializers.URLField(read_only=True, allow_null=True)
    results = ScreenRowSerializer(many=True, read_only=True)


def filter_parameters() -> list[OpenApiParameter]:
    """Describe every filter."""
    return [_described(name, column) for name, column in FILTER_PARAMETERS.items()]


def _described(name: str, column: Column) -> OpenApiParameter:
    suffix = name.removeprefix(column.key)
    if suffix == HAS:
        return OpenApiParameter(name, OpenApiTypes.STR, enum=[YES, NO], description=f"{column.label}: known or not.")
    if suffix in {LOW, HIGH}:
        side = "at least" if suffix == LOW else "at most"
        unit = {Kind.PERCENT: " (in percent)", Kind.USD: " (USD)"}.get(column.kind, "")
        shape = OpenApiTypes.DATE if column.kind is Kind.DAY else OpenApiTypes.NUMBER
        return OpenApiParameter(name, shape, description=f"{column.label}, {side}{unit}.")
    if column.kind is Kind.YES_NO:
        return OpenApiParameter(name, OpenApiTypes.STR, enum=[YES, NO], description=str(column.definition))
    many = column.kind is Kind.CHOICE
    words = "one of these" if many else "contains"
    return OpenApiParameter(name, OpenApiTypes.STR, many=many, description=f"{column.label}: {words}.")


class ScreenerView(CatalogueView):
    """The items that pass the filters, in the columns and the order asked for."""

    tag = "screener"
    shared_parameters: ClassVar[frozenset[str]] = frozenset({"as_of", "include_delisted"})
    own_parameters: ClassVar[frozenset[str]] = frozenset({TEXT, "columns", "ordering", "page", "page_size", "format"})

    def known_parameters(self) -> frozenset[str]:
        return self.shared_parameters | self.own_parameters | frozenset(FILTER_PARAMETERS)

    def repeatable_parameters(self) -> frozenset[str]:
        return REPEATABLE

    def get_serializer(self) -> serializers.Serializer[Any]:
        """The form of a row, for the columns of a CSV without rows."""
        return ScreenRowSerializer()

    @extend_schema(
        operation_id="screener",
        parameters=[
            OpenApiParameter(TEXT, OpenApiTypes.STR, description="What the name contains."),
            OpenApiParameter(
                "columns",
                OpenApiTypes.STR,
                description=f"Columns, comma-separated, or `{ALL}`; unless told: {', '.join(SETS[OVERVIEW])}.",
            ),
            OpenApiParameter(
                "ordering",
                OpenApiTypes.STR,
                enum=[sign + name for name in SORTS for sign in ("", "-")],
                description=f"One column, - reverses it; `{DEFAULT_SORT}` unless told (`maturity` where nothing is measured). Unknown values come last, "
                "equal ones by slug.",
            ),
            *filter_parameters(),
            *PageNumberPagination.parameters(),
        ],
        responses=ScreenPageSerializer,
    )
    @answers_conditionally
    def get(self, request: Request) -> Response:
        """Answer a page of items. Bounds are included; an unknown value passes none of them."""
        matrix = matrix_at(self.as_of)
        keys = read_columns(request)
        rows = screened(matrix, self.screen(request, matrix))
        paginator = PageNumberPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        has_reasons = request.accepted_renderer.format != "csv"
        basis = {"figures_on": matrix.figures_day, "survey_wave": matrix.wave_year}
        results = [screen_row(matrix, row, keys, has_reasons=has_reasons) for row in page]
        return paginator.envelope(results, provenance_of(self.as_of) | basis)

    def screen(self, request: Request, matrix: Matrix) -> Screen:
        """Read the screen. Raises ValidationError."""
        query = QueryDict(mutable=True)
        query.update(request.query_params)
        query[SORT] = request.query_params.get("ordering", "")
        query[DELISTED_TOO] = "on" if read_flag(request, "include_delisted") else ""
        asked = read_screen(query, matrix)
        if asked.errors:
            raise ValidationError({("ordering" if name == SORT else name): [why] for name, why in asked.errors.items()})
        return asked.screen


def read_columns(request: Request) -> list[str]:
    """Read ``columns``. Raises ValidationError."""
    asked = [key for text in request.query_params.get("columns", "").split(",") if (key := text.strip())]
    if asked == [ALL]:
        return list(COLUMNS)
    if unknown := [key for key in asked if key not in COLUMNS]:
        message = _("Unknown value. Choose from: %(known)s.") % {"known": ", ".join([ALL, *COLUMNS])}
        raise ValidationError({"columns": [f"{unknown[0][:100]}: {message}"]})
    return list(dict.fromkeys(asked)) or list(SETS[OVERVIEW])


def screen_row(matrix: Matrix, row: int, keys: list[str], *, has_reasons: bool) -> dict[str, Any]:
    """Give a row's values as they are stored, and why the unknown ones are unknown."""
    values = {key: raw_value(matrix, key, row) for key in keys}
    found = {"slug": matrix.slugs[row], "name": matrix.names[row], **values}
    if has_reasons:
        found["unknown"] = {key: matrix.why(key, row) for key, value in values.items() if value is None}
    return found


def raw_value(matrix: Matrix, key: str, row: int) -> Any:
    """Give a value, choices by their slugs; None is unknown."""
    return plain(matrix.values(key)[row])
