"""In which layers of a framework an organization stands: by its own assignment, else by what it makes.

Only vendors and origins count: a foundation's money is never that of the items it hosts. The card of a certified partner
or member says nothing of what a maker of products raised. Items that have left the landscape count too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.models import Framework, LayerAssignment
from projects.models import MAKERS, MEMBERSHIPS, ItemOrganization

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from market.models import Layer


def assigned_frameworks() -> QuerySet[Framework]:
    """Return the frameworks whose layers things are put into, in their order; the landscape's own sections are not."""
    return Framework.objects.filter(mirrors_categories=False).order_by("position", "pk")


def layers_of_organizations(framework: Framework) -> dict[int, set[int]]:
    """Return the layers of each organization that has one, by primary keys; two queries."""
    items: dict[int, int] = {}
    subcategories: dict[int, int] = {}
    own: dict[int, set[int]] = {}
    rows = LayerAssignment.objects.filter(framework=framework)
    columns: Iterable[Any] = rows.values_list("layer", "item", "subcategory", "organization")
    for layer, item, subcategory, organization in columns:
        if item is not None:
            items[item] = layer
        elif subcategory is not None:
            subcategories[subcategory] = layer
        elif organization is not None:
            own[organization] = {layer}
    made: dict[int, set[int]] = {}
    attended: dict[int, set[int]] = {}
    parts = ItemOrganization.objects.filter(role__in=MAKERS)
    for organization, item, subcategory, kind in parts.values_list(
        "organization", "item", "item__subcategory", "item__kind"
    ):
        found = items.get(item) or subcategories.get(subcategory)
        if found is not None:
            # Cards of who takes part place only those that make nothing.
            (attended if kind in MEMBERSHIPS else made).setdefault(organization, set()).add(found)
    return attended | made | own


def organizations_in_layer(layer: Layer) -> set[int]:
    """Return the organizations that stand in a layer or in a part of it; three queries."""
    within = with_parts_of(layer)
    return {key for key, layers in layers_of_organizations(layer.framework).items() if layers & within}


def with_parts_of(layer: Layer) -> set[int]:
    """Return a layer and all that belongs to it, by primary keys; one query."""
    parents = dict(layer.framework.layers.values_list("pk", "parent"))
    return {key for key in parents if layer.pk in _upwards(key, parents)}


def _upwards(key: int, parents: dict[int, int | None]) -> set[int]:
    seen: set[int] = set()
    step: int | None = key
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return seen


def root_of(key: int, parents: dict[int, int | None]) -> int:
    """Return the top layer above a layer; itself if it has none."""
    seen = {key}
    parent = parents.get(key)
    while parent is not None and parent not in seen:
        seen.add(parent)
        key, parent = parent, parents.get(parent)
    return key
