"""The map of the landscape."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from web.pages import HtmxRequest, render_page


@require_safe
def landscape_map(request: HtmxRequest) -> HttpResponse:
    """Show the landscape of a day as blocks of logo tiles."""
    return render_page(request, "map/page.html", {}, fragment="map-results")
