"""Filters and orderings that refuse what they do not know."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView


class FilterSetBackend(DjangoFilterBackend):  # type: ignore[misc]  # django-filter has no types
    """The view's ``filterset_class``; a bad value is 400 with the field named."""

    raise_exception = True


class AllowListedOrdering(BaseFilterBackend):
    """``ordering=-maturity,name`` by the view's ``orderings`` ({public name: column}), always ending in the slug."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        orderings: dict[str, str] = getattr(view, "orderings", {})
        asked = request.query_params.get("ordering", "") or getattr(view, "default_ordering", "slug")
        columns = []
        for term in asked.split(","):
            name = term.strip().removeprefix("-")
            if name not in orderings:
                message = _("Unknown ordering. Choose from: %(known)s; - before a name reverses it.")
                raise ValidationError({"ordering": [message % {"known": ", ".join(orderings)}]})
            columns.append(("-" if term.strip().startswith("-") else "") + orderings[name])
        return queryset.order_by(*columns, orderings["slug"], "pk")

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        orderings: dict[str, str] = getattr(view, "orderings", {})
        names = [sign + name for name in orderings for sign in ("", "-")]
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
