"""Where a reader was on the way to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request: HttpRequest) -> str:
    """Return the page of this site that ``next`` names in what was sent or in the address; "" if there is none."""
    page = request.POST.get("next") or request.GET.get("next", "")
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""
