"""The short form of an item: what the map's panel shows, and a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.item_repositories import repositories_of
from projects.item_state import item_state
from projects.models import Item
from web.caching import catalogue_page
from web.forms.as_of import AsOfForm
from web.links import safe_url
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@catalogue_page
def item_panel(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show an item's main facts, now or as of a day, as a fragment for the panel or as a page."""
    item = get_object_or_404(Item.objects.for_detail(), slug=slug)
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    state = item_state(item, form.chosen)
    repositories = repositories_of(item, state, form.chosen)
    context = {
        "form": form,
        "item": item,
        "as_of": form.chosen,
        "state": state,
        "homepage_url": safe_url(state.details.homepage_url) if state else "",
        "repositories": [(one.name, safe_url(one.url)) for one in repositories if one.is_current],
    }
    return render_page(request, "items/panel.html", context, fragment="item-panel-body")
