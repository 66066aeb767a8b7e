"""Tells on which ground a logo can be seen, so that the page can choose the plate behind it."""

from typing import Literal

from PIL import Image, ImageChops, ImageFilter, ImageStat

Tone = Literal["light", "dark", "mixed"]

WHITE_PLATE = (255, 255, 255)
DARK_PLATE = (32, 36, 42)

# Luma (0-255) of ink that vanishes: contrast below about 1.25 on white, below about 1.6 on the dark plate.
LIGHT_FROM = 228
DARK_TO = 58
# The share of the outline that vanishes before the logo counts as lost on that ground.
LOST_SHARE = 0.4
# White stickers round a picture vanish on white and nobody misses them: so much of all edges must go with them.
KEPT_EDGES = 0.7
_SOLID_ALPHA = 128
_EDGE_SHARE = 0.9
_MEASURED_AT = (160, 80)


def tone_of(picture: Image.Image) -> Tone:
    """Give ``light`` if the RGBA picture is lost on white, ``dark`` if it is lost on the dark plate, else ``mixed``.

    Judged by the outline, where ink meets the ground: white letters in a blue disc are not lost on white. A
    picture that fills its rectangle brings its own ground: ``dark`` (made for a white plate) if that is white.
    """
    small = picture.copy()
    small.thumbnail(_MEASURED_AT)
    solid = small.getchannel("A").point(lambda alpha: 255 if alpha > _SOLID_ALPHA else 0)
    histogram = small.convert("L").histogram(_outline(solid))
    total = sum(histogram) or 1
    light = sum(histogram[LIGHT_FROM:]) / total
    dark = sum(histogram[: DARK_TO + 1]) / total
    if light > max(dark, LOST_SHARE):
        if _fills_rectangle(solid):
            return "dark"
        return "light" if _edges_on(small, WHITE_PLATE) < KEPT_EDGES * _edges_on(small, DARK_PLATE) else "mixed"
    return "dark" if dark > LOST_SHARE and not _fills_rectangle(solid) else "mixed"


def _outline(solid: Image.Image) -> Image.Image:
    """Give the mask of the solid pixels that touch one that is not."""
    width, height = solid.size
    framed = Image.new("L", (width + 2, height + 2))
    framed.paste(solid, (1, 1))
    inner = framed.filter(ImageFilter.MinFilter(3)).crop((1, 1, width + 1, height + 1))
    return ImageChops.subtract(solid, inner)


def _edges_on(picture: Image.Image, ground: tuple[int, int, int]) -> float:
    """Give the sum of all edges that show when the picture lies on ``ground``, by the channel that shows them best."""
    width, height = picture.width + 4, picture.height + 4
    flat = Image.new("RGB", (width, height), ground)
    flat.paste(picture, (2, 2), picture)
    red, green, blue = flat.filter(ImageFilter.FIND_EDGES).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return float(ImageStat.Stat(strongest.crop((1, 1, width - 1, height - 1))).sum[0])


def _fills_rectangle(solid: Image.Image) -> bool:
    """Tell whether ink stands along nearly the whole edge of the picture."""
    width, height = solid.size
    sides = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    inked = sum(solid.crop(side).histogram()[255] for side in sides)
    return inked >= _EDGE_SHARE * 2 * (width + height)
