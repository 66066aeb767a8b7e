"""The heat map of a framework as a table: layers down, bins of time across."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from market.layers import TOTAL
from market.money_words import short_number, usd_text
from projects.localized import localized
from projects.place_names import translated_places
from web.break_sentences import dated_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from market.layer_heat import Heat
    from market.layers import LayerNode
    from projects.as_of import AsOf

LEVELS = 5
MOST_YEARS, MOST_QUARTERS = 12, 20


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One bin: its name, and the letter of what broke in it, if anything did."""

    label: str
    start: date
    letter: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A figure: ``level`` 0 to 5 is its colour; ``text`` is "" where it is unknown, with the reason in ``title``."""

    value: int | None
    text: str
    title: str
    level: int
    url: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A layer, or all of them."""

    name: str
    depth: int
    url: str
    cells: Sequence[HeatCell]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """The table, and what its letters mean."""

    columns: Sequence[HeatColumn]
    rows: Sequence[HeatRow]
    breaks: Sequence[tuple[str, date, str]]


def heat_table(framework: str, heat: Heat, as_of: AsOf, *, kind: str) -> HeatTable:
    """Return one kind of figure of each layer in each bin: added, removed, stars or raised."""
    sentences = dated_breaks(heat.breaks, translated_places(get_language()))
    letters = {day: chr(ord("A") + number % 26) for number, (day, _sentence) in enumerate(sentences)}
    ends = dict(zip(heat.axis.starts, heat.axis.days, strict=True))
    columns = [
        HeatColumn(
            _bin_label(start, heat.axis.resolution),
            start,
            "".join(letter for day, letter in letters.items() if start <= day <= end),
        )
        for start, end in ends.items()
    ]
    values = [(group, name, list(_values(heat, group, kind))) for group, name in _groups(heat.nodes)]
    greatest = max((value for group, _name, own in values if group for value, _ in own if value is not None), default=0)
    rows = [
        HeatRow(
            localized(node, "name", language=get_language()) if node else _("All layers"),
            node.depth if node else 0,
            _layer_url(framework, node, as_of),
            [
                HeatCell(
                    value, _text(value, kind), title, _level(value, greatest), _layer_url(framework, node, as_of, span)
                )
                for (value, title), span in zip(own, ends.items(), strict=True)
            ],
        )
        for _group, node, own in values
    ]
    return HeatTable(columns, rows, [(letters[day], day, sentence) for day, sentence in sentences])


def _groups(nodes: Sequence[LayerNode]) -> Iterator[tuple[int, LayerNode | None]]:
    yield from ((node.key, node) for node in nodes)
    yield TOTAL, None


def _bin_label(start: date, resolution: str) -> str:
    return f"{start:%Y}" if resolution == "year" else f"{start:%Y} Q{(start.month + 2) // 3}"


def _values(heat: Heat, group: int, kind: str) -> Iterator[tuple[int | None, str]]:
    """Give the figure of each bin with what is to be said of it; None is unknown."""
    for start in heat.axis.starts:
        if kind in {"added", "removed"}:
            yield getattr(heat.flows.get(group, start), kind), ""
        elif kind == "stars":
            gained = heat.stars.get((str(group), start))
            counted = gained.repositories if gained else 0
            title = ngettext("%(n)s repository counted", "%(n)s repositories counted", counted) % {"n": f"{counted:,}"}
            yield gained.stars if gained else None, title
        else:
            raised = heat.capital.get((str(group), start))
            if raised is None:
                yield 0, _("no round in the ledger")
            else:
                words = {"rounds": raised.rounds, "unpriced": raised.unpriced}
                title = _("rounds: %(rounds)d, amount unknown: %(unpriced)d") % words
                yield None if raised.usd is None else int(raised.usd), title


def _text(value: int | None, kind: str) -> str:
    if not value:
        return "" if value is None else "0"
    if kind == "raised":
        return usd_text(value)
    return f"−{short_number(-value)}" if value < 0 else short_number(value)


def _level(value: int | None, greatest: int) -> int:
    """Return the colour of a figure: by its root, since a few layers are far larger than the others."""
    if value is None or value <= 0 or greatest <= 0:
        return 0
    return min(LEVELS, ceil(LEVELS * sqrt(value / greatest)))


def _layer_url(framework: str, node: LayerNode | None, as_of: AsOf, span: tuple[date, date] | None = None) -> str:
    """Return the page of a layer, or that of what came and went in a bin; "" for all layers together."""
    if node is None:
        return ""
    query = {"as_of": as_of.text} if as_of.text else {}
    if span:
        query |= {"since": span[0].isoformat(), "until": span[1].isoformat()}
    address = reverse("layer_detail", args=[framework, node.slug])
    return f"{address}?{urlencode(query)}{'#flows' if span else ''}" if query else address
