"""Tells on which ground a logo can be seen, so that the page can choose the plate behind it."""

from typing import Literal

from PIL import Image, ImageChops, ImageFilter

Tone = Literal["light", "dark", "mixed"]

# Luma (0-255) of ink that vanishes: contrast below about 1.25 on white, below about 1.6 on a near-black ground.
LIGHT_FROM = 228
DARK_TO = 58
# The share of the outline that may vanish before the logo counts as lost on that ground.
LOST_SHARE = 0.4
_SOLID_ALPHA = 128
_EDGE_SHARE = 0.9


def tone_of(picture: Image.Image) -> Tone:
    """Give ``light`` if the RGBA picture is lost on white, ``dark`` if it is lost on near-black, else ``mixed``.

    Only the outline counts, where ink meets the ground: white letters in a blue disc are not lost on white. A
    picture that fills its rectangle brings its own ground: ``dark`` (made for a white plate) if that is white.
    """
    solid = picture.getchannel("A").point(lambda alpha: 255 if alpha > _SOLID_ALPHA else 0)
    framed = Image.new("L", (picture.width + 2, picture.height + 2))
    framed.paste(solid, (1, 1))
    inner = framed.filter(ImageFilter.MinFilter(3)).crop((1, 1, picture.width + 1, picture.height + 1))
    outline = ImageChops.subtract(solid, inner)
    histogram = picture.convert("RGB").convert("L").histogram(outline)
    total = sum(histogram) or 1
    light = sum(histogram[LIGHT_FROM:]) / total
    dark = sum(histogram[: DARK_TO + 1]) / total
    if _fills_rectangle(solid):
        return "dark" if light > LOST_SHARE else "mixed"
    if max(light, dark) <= LOST_SHARE:
        return "mixed"
    return "light" if light > dark else "dark"


def _fills_rectangle(solid: Image.Image) -> bool:
    """Tell whether ink stands along nearly the whole edge of the picture."""
    width, height = solid.size
    sides = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    strips = [solid.crop(side) for side in sides]
    inked = sum(strip.histogram()[255] for strip in strips)
    return inked >= _EDGE_SHARE * 2 * (width + height)
