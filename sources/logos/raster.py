"""Draws a cleaned logo as one small WebP picture: margins trimmed, fitted into a box, its tone told."""

import io
from dataclasses import dataclass

import resvg_py
from PIL import Image, ImageChops

from sources.logos.errors import BadLogoError
from sources.logos.tone import Tone, tone_of

THUMBNAIL_BOX = (480, 240)  # twice the item page's 240x120; sheets are made from it too
WEBP_QUALITY = 82
CANVAS = (480, 320)
MAX_CANVAS_SIDE = 4_096
WORTH_REDRAWING = 1.4  # else the margins cost fewer pixels than drawing twice costs time
# A logo on a white rectangle is trimmed to what differs from white by more than this.
WHITE_FROM = 250
_VISIBLE_ALPHA = 8
# Two pixels in, where a rectangle's edge is no longer half transparent.
_CORNERS = ((2, 2), (-3, 2), (2, -3), (-3, -3))


@dataclass(frozen=True)
class Thumbnail:
    """A logo as a small WebP picture with transparency, of ``width`` x ``height`` pixels.

    ``has_text`` warns that letters may be missing: no fonts are used, so that every machine draws the same.
    """

    webp: bytes
    width: int
    height: int
    tone: Tone
    has_text: bool = False


def raster(content: bytes, *, box: tuple[int, int] = THUMBNAIL_BOX, quality: int = WEBP_QUALITY) -> Thumbnail:
    """Give the thumbnail of a **cleaned** SVG or PNG, at most ``box`` in size; the same bytes for the same input.

    An SVG that has not been cleaned could make the renderer read files. Raises `BadLogoError` if nothing shows.
    """
    picture = _fitted(_trimmed_drawing(content, box), box)
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=2, alpha_quality=90)
    has_text = not content.startswith(b"\x89PNG") and b"<text" in content
    return Thumbnail(buffer.getvalue(), picture.width, picture.height, tone_of(picture), has_text)


def _trimmed_drawing(content: bytes, box: tuple[int, int]) -> Image.Image:
    """Give what is visible of the picture, drawn larger if wide margins left it smaller than ``box``."""
    if content.startswith(b"\x89PNG"):
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            return _trimmed(picture.convert("RGBA"))
    trimmed = _trimmed(_drawn(content, CANVAS))
    growth = min(box[0] / trimmed.width, box[1] / trimmed.height)
    if growth <= WORTH_REDRAWING:
        return trimmed
    larger = tuple(min(round(side * growth), MAX_CANVAS_SIDE) for side in CANVAS)
    return _trimmed(_drawn(content, (larger[0], larger[1])))


def _drawn(svg: bytes, canvas: tuple[int, int]) -> Image.Image:
    """Give the SVG drawn as large as ``canvas`` allows in its own proportions."""
    try:
        # Without dpi, sizes in pt and mm count as nothing; system fonts would differ between machines.
        png = resvg_py.svg_to_bytes(
            svg_string=svg.decode(), skip_system_fonts=True, dpi=96, width=canvas[0], height=canvas[1]
        )
    except ValueError as error:
        raise BadLogoError(f"The logo cannot be drawn: {error}.") from error
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGBA")


def _trimmed(picture: Image.Image) -> Image.Image:
    visible = picture.getchannel("A").point(lambda alpha: 255 if alpha > _VISIBLE_ALPHA else 0)
    bounds = visible.getbbox()
    if bounds is None:
        raise BadLogoError("The logo shows nothing (perhaps it is text only, and no fonts are used).")
    picture = picture.crop(bounds)
    return _without_white_margin(picture)


def _without_white_margin(picture: Image.Image) -> Image.Image:
    corners = [picture.getpixel((x % picture.width, y % picture.height)) for x, y in _CORNERS]
    if any(min(corner) < WHITE_FROM for corner in corners if isinstance(corner, tuple)):
        return picture
    white = Image.new("RGB", picture.size, "white")
    flat = white.copy()
    flat.paste(picture, mask=picture.getchannel("A"))
    bounds = ImageChops.difference(flat, white).point(lambda value: 255 if value > 255 - WHITE_FROM else 0).getbbox()
    return picture.crop(bounds) if bounds else picture


def _fitted(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    """Give the picture scaled down into ``box``; small pictures are not blown up."""
    scale = min(1.0, box[0] / picture.width, box[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
