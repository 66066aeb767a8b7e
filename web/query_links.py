"""Links to the same page with a changed query string."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, QueryDict

# What a link to another view of the page leaves behind: where the reader was in it.
TRANSIENT = ("page", "item")


def with_query(request: HttpRequest, **changes: str | None) -> str:
    """Return the page's address with these parameters set; None or "" removes one."""
    query = request.GET.copy()
    _forget_place(query)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return _address(request, query.urlencode())


def without_value(request: HttpRequest, name: str, value: str) -> str:
    """Return the page's address with one value of a parameter removed, the others kept."""
    query = request.GET.copy()
    _forget_place(query)
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    return _address(request, query.urlencode())


def with_only(request: HttpRequest, names: Iterable[str]) -> str:
    """Return the page's address with these parameters alone."""
    query = request.GET.copy()
    for name in set(query) - set(names):
        del query[name]
    return _address(request, query.urlencode())


def _forget_place(query: QueryDict) -> None:
    for name in TRANSIENT:
        query.pop(name, None)


def _address(request: HttpRequest, query: str) -> str:
    return f"{request.path}?{query}" if query else request.path
