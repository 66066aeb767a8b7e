"""Tells on which ground a logo can be seen, so that the page can choose the plate behind it."""

from typing import Literal

from PIL import Image, ImageChops, ImageFilter

Tone = Literal["light", "dark", "mixed"]

WHITE_PLATE = (255, 255, 255)
DARK_PLATE = (32, 36, 42)

# Luma (0-255) of ink that vanishes: contrast below about 1.25 on white, below about 1.6 on the dark plate.
LIGHT_FROM = 228
DARK_TO = 58
# The share of the outline that vanishes before the logo counts as lost on that ground.
LOST_SHARE = 0.33
# White stickers round a picture vanish on white and nobody misses them; white words beside one are missed. So this
# share of the ink must be white and further than this many pixels from ink that stays.
MISSED_SHARE = 0.16
_FAR_PIXELS = 4
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
    luma = small.convert("L")
    histogram = luma.histogram(_outline(solid))
    total = sum(histogram) or 1
    light = sum(histogram[LIGHT_FROM:]) / total
    dark = sum(histogram[: DARK_TO + 1]) / total
    if _fills_rectangle(solid):
        return "dark" if light > LOST_SHARE else "mixed"
    if light > max(dark, LOST_SHARE) and _missed_on_white(luma, solid) > MISSED_SHARE:
        return "light"
    return "dark" if dark > LOST_SHARE else "mixed"


def _outline(solid: Image.Image) -> Image.Image:
    """Give the mask of the solid pixels that touch one that is not."""
    width, height = solid.size
    framed = Image.new("L", (width + 2, height + 2))
    framed.paste(solid, (1, 1))
    inner = framed.filter(ImageFilter.MinFilter(3)).crop((1, 1, width + 1, height + 1))
    return ImageChops.subtract(solid, inner)


def _missed_on_white(luma: Image.Image, solid: Image.Image) -> float:
    """Give the share of the ink that vanishes on white and lies apart from all ink that stays."""
    white = luma.point(lambda value: 255 if value >= LIGHT_FROM else 0)
    staying = ImageChops.multiply(solid, ImageChops.invert(white))
    beside = staying.filter(ImageFilter.MaxFilter(2 * _FAR_PIXELS + 1))
    missed = ImageChops.multiply(ImageChops.multiply(solid, white), ImageChops.invert(beside))
    return missed.histogram()[255] / max(1, solid.histogram()[255])


def _fills_rectangle(solid: Image.Image) -> bool:
    """Tell whether ink stands along nearly the whole edge of the picture."""
    width, height = solid.size
    sides = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    inked = sum(solid.crop(side).histogram()[255] for side in sides)
    return inked >= _EDGE_SHARE * 2 * (width + height)
