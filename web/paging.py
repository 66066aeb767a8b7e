"""Pages of long lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from django.http import HttpRequest

    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


class CountedPaginator(AnyPaginator):
    """A paginator that is told how many rows there are, because another query has counted them."""

    def __init__(self, object_list: Any, per_page: int, total: int) -> None:
        super().__init__(object_list, per_page)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


def requested_page(request: HttpRequest, paginator: AnyPaginator) -> Page[Any]:
    """Return the page of ``?page=``; the first for what is no number, the last for what lies beyond."""
    return paginator.get_page(request.GET.get("page"))
