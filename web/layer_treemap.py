"""The sections of a framework's layers as a treemap: one drawing for wide windows, one for narrow ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from market.money_words import short_number
from projects.localized import localized
from web.charts.scales import percent
from web.charts.treemap import Rectangle, squarified
from web.templatetags.indicators import in_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from market.layer_sections import SectionFigures
    from market.layers import LayerNode
    from projects.as_of import AsOf

# Pixels that the drawings are laid out for; they stretch from there.
WIDE, NARROW = (1240.0, 560.0), (360.0, 760.0)
HEAD = 22.0  # pixels for a layer's name
LEAST_LABEL = (34.0, 18.0)  # a smaller area has no letters
LEAST_FIGURE = 34.0  # a lower one has its name alone
LEAST_HEAD = 34.0  # a lower layer has no name
# The lower bounds of the colours after the first: shares of hosted cards, and growth in a year.
STAGE_STEPS = (0.0001, 0.1, 0.25, 0.5)
GROWTH_STEPS = (0.0, 0.1, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A section: where it lies in its layer (percent), its colour's class and its words."""

    x: str
    y: str
    width: str
    height: str
    colour: str
    name: str
    figure: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A layer with its sections: where it lies in the drawing, in percent."""

    x: str
    y: str
    width: str
    height: str
    has_head: bool
    name: str
    figure: str
    url: str
    leaves: Sequence[Leaf]


@dataclass(frozen=True, slots=True)
class Treemap:
    """Both drawings; ``left_out`` counts sections that have no area since nothing is known of them."""

    wide: Sequence[Branch]
    narrow: Sequence[Branch]
    legend: Sequence[tuple[str, str]]
    left_out: int


def layer_treemap(
    framework: str, sections: Sequence[SectionFigures], as_of: AsOf, *, area: str, colour: str
) -> Treemap:
    """Draw sections by cards or stars, coloured by their share of hosted cards or by the growth of their stars."""
    weigh = _AREAS[area]
    drawn = sorted((each for each in sections if weigh(each) > 0), key=lambda each: (-weigh(each), each.section.pk))
    drawing = _Drawing(framework, weigh, _COLOURS[colour], f"?{urlencode({'as_of': as_of.text})}" if as_of.text else "")
    return Treemap(
        wide=drawing.branches(drawn, WIDE),
        narrow=drawing.branches(drawn, NARROW),
        legend=_legend(colour),
        left_out=len(sections) - len(drawn),
    )


class _Drawing:
    """What an area and a colour mean, and what follows each address."""

    def __init__(
        self,
        framework: str,
        weigh: Callable[[SectionFigures], int],
        colour: Callable[[SectionFigures], str],
        query: str,
    ) -> None:
        self.framework = framework
        self.weigh = weigh
        self.colour = colour
        self.query = query

    def branches(self, drawn: Sequence[SectionFigures], size: tuple[float, float]) -> Sequence[Branch]:
        by_layer = sorted(drawn, key=lambda each: each.node.key)
        groups = [(node, list(own)) for node, own in groupby(by_layer, key=lambda each: each.node)]
        groups.sort(key=lambda pair: (-self._sum(pair[1]), pair[0].key))
        box = Rectangle(0, 0, *size)
        areas = squarified([self._sum(own) for _node, own in groups], box)
        return [self._branch(node, own, area, size) for (node, own), area in zip(groups, areas, strict=True)]

    def _sum(self, sections: Sequence[SectionFigures]) -> int:
        return sum(self.weigh(each) for each in sections)

    def _branch(
        self, node: LayerNode, sections: Sequence[SectionFigures], area: Rectangle, size: tuple[float, float]
    ) -> Branch:
        has_head = area.height >= LEAST_HEAD
        inner = Rectangle(0, 0, max(area.width, 1), max(area.height - (HEAD if has_head else 0), 1))
        ordered = sorted(sections, key=lambda each: (-self.weigh(each), each.section.pk))
        places = squarified([self.weigh(each) for each in ordered], inner)
        return Branch(
            *_percents(area, Rectangle(0, 0, *size)),
            has_head=has_head,
            name=localized(node, "name", language=get_language()),
            figure=short_number(self._sum(sections)),
            url=self._url(node),
            leaves=[self._leaf(each, place, inner) for each, place in zip(ordered, places, strict=True)],
        )

    def _leaf(self, each: SectionFigures, place: Rectangle, inner: Rectangle) -> Leaf:
        name = localized(each.section, "name", language=get_language())
        is_labelled = place.width >= LEAST_LABEL[0] and place.height >= LEAST_LABEL[1]
        return Leaf(
            *_percents(place, inner),
            colour=self.colour(each),
            name=name if is_labelled else "",
            figure=short_number(self.weigh(each)) if is_labelled and place.height >= LEAST_FIGURE else "",
            title=_title(each, name),
            url=f"{self._url(each.node)}#{each.section.category.slug}-{each.section.slug}",
        )

    def _url(self, node: LayerNode) -> str:
        return reverse("layer_detail", args=[self.framework, node.slug]) + self.query


def _percents(part: Rectangle, whole: Rectangle) -> tuple[str, str, str, str]:
    return (
        percent(part.x / whole.width),
        percent(part.y / whole.height),
        percent(part.width / whole.width),
        percent(part.height / whole.height),
    )


def _title(each: SectionFigures, name: str) -> str:
    """Say all that is known of a section in a line."""
    category = localized(each.section.category, "name", language=get_language())
    parts = [f"{category} › {name}"]
    parts.append(ngettext("%(n)s item", "%(n)s items", each.cards) % {"n": f"{each.cards:,}"})
    parts.append(_("%(n)s hosted") % {"n": f"{each.hosted:,}"})
    if each.attention.stars is not None:
        parts.append(_("%(n)s stars") % {"n": f"{each.attention.stars:,}"})
    if each.attention.growth_365 is not None:
        parts.append(_("%(growth)s in a year") % {"growth": in_unit("star_growth", each.attention.growth_365.value)})
    return " · ".join(parts)


def _stage_colour(each: SectionFigures) -> str:
    return f"c{_step(each.hosted / each.cards, STAGE_STEPS)}"


def _growth_colour(each: SectionFigures) -> str:
    growth = each.attention.growth_365
    if growth is None:
        return "none"
    return "fell" if growth.value < 0 else f"c{_step(growth.value, GROWTH_STEPS)}"


def _step(value: float, steps: Sequence[float]) -> int:
    return sum(value >= step for step in steps)


def _stars(each: SectionFigures) -> int:
    return each.attention.stars or 0


_AREAS: Mapping[str, Callable[[SectionFigures], int]] = {"items": lambda each: each.cards, "stars": _stars}
_COLOURS: Mapping[str, Callable[[SectionFigures], str]] = {"stage": _stage_colour, "growth": _growth_colour}


def _legend(colour: str) -> list[tuple[str, str]]:
    """Name the colours, from the palest on."""
    if colour == "stage":
        return [("c0", _("none")), ("c1", "< 10 %"), ("c2", "10–25 %"), ("c3", "25–50 %"), ("c4", "≥ 50 %")]
    known = [("fell", "< 0 %"), ("c1", "0–10 %"), ("c2", "10–25 %"), ("c3", "25–50 %"), ("c4", "≥ 50 %")]
    return [("none", _("unknown")), *known]
