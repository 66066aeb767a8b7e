"""Paging of time series and logs by a cursor: a page costs the same however deep it lies, and no row is met twice."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.db.models import F, OrderBy, Q, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from api.parameters import read_page_size

CURSOR_PARAMETERS = frozenset({"cursor", "page_size"})
LONGEST_CURSOR = 600
CURSOR_DESCRIPTION = "From the `next` of the page before."


@dataclass(frozen=True, slots=True)
class Key:
    """A column that rows are ordered by; what is unknown comes last either way."""

    column: str
    is_descending: bool = False
    is_nullable: bool = False

    def term(self) -> OrderBy:
        """The column as a term of ORDER BY."""
        nulls_last = True if self.is_nullable else None
        return (
            F(self.column).desc(nulls_last=nulls_last)
            if self.is_descending
            else F(self.column).asc(nulls_last=nulls_last)
        )

    def of(self, row: Any) -> Any:
        """A row's value."""
        return row[self.column] if isinstance(row, dict) else getattr(row, self.column)

    def equal(self, value: Any) -> Q:
        """Rows with the same value."""
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})

    def beyond(self, value: Any) -> Q | None:
        """Rows that come after a value; None: there are none."""
        if value is None:
            return None
        after = Q(**{f"{self.column}__{'lt' if self.is_descending else 'gt'}": value})
        return after | Q(**{f"{self.column}__isnull": True}) if self.is_nullable else after


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, and the address of the next one."""

    rows: Sequence[Any]
    next: str | None


@dataclass(frozen=True, slots=True)
class CursorPaging:
    """``page_size`` rows from behind ``cursor``; what is bad is 400."""

    default_size: int = 50
    largest_size: int = 200

    def page_of(self, rows: QuerySet[Any, Any], request: Request, keys: Sequence[Key]) -> Page:
        """Return a page of models or dictionaries that hold the keys, the last of which is unique; one query."""
        position = read_cursor(request)
        size = self.size(request)
        ordered = rows.order_by(*(key.term() for key in keys))
        if position is not None:
            ordered = ordered.filter(_behind(keys, _values(rows, keys, position)))
        found = list(ordered[: size + 1])
        return self.cut(found, request, lambda row: [key.of(row) for key in keys])

    def cut(self, found: Sequence[Any], request: Request, position_of: Callable[[Any], Sequence[Any]]) -> Page:
        """Return the page that ``found`` begins with; what is left tells whether there is another."""
        size = self.size(request)
        page = found[:size]
        if len(found) <= size:
            return Page(page, None)
        cursor = write_cursor(position_of(page[-1]))
        return Page(page, replace_query_param(request.build_absolute_uri(), "cursor", cursor))

    def size(self, request: Request) -> int:
        """Rows on a page. Raises ValidationError."""
        return read_page_size(request, default=self.default_size, most=self.largest_size)

    def parameters(self) -> list[OpenApiParameter]:
        """Its parameters for the description."""
        size = f"Rows on a page: 1 to {self.largest_size}, {self.default_size} unless told."
        return [
            OpenApiParameter("cursor", OpenApiTypes.STR, description=CURSOR_DESCRIPTION),
            OpenApiParameter("page_size", OpenApiTypes.INT, description=size),
        ]


class CursorPagination(pagination.BasePagination):
    """Describes the pages of ``CursorPaging`` where a list's description is drawn from its view."""

    paging = CursorPaging()

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {
                "name": each.name,
                "in": "query",
                "required": False,
                "description": each.description,
                "schema": {"type": "string" if each.name == "cursor" else "integer"},
            }
            for each in self.paging.parameters()
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        following = {"type": "string", "format": "uri", "nullable": True}
        return {"type": "object", "required": ["next", "results"], "properties": {"next": following, "results": schema}}


class BadCursorError(exceptions.ValidationError):
    """A cursor that no answer gave."""

    def __init__(self) -> None:
        super().__init__({"cursor": [_("This cursor is not one that an answer gave.")]})


def write_cursor(position: Sequence[Any]) -> str:
    """Write a position as a text for addresses."""
    plain = [str(value) if isinstance(value, date) else value for value in position]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(request: Request) -> list[Any] | None:
    """Read ``cursor``; None at the beginning. Raises ValidationError."""
    text = request.query_params.get("cursor", "")
    if not text:
        return None
    if len(text) > LONGEST_CURSOR:
        raise BadCursorError
    try:
        padded = text + "=" * (-len(text) % 4)
        position = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursorError from error
    if not isinstance(position, list):
        raise BadCursorError
    return position


def _values(rows: QuerySet[Any, Any], keys: Sequence[Key], position: Sequence[Any]) -> list[Any]:
    """Read a position as values of the keys' columns. Raises ValidationError."""
    if len(position) != len(keys):
        raise BadCursorError
    query = rows.all().query
    values = []
    for key, plain in zip(keys, position, strict=True):
        if isinstance(plain, list | dict | bool) or (plain is None and not key.is_nullable) or "\x00" in str(plain):
            raise BadCursorError
        try:
            values.append(query.resolve_ref(key.column).output_field.to_python(plain))
        except (InvalidValue, TypeError, ValueError, OverflowError) as error:
            raise BadCursorError from error
    return values


def _behind(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Rows that come after a position."""
    behind = Q(pk__in=[])
    same = Q()
    for key, value in zip(keys, values, strict=True):
        beyond = key.beyond(value)
        if beyond is not None:
            behind |= same & beyond
        same &= key.equal(value)
    return behind
