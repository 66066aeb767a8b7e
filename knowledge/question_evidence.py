"""The live figures beside a question: what its author asked for, as it is known today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F

from knowledge.item_evidence import measured_items, stages_of, surveyed_items
from market.funding_rounds import RoundFilter, filtered_rounds
from market.funding_totals import grand_total
from market.models import Layer
from projects.models import Item

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from knowledge.item_evidence import MeasuredItem
    from knowledge.models import Question
    from market.adoption import SurveyedShare
    from market.funding_totals import MoneyTotal

CONCEPT = "items_of_concept"
STAGES = "stage_of_items"
STARS = "stars_of_items"
ADOPTION = "adoption_of_items"
FUNDING = "funding_of_layer"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure: ``kind`` says which of the fields are filled; all are empty where nothing is known."""

    kind: str
    caption: str
    caption_zh: str
    measured: Sequence[MeasuredItem] = ()
    stages: Sequence[tuple[str, int]] = ()
    surveyed: Sequence[SurveyedShare] = ()
    money: Sequence[tuple[Layer, MoneyTotal]] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of what was asked for is known."""
        return not (self.measured or self.surveyed or self.money)


@dataclass(slots=True)
class _Known:
    """What all figures of a question need, read at once."""

    items: Mapping[str, Item] = field(default_factory=dict)
    of_concepts: Mapping[str, list[Item]] = field(default_factory=dict)
    measured: Mapping[int, MeasuredItem] = field(default_factory=dict)
    surveyed: Sequence[SurveyedShare] = ()
    layers: Mapping[str, Layer] = field(default_factory=dict)


def evidence_of(question: Question, *, today: date) -> list[Evidence]:
    """Return a question's figures in their order; at most nine queries, and four for each layer named.

    What names something that this database does not have is left out.
    """
    known = _read(question.evidence, today)
    return [_evidence(entry, known) for entry in question.evidence]


def _read(entries: Sequence[dict[str, Any]], today: date) -> _Known:
    known = _Known()
    if concepts := _named(entries, [CONCEPT]):
        known.of_concepts = _items_of_concepts(concepts)
    if slugs := _named(entries, [STAGES, STARS, ADOPTION]):
        known.items = {item.slug: item for item in Item.objects.filter(slug__in=slugs).with_taxonomy().with_logos()}
    every = {
        item.pk: item for item in [*known.items.values(), *(one for own in known.of_concepts.values() for one in own)]
    }
    if every:
        known.measured = {row.item.pk: row for row in measured_items(list(every.values()), today=today)}
    if _named(entries, [ADOPTION]):
        known.surveyed = surveyed_items(every)
    if layers := _named(entries, [FUNDING]):
        found = Layer.objects.filter(framework__slug__in=[name.partition("/")[0] for name in layers])
        known.layers = {f"{layer.framework.slug}/{layer.slug}": layer for layer in found.select_related("framework")}
    return known


def _named(entries: Sequence[dict[str, Any]], kinds: Collection[str]) -> list[str]:
    return [slug for entry in entries if entry["kind"] in kinds for slug in entry["of"]]


def _items_of_concepts(slugs: Sequence[str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    items = Item.objects.annotate(of_concept=F("concept_items__concept__slug")).filter(of_concept__in=slugs)
    for item in items.with_taxonomy().with_logos().order_by("concept_items__position", "concept_items__pk"):
        found.setdefault(item.of_concept, []).append(item)  # type: ignore[attr-defined]  # annotated above
    return found


def _evidence(entry: dict[str, Any], known: _Known) -> Evidence:
    kind, caption = entry["kind"], (entry["caption"], entry.get("caption_zh", ""))
    if kind == FUNDING:
        layers = [known.layers[name] for name in entry["of"] if name in known.layers]
        return Evidence(kind, *caption, money=[(layer, _total(layer)) for layer in layers])
    if kind == CONCEPT:
        items = _once(item for slug in entry["of"] for item in known.of_concepts.get(slug, ()))
    else:
        items = [known.items[slug] for slug in entry["of"] if slug in known.items]
    keys = {item.pk for item in items}
    if kind == ADOPTION:
        return Evidence(kind, *caption, surveyed=[one for one in known.surveyed if one.figure.item_id in keys])
    return Evidence(kind, *caption, measured=[known.measured[item.pk] for item in items], stages=stages_of(items))


def _once(items: Iterable[Item]) -> list[Item]:
    return list({item.pk: item for item in items}.values())


def _total(layer: Layer) -> MoneyTotal:
    return grand_total(filtered_rounds(RoundFilter(layer=layer)))
