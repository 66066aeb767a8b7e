"""A scene as SVG that needs nothing beside it: images are inside, once each, and shown in parts."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from projects.picture_scene import Box, Picture, Words

if TYPE_CHECKING:
    from projects.picture_scene import Scene, SceneImage

FONTS = (
    "'Noto Sans','Helvetica Neue',Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Micro Hei',"
    "sans-serif"
)


def svg_of(scene: Scene) -> str:
    """Return the scene as the text of an SVG file."""
    size = f'viewBox="0 0 {scene.width} {scene.height}" width="{scene.width}" height="{scene.height}"'
    keys = {key: f"i{place}" for place, key in enumerate(scene.images)}
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}"><title>{_text(scene.title)}</title><defs>',
            *(_image(keys[key], image) for key, image in scene.images.items()),
            "</defs>",
            *(_element(element, keys) for element in scene.elements),
            "</svg>",
        ]
    )


def _image(name: str, image: SceneImage) -> str:
    data = base64.b64encode(image.webp).decode()
    return f'<image id="{name}" width="{image.width}" height="{image.height}" href="data:image/webp;base64,{data}"/>'


def _element(element: Box | Words | Picture, keys: dict[str, str]) -> str:
    if isinstance(element, Box):
        return _box(element)
    return _words(element) if isinstance(element, Words) else _picture(element, keys)


def _box(box: Box) -> str:
    stroke = f' stroke="{box.stroke}"' if box.stroke else ""
    shape = f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" fill="{box.fill}"{stroke}'
    return f"{shape}><title>{_text(box.title)}</title></rect>" if box.title else f"{shape}/>"


def _words(words: Words) -> str:
    weight = ' font-weight="600"' if words.is_bold else ""
    anchor = ' text-anchor="middle"' if words.is_centred else ""
    where = f'x="{words.x:g}" y="{words.y:g}" font-size="{words.size}" fill="{words.fill}"'
    return f"<text {where}{weight}{anchor}>{_text(words.text)}</text>"


def _picture(picture: Picture, keys: dict[str, str]) -> str:
    cut = picture.cutting
    opacity = f' opacity="{picture.opacity:g}"' if picture.opacity < 1 else ""
    return (
        f'<svg x="{picture.x:g}" y="{picture.y:g}" width="{picture.width:g}" height="{picture.height:g}"'
        f' viewBox="{cut.left} {cut.top} {cut.width} {cut.height}"{opacity}><use href="#{keys[cut.image]}"/></svg>'
    )


def _text(text: str) -> str:
    """Escape a text, without the control characters that XML forbids."""
    return escape("".join(letter for letter in text if letter >= " "))
