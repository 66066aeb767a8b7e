"""The page of one item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge.concepts import concepts_of_item
from market.item_money import money_of_makers
from projects.as_of import version_at
from projects.cards_beside import neighbours, twins
from projects.item_history import item_history
from projects.item_repositories import repositories_of
from projects.item_state import item_state, parts_in
from projects.landscape_state import current_landscape
from projects.models import Item, ItemAlias
from projects.place_names import translated_places
from projects.stage_ladder import stage_ladder, stages_until
from projects.trends import data_span
from web.adoption_page import surveyed_curves
from web.caching import catalogue_page
from web.forms.as_of import AsOfForm
from web.links import named_links
from web.missing import missing_page
from web.own_watches import own_watch_of_item
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from projects.as_of import AsOf
    from projects.item_history import ItemHistory
    from projects.item_state import ItemState

NEIGHBOURS = 24


@require_safe
@partial(catalogue_page, own=own_watch_of_item)
def item_detail(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show what is known of an item, now or as of a day; a former slug leads on to the present one."""
    item = Item.objects.for_detail().filter(slug=slug).first()
    if item is None:
        return _former_slug(request, slug)
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of = form.chosen
    state = item_state(item, as_of)
    span, landscape, history = data_span(), current_landscape(), item_history(item)
    version = None if as_of.is_now else version_at(as_of.instant)
    context = {
        "form": form,
        "as_of": as_of,
        "item": item,
        "watch": own_watch_of_item(request, slug),
        "state": state,
        "changes": item.changes.between(None, as_of.instant).for_feed(),
        "ladder": stage_ladder(
            stages_until(history.stages, as_of.instant),
            maturity=state.maturity if state else "",
            history_start=span.first if span else None,
        ),
        "neighbours": neighbours(item, state.subcategory, as_of, most=NEIGHBOURS)
        if state and state.subcategory
        else [],
        "twins": twins(item, as_of),
        "landscape": landscape,
        "committed_at": version.committed_at if version else landscape.committed_at if landscape else None,
        "places": translated_places(get_language()),
        **_facts(item, state, as_of),
        **(_of_today(item) if as_of.is_now else {}),
        "former_names": _former_names(item, state, as_of, history),
    }
    return render_page(request, "items/detail.html", context, fragment="item-detail")


def _former_slug(request: HtmxRequest, slug: str) -> HttpResponse:
    alias = ItemAlias.objects.filter(slug=slug).select_related("item").order_by("pk").first()
    if alias is None:
        return missing_page(request, slug)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{alias.item.get_absolute_url()}{query}", permanent=True)


def _facts(item: Item, state: ItemState | None, as_of: AsOf) -> dict[str, Any]:
    """Return who stands behind the item and where it is found."""
    return {
        "parts": parts_in(item, state, as_of),
        "repositories": repositories_of(item, state, as_of),
        "links": named_links(state.details.links) if state else [],
        "left_at": item.delisted_at if item.delisted_at and item.delisted_at <= as_of.instant else None,
    }


def _of_today(item: Item) -> dict[str, Any]:
    """Return what is known of the item as it stands, and of no other day."""
    return {
        "makers": money_of_makers(item),
        "surveyed": surveyed_curves(item.pk),
        "concepts": concepts_of_item(item),
    }


def _former_names(item: Item, state: ItemState | None, as_of: AsOf, history: ItemHistory) -> list[str]:
    """Return the names that the item had before; at a past instant those that the landscape had shown by then."""
    if as_of.is_now:
        names = [alias.name for alias in item.aliases.order_by("pk")]
    else:
        names = [period.name for period in history.periods if period.starts_at <= as_of.instant]
    return [name for name in dict.fromkeys(names) if name != (state.name if state else item.name)]
