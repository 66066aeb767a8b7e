"""The landscape by an investor's layers: the frameworks, a framework's board, and one layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from market.layer_board import layer_board
from market.layer_files import BOARD_COLUMNS, HEAT_COLUMNS, SECTION_COLUMNS, board_cells, heat_cells, section_cells
from market.layer_heat import layer_heat
from market.layer_sections import layer_sections
from market.layer_shares import framework_shares
from market.models import Framework
from projects.as_of import version_at
from projects.localized import localized
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.layers import BoardForm, LayersForm
from web.layer_heat import MOST_QUARTERS, MOST_YEARS, heat_table
from web.layer_treemap import layer_treemap
from web.layers_page import PRESENTATIONS, board_lines, hosted_of_layers, share_pieces
from web.missing import missing_page
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from market.layer_board import Board
    from market.layer_heat import Heat
    from market.layer_shares import FrameworkShares


@require_safe
@catalogue_page
def layers(request: HtmxRequest) -> HttpResponse:
    """List the frameworks, each with its outermost layers."""
    form = LayersForm(request.GET, now=timezone.now())
    form.is_valid()
    context = {
        "form": form,
        "as_of": form.chosen,
        "version": version_at(form.chosen.instant),
        "frameworks": [(shares, _pieces(shares)) for shares in framework_shares(form.chosen)],
        "query": request.GET.urlencode(),
    }
    return render_page(request, "layers/list.html", context, fragment="layer-frameworks")


def _pieces(shares: FrameworkShares) -> Any:
    names = {node.key: localized(node, "name", language=get_language()) for node, _count in shares.layers}
    return share_pieces(shares, names)


@require_safe
@catalogue_page
def framework_detail(request: HtmxRequest, framework: str) -> HttpResponse:
    """Show the board of a framework: a treemap, a row for each layer, a heat map, and what stands in none."""
    found = Framework.objects.select_related("source").filter(slug=framework).first()
    if found is None:
        return missing_page(request, framework)
    form = BoardForm(request.GET, now=timezone.now())
    form.is_valid()
    board = layer_board(found, form.chosen)
    heat = _heat(board, form)
    lines = board_lines(board)
    presentation = PRESENTATIONS.get(found.slug, "")
    context = {
        "framework": found,
        "form": form,
        "as_of": form.chosen,
        "version": version_at(form.chosen.instant),
        "board": board,
        "lines": lines[:-1],
        "total": lines[-1],
        "treemap": _treemap(board, form),
        "heat": heat_table(found.slug, heat, form.chosen, kind=form.choice("heat")) if heat else None,
        "heat_kind": form.choice("heat"),
        "area": form.choice("area"),
        "colour": form.choice("colour"),
        "presentation": presentation,
        "hosted": hosted_of_layers(lines, board.tree, form.chosen) if presentation else [],
        "query": request.GET.urlencode(),
    }
    return render_page(request, "layers/board.html", context, fragment="layer-board")


def measured_day(board: Board) -> date | None:
    """Return the day of a board's measurements, None where they are too old or there are none."""
    return board.measured.day if board.measured and not board.measured.is_stale else None


def _treemap(board: Board, form: BoardForm) -> Any:
    sections = layer_sections(board.tree, board.as_of, measured_day(board))
    slug = board.tree.framework.slug
    return layer_treemap(slug, sections, board.as_of, area=form.choice("area"), colour=form.choice("colour"))


def _heat(board: Board, form: BoardForm) -> Heat | None:
    most = MOST_YEARS if form.resolution == "year" else MOST_QUARTERS
    return layer_heat(board.tree, board.as_of, form.resolution, most=most)


@require_safe
@data_file
def framework_csv(request: HtmxRequest, framework: str, name: str) -> HttpResponseBase:
    """Answer a framework's board, its sections or its heat map as a file."""
    found = Framework.objects.filter(slug=framework).first()
    if found is None or name not in {"board", "sections", "heat"}:
        raise Http404
    form = readable(BoardForm(request.GET, now=timezone.now()))
    board = layer_board(found, form.chosen)
    header: tuple[str, ...]
    if name == "board":
        header, rows = BOARD_COLUMNS, board_cells(board)
    elif name == "sections":
        header, rows = SECTION_COLUMNS, section_cells(board, measured_day(board))
    else:
        header, rows = HEAT_COLUMNS, heat_cells(_heat(board, form))
    file_name = f"strata-layers-{found.slug}-{name}-{form.chosen.day}.csv"
    return stream(request, csv_lines(header, rows), file_name=file_name, content_type=CONTENT_TYPE)
