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


# Nobody reads so far; a database must not be asked to skip more rows than there are.
LAST_PAGE = 10_000


def page_number(request: HttpRequest) -> int:
    """Return the number of ``?page=``, for lists that nobody has counted; 1 for what is no page."""
    text = request.GET.get("page", "")
    return (
        min(max(int(text), 1), LAST_PAGE)
        if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE))
        else 1
    )


def requested_page(request: HttpRequest, paginator: AnyPaginator) -> Page[Any]:
    """Return the page of ``?page=``; the first for what is no number, the last for what lies beyond."""
    return paginator.get_page(request.GET.get("page"))
