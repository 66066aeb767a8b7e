"""Cleans a logo file of what could harm its reader; what remains draws the same shapes."""

import codecs
import io
import re
from dataclasses import dataclass

import py_svg_hush
from PIL import Image

from sources.logos.errors import BadLogoError, UnsafeLogoError
from sources.logos.markup import rewrite_svg

MAX_BYTES = 5_000_000  # the largest of the CNCF landscape's is 2.7 MB
MAX_PIXELS = 16_000_000
MAX_SIDE = 1_024

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*?\?>", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml\b[^>]*?encoding=["']([A-Za-z0-9_-]+)["']""")
_LEADS_OUT = re.compile(
    rb"""(?:href|src)\s*=\s*["'](?!#|data:image/(?:png|jpe?g|gif|webp);)|url\((?!#)|@import""", re.IGNORECASE
)
_BETWEEN_TAGS = re.compile(rb">\s+<")
_PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_CARRIED_TYPES = {"image": ["png", "jpeg", "jpg", "gif", "webp"]}


@dataclass(frozen=True)
class CleanLogo:
    """A logo that may be served: its bytes and their media type (SVG or PNG)."""

    content: bytes
    media_type: str


def sanitise_logo(data: bytes, *, max_bytes: int = MAX_BYTES) -> CleanLogo:
    """Give the cleaned form of an SVG, PNG, JPEG, GIF or WebP file, told apart by its content, not by its name.

    Raises `BadLogoError`, or its kind `UnsafeLogoError`.
    """
    if data.startswith(_PICTURE_STARTS):
        return CleanLogo(sanitise_picture(data, max_bytes=max_bytes), "image/png")
    return CleanLogo(sanitise_svg(data, max_bytes=max_bytes), "image/svg+xml")


def sanitise_svg(data: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Give the SVG ``data`` as UTF-8 without scripts, handlers, foreign objects, animations and outside references.

    Two filters in a row: our own rules for references, then py-svg-hush's list of what SVG may hold.
    Raises `BadLogoError` if it is not SVG or too large, `UnsafeLogoError` if it is a bomb.
    """
    _check_size(data, max_bytes)
    rewritten = rewrite_svg(_text(data), max_length=2 * max_bytes)
    try:
        clean: bytes = py_svg_hush.filter_svg(rewritten.encode(), _CARRIED_TYPES)
    except ValueError as error:
        raise BadLogoError(f"The file is not SVG: {error}.") from error
    if _LEADS_OUT.search(clean):
        raise UnsafeLogoError("The file refers to something outside itself in a way that cannot be taken out.")
    return clean if b"<text" in clean else _BETWEEN_TAGS.sub(b"><", clean)


def sanitise_picture(data: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Give a raster picture drawn anew as PNG of at most 1,024 pixels a side, without anything but its pixels."""
    _check_size(data, max_bytes)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnsafeLogoError(f"The picture has more than {MAX_PIXELS:,} pixels.")
            plain = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, BadLogoError):
            raise
        raise BadLogoError("The file is not a readable PNG, JPEG, GIF or WebP picture.") from error
    plain.info.clear()
    plain.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    plain.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _check_size(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise BadLogoError(f"The file has {len(data):,} bytes; at most {max_bytes:,} are taken.")


def _text(data: bytes) -> str:
    """Give the document as text without its XML declaration, by byte order mark, then declaration, then UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        declared = _ENCODING.match(data)
        encoding = declared[1].decode().lower() if declared else "utf-8"
        # A declaration that can be read as ASCII does not stand in UTF-16, whatever it says.
        encoding = "utf-8-sig" if encoding.startswith(("utf-16", "utf-8")) else encoding
    try:
        return _DECLARATION.sub("", data.decode(encoding)).lstrip("\ufeff \t\r\n")
    except (UnicodeDecodeError, LookupError) as error:
        raise BadLogoError(f"The file is not text in its declared encoding: {error}.") from error
