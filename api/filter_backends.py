"""Filters and orderings that refuse what they do not know."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import F, Func, OrderBy, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

Column = str | F | Func
Named = TypeVar("Named")


class FilterSetBackend(DjangoFilterBackend):  # type: ignore[misc]  # django-filter has no types
    """The view's ``filterset_class``; a bad value is 400 with the field named."""

    raise_exception = True

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet[Any], view: APIView) -> dict[str, Any]:
        """Add what the view's ``filterset_options`` give."""
        given: dict[str, Any] = super().get_filterset_kwargs(request, queryset, view)
        return given | getattr(view, "filterset_options", dict)()


class AllowListedOrdering(BaseFilterBackend):
    """``ordering=-maturity,name`` by the view's ``orderings``, always ending in the slug.

    ``orderings`` is {public name: column or expression}; where an expression is unknown, the row comes last.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        orderings: dict[str, Column] = getattr(view, "orderings", {})
        asked = request.query_params.get("ordering", "") or getattr(view, "default_ordering", "slug")
        asked_columns = [read_term(text, orderings) for text in asked.split(",")]
        terms = [_term(column, is_reversed=is_reversed) for column, is_reversed in asked_columns]
        return queryset.order_by(*terms, orderings["slug"], "pk")

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [_described(getattr(view, "orderings", {}))]


class KeysetOrdering(BaseFilterBackend):
    """Describes ``ordering`` by the view's ``keys``, by which the page's cursor sorts (``api.v1.logs``)."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        return queryset

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [_described(getattr(view, "keys", {}))]


def read_term(text: str, known: Mapping[str, Named]) -> tuple[Named, bool]:
    """Read one term of ``ordering``: what it names, and whether it is reversed. Raises ValidationError."""
    name = text.strip().removeprefix("-")
    if name not in known:
        message = _("Unknown ordering. Choose from: %(known)s; - before a name reverses it.")
        raise ValidationError({"ordering": [message % {"known": ", ".join(known)}]})
    return known[name], text.strip().startswith("-")


def _described(known: Iterable[str]) -> dict[str, Any]:
    names = [sign + name for name in known for sign in ("", "-")]
    return {
        "name": "ordering",
        "in": "query",
        "required": False,
        "description": "Columns, comma-separated, - before a name reverses it; what is equal is ordered by slug.",
        "schema": {"type": "array", "items": {"type": "string", "enum": names}},
        "style": "form",
        "explode": False,
    }


def _term(column: Column, *, is_reversed: bool) -> str | OrderBy:
    if isinstance(column, str):
        return f"-{column}" if is_reversed else column
    return column.desc(nulls_last=True) if is_reversed else column.asc(nulls_last=True)
