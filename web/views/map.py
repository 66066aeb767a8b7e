"""The map of the landscape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from metrics.map_sizes import map_sizes
from projects.as_of import periods_at, version_at
from projects.commits import shown_commit
from projects.landscape_map import group_counts, landscape_facets, landscape_tiles
from projects.landscape_state import current_landscape
from projects.models import Organization
from web.caching import catalogue_page
from web.forms.map import EVERY_GROUP, MapFilterSet, MapForm
from web.languages import redirect_to_chosen_language
from web.map_dates import date_steps
from web.map_page import blocks, chips, options, reset_url, sizes, tabs, tile_writer
from web.pages import HtmxRequest, render_page
from web.panel import panel_facts
from web.query_links import with_query

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from projects.as_of import AsOf
    from projects.landscape_map import Facets, Tile
    from projects.landscape_state import LandscapeState

FIRST_DAY = date(2018, 3, 1)
# Filters that the bar does not offer, but that links from other pages may carry.
UNOFFERED = ("subcategory", "country", "hosted", "listed_after", "listed_before", "q")


@require_safe
@redirect_to_chosen_language
@catalogue_page
def landscape_map(request: HtmxRequest) -> HttpResponse:
    """Show the landscape of a day as blocks of logo tiles."""
    form = MapForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of, group = form.chosen, form.chosen_group
    cards = periods_at(as_of.instant)
    everything = landscape_facets(cards)
    facets = everything.in_group("" if group == EVERY_GROUP else group)
    filters = MapFilterSet(request.GET, queryset=cards)
    item = form.cleaned_data.get("item")
    tiles = landscape_tiles(filters.qs, frames=facets.frames())
    shown = sum(len(frame) for frame in tiles.values())
    landscape = current_landscape()
    context = {
        "form": form,
        "group": group,
        "tabs": tabs(request, everything.groups(), _left(request, filters, everything), current=group, shown=shown),
        "sizes": sizes(request, current=form.chosen_zoom),
        "total": everything.total,
        "shown": shown,
        "landscape": landscape,
        "panel": panel_facts(item, as_of) if item else None,
        "panel_close_url": with_query(request),
        **_filters(request, filters, everything, facets),
        **_drawing(form, facets, tiles),
        **_when(request, as_of, landscape),
    }
    return render_page(request, "map/page.html", context, fragment="map")


def _filters(request: HtmxRequest, filters: MapFilterSet, everything: Facets, facets: Facets) -> dict[str, Any]:
    """Return what the bar of filters offers, and what of it is chosen."""
    valid = filters.form.cleaned_data
    called = valid.get("organization")
    labels = {name: str(field.label) for name, field in filters.form.fields.items() if name in valid}
    return {
        "filter_form": filters.form,
        "options": options(facets, {name: request.GET.getlist(name) for name in labels}),
        "chips": chips(request, labels, everything, organization=called.label if called else ""),
        "reset_url": reset_url(request),
        "kept": [(name, value) for name in UNOFFERED for value in request.GET.getlist(name)],
    }


def _drawing(form: MapForm, facets: Facets, tiles: Mapping[int, Sequence[Tile]]) -> dict[str, Any]:
    """Return the blocks of tiles, and what their sizes tell."""
    zoom, as_of, measure = form.chosen_zoom, form.chosen, form.chosen_measure
    by = map_sizes(measure, last=as_of.day) if measure else None
    writer = tile_writer(zoom=zoom, as_of=as_of, by=by)
    return {
        "zoom": zoom,
        "by": by,
        "unknown": by.unknown_of([tile.slug for frame in tiles.values() for tile in frame]) if by else 0,
        "blocks": blocks(facets.frames(), tiles, zoom=zoom, writer=writer),
    }


def _left(request: HtmxRequest, filters: MapFilterSet, everything: Facets) -> Counter[str]:
    """Count by group what the filters leave, but for the category; no query where nothing is filtered."""
    if not any(request.GET.get(name) for name in filters.form.fields):
        return everything.groups()
    if "category" not in request.GET:
        return group_counts(filters.qs)
    others = request.GET.copy()
    del others["category"]
    return group_counts(MapFilterSet(others, queryset=filters.queryset).qs)


def _when(request: HtmxRequest, as_of: AsOf, landscape: LandscapeState | None) -> dict[str, Any]:
    """Return the shown instant, the version in force at it, and the steps to other days."""
    version = None if as_of.is_now else version_at(as_of.instant)
    if as_of.is_now and landscape is not None:
        commit, committed_at = landscape.commit, landscape.committed_at
    else:
        commit, committed_at = (shown_commit(version.commit), version.committed_at) if version else ("", None)
    today = timezone.now().date()
    first = landscape.began_at.date() if landscape and landscape.began_at else FIRST_DAY
    last = landscape.committed_at.date() if landscape and landscape.committed_at else today
    return {
        "as_of": as_of,
        "commit": commit,
        "committed_at": committed_at,
        "steps": date_steps(request, as_of, first=first, last=max(first, last)),
        "today": today,
        "is_before_history": as_of.day < first,
        "is_of_other_day": committed_at is not None and not as_of.is_now and committed_at.date() != as_of.day,
    }


@require_safe
@catalogue_page
def organization_options(request: HtmxRequest) -> HttpResponse:
    """List every organization's name, for the box where one is typed."""
    names = Organization.objects.filter(items__isnull=False).distinct().order_by("name").values_list("name", flat=True)
    return render(request, "map/_organization_options.html", {"names": names})
