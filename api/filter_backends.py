"""Filters and orderings that refuse what they do not know."""

from typing import Any

from django.db.models import F, Func, OrderBy, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

Column = str | F | Func


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
        terms = [_term(term.strip(), orderings) for term in asked.split(",")]
        return queryset.order_by(*terms, orderings["slug"], "pk")

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        names = [sign + name for name in getattr(view, "orderings", {}) for sign in ("", "-")]
        return [
            {
                "name": "ordering",
                "in": "query",
                "required": False,
                "description": "Columns, comma-separated, - before a name reverses it; what is equal is ordered by slug.",
                "schema": {"type": "array", "items": {"type": "string", "enum": names}},
                "style": "form",
                "explode": False,
            }
        ]


class KeysetOrdering(AllowListedOrdering):
    """Describes ``ordering`` where the page's cursor sorts (``api.v1.logs``)."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        return queryset


def _term(text: str, orderings: dict[str, Column]) -> str | OrderBy:
    """Read one term of ``ordering``. Raises ValidationError."""
    name = text.removeprefix("-")
    if name not in orderings:
        message = _("Unknown ordering. Choose from: %(known)s; - before a name reverses it.")
        raise ValidationError({"ordering": [message % {"known": ", ".join(orderings)}]})
    column = orderings[name]
    if isinstance(column, str):
        return text.replace(name, column)
    return column.desc(nulls_last=True) if text.startswith("-") else column.asc(nulls_last=True)
