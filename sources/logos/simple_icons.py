"""Reads the Simple Icons that ship in ``content/logos``: logos for items that no landscape has given one."""

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class SimpleIcon:
    """One icon in its brand's colour, with the names of the items that wear it; ``licence`` is empty for CC0."""

    items: tuple[str, ...]
    svg: bytes
    colour: str
    source: str
    licence: str


def read_simple_icons(folder: Path) -> list[SimpleIcon]:
    """Give the icons of ``folder``/simple-icons.yaml, whose files lie in ``folder``/simple-icons."""
    index = yaml.safe_load((folder / "simple-icons.yaml").read_text(encoding="utf-8"))
    return [
        SimpleIcon(
            items=tuple(icon["items"]),
            svg=coloured((folder / "simple-icons" / icon["file"]).read_bytes(), icon["colour"]),
            colour=icon["colour"],
            source=icon["source"],
            licence=icon.get("licence", ""),
        )
        for icon in index["icons"]
    ]


def coloured(svg: bytes, colour: str) -> bytes:
    """Give the one-coloured icon ``svg`` in ``colour`` (``#rrggbb``) instead of black."""
    return svg.replace(b"<svg ", b'<svg fill="' + colour.encode() + b'" ', 1)
