"""The page of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from projects.item_history import item_history
from projects.item_state import item_state, neighbours, twins
from projects.landscape_state import current_landscape
from projects.models import Item, ItemAlias
from projects.place_names import translated_places
from projects.stage_ladder import stage_ladder, stages_until
from projects.trends import data_span
from web.caching import catalogue_page
from web.forms.as_of import AsOfForm
from web.links import named_links
from web.missing import missing_page
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

NEIGHBOURS = 24


@require_safe
@catalogue_page
def item_detail(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show what is known of an item, now or as of a day; a former slug leads on to the present one."""
    item = Item.objects.for_detail().filter(slug=slug).first()
    if item is None:
        return _former_slug(request, slug)
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of = form.chosen
    state = item_state(item, as_of)
    span = data_span()
    stages = stages_until(item_history(item).stages, as_of.instant)
    context = {
        "form": form,
        "as_of": as_of,
        "item": item,
        "state": state,
        "changes": item.changes.between(None, as_of.instant).for_feed(),
        "ladder": stage_ladder(
            stages, maturity=state.maturity if state else "", history_start=span.first if span else None
        ),
        "neighbours": neighbours(item, state.subcategory, as_of, most=NEIGHBOURS)
        if state and state.subcategory
        else [],
        "landscape": current_landscape(),
        "places": translated_places(get_language()),
        **_own_facts(item),
    }
    return render_page(request, "items/detail.html", context, fragment="item-detail")


def _former_slug(request: HtmxRequest, slug: str) -> HttpResponse:
    alias = ItemAlias.objects.filter(slug=slug).select_related("item").order_by("pk").first()
    if alias is None:
        return missing_page(request, slug)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{alias.item.get_absolute_url()}{query}", permanent=True)


def _own_facts(item: Item) -> dict[str, Any]:
    """Facts of the item itself, whatever the day."""
    return {
        "roles": item.item_organizations.select_related("organization").order_by("role", "organization__name", "pk"),
        "repositories": item.item_repositories.select_related("repository").order_by(
            "-is_current", "-is_primary", "pk"
        ),
        "former_names": [alias.name for alias in item.aliases.order_by("pk") if alias.name != item.name],
        "twins": twins(item),
        "links": named_links({"homepage_url": item.homepage_url} | item.links),
    }
