"""The map as one picture, to print or to put into a report."""

from __future__ import annotations

from http import HTTPStatus
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.as_of import periods_at
from projects.landscape_state import current_landscape
from projects.map_picture import Caption, draw_map
from projects.map_picture_contents import picture_blocks
from projects.models import CategoryGroup
from projects.picture_png import chinese_font, png_of
from projects.picture_svg import svg_of
from web.caching import SHARED_ANSWER_HEADER
from web.data_editions import edition_at
from web.downloads import PLAIN, data_file, readable, refuse_unreadable
from web.forms.map_files import MapPictureForm
from web.templatetags.dates import day
from web.templatetags.localized import landscape_label
from web.templatetags.numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from projects.map_picture import PictureBlock
    from projects.picture_scene import Scene
    from projects.provenance import Provenance
    from web.data_editions import Edition

# A drawing takes up to two seconds of one core and some tens of megabytes: one at a time, the next waits a little.
DRAWING = BoundedSemaphore(1)
PATIENCE_SECONDS = 5
TALLEST = 16_000  # pixels; about five thousand cards


@require_safe
@data_file
def map_svg(request: HttpRequest) -> HttpResponseBase:
    """Give the map of a day as SVG; the reader's own fonts write its texts."""
    form = readable(MapPictureForm(request.GET, now=timezone.now()))
    return _picture(request, form, language=form.cleaned_data["language"], suffix="svg")


@require_safe
@data_file
def map_png(request: HttpRequest) -> HttpResponseBase:
    """Give the map of a day as PNG; in English where the server has no Chinese font."""
    form = readable(MapPictureForm(request.GET, now=timezone.now()))
    language = form.cleaned_data["language"] if chinese_font() else "en"
    return _picture(request, form, language=language, suffix="png")


WRITERS: dict[str, tuple[Callable[[Scene], str | bytes], str]] = {
    "svg": (svg_of, "image/svg+xml"),
    "png": (png_of, "image/png"),
}


def _picture(request: HttpRequest, form: MapPictureForm, *, language: str, suffix: str) -> HttpResponse:
    if not DRAWING.acquire(timeout=PATIENCE_SECONDS):
        headers = {"Retry-After": str(PATIENCE_SECONDS)}
        busy = _("Other pictures are being drawn. Try again in a few seconds.")
        return HttpResponse(busy, PLAIN, HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)
    try:
        edition = edition_at(form.chosen)
        scene = _scene(edition, group=form.cleaned_data["group"], language=language)
        if scene.height > TALLEST:
            refuse_unreadable({"group": [_("Too many cards for one picture: choose a group.")]})
        write, content_type = WRITERS[suffix]
        response = HttpResponse(write(scene), content_type=content_type)
    finally:
        DRAWING.release()
    response["Content-Disposition"] = f'inline; filename="strata-map-{edition.day}.{suffix}"'
    if not request.user.is_authenticated:
        response[SHARED_ANSWER_HEADER] = "1"
    return response


def _scene(edition: Edition, *, group: str, language: str) -> Scene:
    blocks, images = picture_blocks(periods_at(edition.instant), group=group, language=language)
    with translation.override(language):
        return draw_map(blocks, _caption(edition, blocks, group=group), images=images)


def _source(known: Provenance) -> str:
    words = {"source": known.credit or "–", "commit": known.commit}
    return (_("Source: %(source)s, commit %(commit)s") if known.commit else _("Source: %(source)s")) % words


def _caption(edition: Edition, blocks: Sequence[PictureBlock], *, group: str) -> Caption:
    landscape = current_landscape()
    known = edition.provenance
    tiles = [tile for block in blocks for frame in block.frames for tile in frame.tiles]
    counts = {
        "day": day(known.committed_at) if known.committed_at else _("unknown"),
        "items": number(len(tiles)),
        "hosted": number(sum(1 for tile in tiles if tile.maturity)),
    }
    titles = [landscape_label(landscape.name) if landscape else "Strata", CategoryGroup(group).label if group else ""]
    return Caption(
        title=" · ".join(str(title) for title in titles if title),
        subtitle=_("As of %(day)s · %(items)s items, %(hosted)s of them hosted") % counts,
        footer=(
            _source(known),
            _("Licence of the facts: %(licence)s") % {"licence": known.licence or _("unknown")},
            _("Logos and names belong to their owners."),
        ),
    )
