"""Rewrites SVG markup: entities expanded within bounds, nothing left that runs, loads or multiplies."""

from collections.abc import Iterable
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from sources.logos.errors import BadLogoError, UnsafeLogoError
from sources.logos.expansion import Expansion
from sources.logos.references import plain_id, safe_css, safe_reference

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"
MAX_DEPTH = 100
MAX_ENTITIES = 50
MAX_ENTITY_LENGTH = 200  # the longest in drawing programs' files is a namespace address

# Logos stand still, so what animates goes too: an animation can set an href.
DROPPED_ELEMENTS = frozenset(
    [
        "script",
        "foreignobject",
        "handler",
        "listener",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "metadata",
        "font-face",
        "font-face-uri",
        "animate",
        "animatecolor",
        "animatemotion",
        "animatetransform",
        "set",
        "discard",
    ]
)


_BLANKS = str.maketrans("\t\r\n", "   ")
_KEPT_PREFIXES = {"": "", XLINK_NAMESPACE: "xlink:", "http://www.w3.org/XML/1998/namespace": "xml:"}


def rewrite_svg(text: str, *, max_length: int) -> str:
    """Give the SVG document ``text`` without DOCTYPE, comments, scripts, animations and outside references.

    ``text`` has no XML declaration. Raises `BadLogoError` if it is not SVG, `UnsafeLogoError` if it is a bomb.
    """
    rewriter = _Rewriter(max_length)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = rewriter.start
    parser.EndElementHandler = rewriter.end
    parser.CharacterDataHandler = rewriter.text
    parser.EntityDeclHandler = rewriter.entity
    try:
        parser.Parse(text, True)  # noqa: FBT003 - takes no keywords
    except expat.ExpatError as error:
        raise BadLogoError(f"The file is not well-formed XML: {error}.") from error
    return rewriter.result()


class _Rewriter:
    def __init__(self, max_length: int) -> None:
        self._max_length = max_length
        self._length = 0
        self._written: list[str] = []
        self._depth = 0
        self._dropped_from: int | None = None  # the depth of the element that is being left out
        self._style: list[str] | None = None
        self._in_text = 0
        self._entities = 0
        self._expansion = Expansion()

    def result(self) -> str:
        self._expansion.check()
        return "".join(self._written)

    def entity(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:  # noqa: FBT001 - expat's
        self._entities += 1
        nests = value is None or "&" in value or "%" in value
        if is_parameter or nests or len(value or "") > MAX_ENTITY_LENGTH or self._entities > MAX_ENTITIES:
            raise UnsafeLogoError(f"The file's entity “{name}” nests, is too long or lies outside the file.")

    def start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        namespace, _, local = name.rpartition(" ")
        if self._depth > MAX_DEPTH:
            raise UnsafeLogoError(f"The file nests more than {MAX_DEPTH} elements.")
        if self._depth == 1 and local != "svg":
            raise BadLogoError(f"The file's root element is “{local}”, not “svg”.")
        is_svg = namespace in {"", SVG_NAMESPACE}  # some files name no namespace; browsers then draw nothing
        if self._dropped_from is not None or not is_svg or local.lower() in DROPPED_ELEMENTS:
            self._dropped_from = self._dropped_from or self._depth
            return
        kept = _safe_attributes(zip(attributes[::2], attributes[1::2], strict=True))
        self._expansion.open(kept)
        declared = f' xmlns="{SVG_NAMESPACE}" xmlns:xlink="{XLINK_NAMESPACE}"' if self._depth == 1 else ""
        self._write(f"<{local}{declared}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")
        self._style = [] if local == "style" else None
        self._in_text += local == "text"

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._dropped_from is not None:
            if self._depth < self._dropped_from:
                self._dropped_from = None
            return
        if self._style is not None:
            self._write(escape(safe_css("".join(self._style))))
            self._style = None
        local = name.rpartition(" ")[2]
        self._in_text -= local == "text"
        self._expansion.close()
        self._write(f"</{local}>")

    def text(self, text: str) -> None:
        if self._dropped_from is not None:
            return
        if self._style is not None:
            self._style.append(text)
        elif self._in_text or not text.isspace():
            self._write(escape(text))

    def _write(self, markup: str) -> None:
        self._length += len(markup)
        if self._length > self._max_length:
            raise UnsafeLogoError("The file grows beyond the bound when its entities are put in.")
        self._written.append(markup)


def _safe_attributes(attributes: Iterable[tuple[str, str]]) -> dict[str, str]:
    kept = {}
    for name, value in attributes:
        namespace, _, local = name.rpartition(" ")
        if namespace in _KEPT_PREFIXES and (safe := _safe_value(local.lower(), value.translate(_BLANKS))) is not None:
            kept[_KEPT_PREFIXES[namespace] + local] = safe
    return kept


def _safe_value(name: str, value: str) -> str | None:
    if name.startswith("on") or name in {"base", "src"}:
        return None
    if name == "href":
        return safe_reference(value)
    if name == "id":
        return plain_id(value)
    if name == "style" or "(" in value or "\\" in value:
        return safe_css(value)
    return value
