"""What an SVG may refer to: its own parts (``#id``) and raster pictures that it carries in itself."""

import base64
import binascii
import hashlib
import io
import re
from urllib.parse import unquote

from PIL import Image

MAX_EMBEDDED_PIXELS = 16_000_000

_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOADING_RULE = re.compile(r"@(?:import|namespace|charset)\b[^;{}]*(?:;|$)|@font-face\s*\{[^}]*\}", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")]*))\s*\)""", re.IGNORECASE)
# What may still load something once every url(...) is judged; `src(` and `image(` are of CSS Images 4.
_LOADING_WORD = re.compile(r"@import|image-set|\bimage\(|\bsrc\(|expression\(|-moz-binding|behavior\s*:", re.IGNORECASE)
_CARRIED = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_PRINTABLE = range(0x20, 0xD800)
_PLAIN_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def plain_id(name: str) -> str:
    """Give an ASCII identifier for ``name``: itself if it is one, else a hash.

    py-svg-hush drops other letters from identifiers but not from what refers to them, and so loses gradients.
    """
    if _PLAIN_ID.fullmatch(name):
        return name
    return "id-" + hashlib.sha256(name.encode()).hexdigest()[:12]


def safe_reference(target: str) -> str | None:
    """Give ``target`` as it may be written, or None if it leads out of the file."""
    target = target.strip()
    if target.startswith("#"):
        return "#" + plain_id(unquote(target[1:]))
    if carried := _CARRIED.match(target):
        return target if _is_small_picture(target[carried.end() :]) else None
    return None


def safe_css(css: str) -> str:
    """Give ``css`` without whatever loads something; empty if it cannot be told apart."""
    css = _COMMENT.sub("", _ESCAPE.sub(_unescaped, _COMMENT.sub("", css)))
    css = _LOADING_RULE.sub("", css)
    css, _ = _URL.subn(_safe_url, css)
    unjudged = re.sub(r"url\(#[A-Za-z0-9_-]+\)", "", css)
    if _LOADING_WORD.search(unjudged) or re.search(r"url\s*\(|//", unjudged, re.IGNORECASE):
        return ""
    return css


def _safe_url(match: re.Match[str]) -> str:
    target = safe_reference(next((part for part in match.groups() if part is not None), ""))
    return f"url({target})" if target and target.startswith("#") else "none"


def _unescaped(match: re.Match[str]) -> str:
    code, character = match.groups()
    if code is None:
        return str(character)
    return chr(int(code, 16)) if int(code, 16) in _PRINTABLE else ""


def _is_small_picture(encoded: str) -> bool:
    try:
        with Image.open(io.BytesIO(base64.b64decode(encoded)), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
            return picture.width * picture.height <= MAX_EMBEDDED_PIXELS
    except (OSError, binascii.Error, Image.DecompressionBombError):
        return False
