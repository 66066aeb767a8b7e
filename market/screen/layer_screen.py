"""The screen of what stands in a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from market.screen.read_catalogue import FRAMEWORKS

if TYPE_CHECKING:
    from market.layers import LayerNode, LayerTree


def layer_screen(tree: LayerTree, node: LayerNode) -> list[tuple[str, str]]:
    """Return the parameters that keep what stands in a layer and its parts; empty if no column tells the framework."""
    column = "category" if tree.framework.mirrors_categories else FRAMEWORKS.get(tree.framework.slug)
    return [(column, tree.by_key[key].slug) for key in tree.within(node.key)] if column else []
