"""The short form of an item: what the map's panel shows, and a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.models import Item
from web.caching import catalogue_page
from web.forms.as_of import AsOfForm
from web.pages import HtmxRequest, render_page
from web.panel import panel_facts

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@catalogue_page
def item_panel(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show an item's main facts, now or as of a day, as a fragment for the panel or as a page."""
    item = get_object_or_404(Item.objects.for_detail(), slug=slug)
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    context = {"form": form, **panel_facts(item, form.chosen)}
    return render_page(request, "items/panel.html", context, fragment="item-panel-body")
