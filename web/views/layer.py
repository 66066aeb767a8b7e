"""One layer of a framework, or what stands in none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from market.layer_adoption import layer_adoption
from market.layer_attention import common_day
from market.layer_board import layer_board
from market.layer_organizations import layer_organizations
from market.layers import UNASSIGNED, UNASSIGNED_SLUG, layer_tree
from market.models import Framework
from projects.as_of import version_at
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.layers import LayerForm
from web.layer_page import (
    FIGURES,
    YEAR,
    layer_cards,
    layer_charts,
    layer_ways,
    movements,
    placed,
    unassigned_sections,
    with_figures,
)
from web.layers_page import ancestors, board_line, stage_counts
from web.missing import missing_page
from web.pages import HtmxRequest, render_page
from web.paging import requested_page
from web.views.layers import measured_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from market.layers import LayerNode, LayerTree
    from projects.as_of import AsOf

PAGE_SIZE = 50
CSV_COLUMNS = ("slug", "name", "layer", "category", "subcategory", "kind", "maturity", "figures_on", *FIGURES)


@require_safe
@catalogue_page
def layer_detail(request: HtmxRequest, framework: str, layer: str) -> HttpResponse:
    """Show a layer: its figures and history, why it holds what it holds, its cards, its organizations' money."""
    form = LayerForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of = form.chosen
    found = _layer(framework, layer, as_of)
    if found is None:
        return missing_page(request, layer)
    tree, node = found
    board = layer_board(tree.framework, as_of, tree=tree)
    row = board.row(node) if node else board.unassigned
    page = requested_page(request, Paginator(layer_cards(tree, as_of, row.group), PAGE_SIZE))
    measured_on = measured_day(board)
    cards, figures_on = with_figures(page.object_list, as_of, measured_on=measured_on)
    span = _span(form, as_of)
    context = {
        "framework": tree.framework,
        "node": node,
        "around": ancestors(tree, node) if node else [],
        "children": [board.row(child) for child in tree.children(node)] if node else [],
        "form": form,
        "as_of": as_of,
        "version": version_at(as_of.instant),
        "board": board,
        "line": board_line(row),
        "stages": stage_counts(row.maturities),
        "charts": layer_charts(board, row.group),
        "placed": placed(board, row.group, measured_on) if node else None,
        "unassigned": unassigned_sections(tree, as_of) if node is None else [],
        "page": page,
        "cards": cards,
        "figures_on": figures_on,
        "movements": movements(tree, as_of, row.group, span),
        "span": span,
        "organizations": layer_organizations(tree, as_of, group=row.group) if node else [],
        "adopted": layer_adoption(tree, as_of, group=row.group) if node else None,
        "ways": layer_ways(tree, node, as_of) if node else None,
        "query": f"?as_of={as_of.text}" if as_of.text else "",
    }
    return render_page(request, "layers/layer.html", context, fragment="layer-results")


def _layer(framework: str, layer: str, as_of: AsOf) -> tuple[LayerTree, LayerNode | None] | None:
    """Return a framework's tree and one of its layers, None in its place for what is unassigned; None if it has none."""
    found = Framework.objects.select_related("source").filter(slug=framework).first()
    if found is None:
        return None
    tree = layer_tree(found, as_of.instant)
    node = tree.node(layer)
    return (tree, node) if node or layer == UNASSIGNED_SLUG else None


def _span(form: LayerForm, as_of: AsOf) -> tuple[date, date]:
    """Return the days asked for; the year up to the day of the page where none are."""
    until = form.cleaned_data.get("until") or as_of.day
    return form.cleaned_data.get("since") or until - YEAR, until


@require_safe
@data_file
def layer_csv(request: HtmxRequest, framework: str, layer: str) -> HttpResponseBase:
    """Answer the cards of a layer as a file."""
    form = readable(LayerForm(request.GET, now=timezone.now()))
    found = _layer(framework, layer, form.chosen)
    if found is None:
        raise Http404
    tree, node = found
    rows = _csv_rows(tree, form.chosen, node.key if node else UNASSIGNED)
    file_name = f"strata-layer-{framework}-{layer}-{form.chosen.day}.csv"
    return stream(request, csv_lines(CSV_COLUMNS, rows), file_name=file_name, content_type=CONTENT_TYPE)


def _csv_rows(tree: LayerTree, as_of: AsOf, group: int) -> Iterator[tuple[object, ...]]:
    measured = common_day(tree, as_of)
    measured_on = measured.day if measured and not measured.is_stale else None
    cards, figures_on = with_figures(layer_cards(tree, as_of, group), as_of, measured_on=measured_on)
    for card, figures in cards:
        node = tree.by_key.get(card.layer)  # type: ignore[attr-defined]  # annotated
        yield (
            *(card.item.slug, card.name, node.slug if node else ""),
            *(card.subcategory.category.name, card.subcategory.name, card.kind, card.maturity),
            figures_on.isoformat() if figures_on else None,
            *(figure.value if figure else None for figure in figures),
        )
