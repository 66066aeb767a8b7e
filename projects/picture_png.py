"""A scene as PNG, drawn with fonts of our own, since servers have none.

Noto Sans (``projects/fonts``, SIL Open Font License) covers Latin. Chinese needs a font of the machine:
``chinese_font`` finds a usual one, and where there is none, callers keep to English.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from projects.picture_scene import FIRST_WIDE, Box, Picture, Words

if TYPE_CHECKING:
    from projects.picture_scene import Scene

OWN_FONTS = Path(__file__).parent / "fonts"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
# In the order of preference; .ttc files hold several fonts, of which the first is taken.
CHINESE_FONTS = (
    *("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf", "PingFang.ttc"),
    *("wqy-microhei.ttc", "DroidSansFallbackFull.ttf"),
)


@lru_cache(maxsize=1)
def chinese_font() -> Path | None:
    """Return a font of this machine that has Chinese characters; None where there is none. Looked for once."""
    found = {
        path.name: path
        for folder in FONT_FOLDERS
        for pattern in ("*.ttc", "*.ttf", "*.otf")
        for path in Path(folder).rglob(pattern)
    }
    return next((found[name] for name in CHINESE_FONTS if name in found), None)


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


def png_of(scene: Scene) -> bytes:
    """Return the scene as the bytes of a PNG file; Pillow lets other threads run meanwhile."""
    canvas = Image.new("RGB", (scene.width, scene.height), "#ffffff")
    draw = ImageDraw.Draw(canvas)

    # Neighbours stand on one sheet, so a few decoded ones do; all at once would take tens of megabytes.
    @lru_cache(maxsize=8)
    def decoded(key: str) -> Image.Image:
        return _decoded(scene.images[key].webp)

    for element in scene.elements:
        if isinstance(element, Box):
            _draw_box(draw, element)
        elif isinstance(element, Words):
            _draw_words(draw, element)
        else:
            _draw_picture(canvas, element, decoded(element.cutting.image))
    buffer = io.BytesIO()
    canvas.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _decoded(webp: bytes) -> Image.Image:
    with Image.open(io.BytesIO(webp), formats=("WEBP",)) as image:
        return image.convert("RGBA")


def _draw_box(draw: ImageDraw.ImageDraw, box: Box) -> None:
    corners = (box.x, box.y, box.x + box.width - 1, box.y + box.height - 1)
    draw.rectangle(corners, fill=box.fill, outline=box.stroke or None)


def _draw_words(draw: ImageDraw.ImageDraw, words: Words) -> None:
    path = OWN_FONTS / ("NotoSans-SemiBold.ttf" if words.is_bold else "NotoSans-Regular.ttf")
    if any(letter >= FIRST_WIDE for letter in words.text):
        path = chinese_font() or path
    anchor = "ms" if words.is_centred else "ls"  # middle or left, on the baseline
    draw.text((words.x, words.y), words.text, fill=words.fill, font=_font(path, words.size), anchor=anchor)


def _draw_picture(canvas: Image.Image, picture: Picture, image: Image.Image) -> None:
    cut = picture.cutting
    part = image.crop((cut.left, cut.top, cut.left + cut.width, cut.top + cut.height))
    part = part.resize((max(1, round(picture.width)), max(1, round(picture.height))), Image.Resampling.LANCZOS)
    mask = part.getchannel("A")
    if picture.opacity < 1:
        mask = mask.point(lambda alpha: round(alpha * picture.opacity))
    canvas.paste(part, (round(picture.x), round(picture.y)), mask)
