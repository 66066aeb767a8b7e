"""What a picture is made of, before it becomes SVG or PNG. Lengths are pixels, colours are hexadecimal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# A character's width in parts of the font's size: Latin letters on average, and CJK.
LATIN_WIDTH, WIDE_WIDTH, FIRST_WIDE = 0.56, 1.0, "⺀"


class Box(NamedTuple):
    """A rectangle; ``title`` names it for who points at it."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    title: str = ""


class Words(NamedTuple):
    """A line of text on the baseline ``y``; centred on ``x`` or beginning there."""

    x: float
    y: float
    text: str
    size: int
    fill: str
    is_bold: bool = False
    is_centred: bool = False


class Cutting(NamedTuple):
    """A part of an image, in the image's own pixels."""

    image: str
    left: int
    top: int
    width: int
    height: int


class Picture(NamedTuple):
    """A part of an image drawn into a rectangle of the same proportions; ``opacity`` from 0 to 1."""

    x: float
    y: float
    width: float
    height: float
    cutting: Cutting
    opacity: float = 1.0


class SceneImage(NamedTuple):
    """An image as WebP, and its size."""

    webp: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing: its elements from back to front, and the images they cut from by key."""

    title: str
    width: int
    height: int
    elements: tuple[Box | Words | Picture, ...]
    images: Mapping[str, SceneImage]


def text_width(text: str, size: int) -> float:
    """Estimate the width of a text in pixels, without reading a font."""
    return size * sum(WIDE_WIDTH if letter >= FIRST_WIDE else LATIN_WIDTH for letter in text)


def fitting(text: str, width: float, size: int) -> str:
    """Return the text, cut with an ellipsis if it is wider than ``width``."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
