"""The stored items, organizations and subcategories by the names that files of ``content/`` give them."""

from collections.abc import Mapping

from projects.models import Item, Organization, Subcategory

# {kind: {name in a file: id}}; the kinds are called as the lists of a file are.
NamedRows = Mapping[str, Mapping[str, int]]


def named_rows() -> dict[str, dict[str, int]]:
    """Return the ids of "items" and "organizations" by slug, of "subcategories" by "Category / Subcategory"; three queries."""
    sections = Subcategory.objects.values_list("category__name", "name", "pk")
    return {
        "items": dict(Item.objects.values_list("slug", "pk")),
        "organizations": dict(Organization.objects.values_list("slug", "pk")),
        "subcategories": {f"{category} / {name}": pk for category, name, pk in sections},
    }
