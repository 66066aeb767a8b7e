"""Categories and subcategories in the database: every one that the landscape ever had."""

from collections.abc import Iterable, Sequence

from projects.models import Category, Subcategory
from sources.clients.landscape_sections import SectionKey
from sources.importers.catalogue_history import Outline, section_positions
from sources.importers.kinds import category_group
from sources.importers.slugs import SlugBook

SLUG_LENGTH = 120


class TaxonomyRows:
    """The stored categories and subcategories by name."""

    def __init__(self) -> None:
        self.categories = {category.name: category for category in Category.objects.order_by("pk")}
        rows = Subcategory.objects.select_related("category").order_by("pk")
        self.subcategories = {SectionKey(row.category.name, row.name): row for row in rows}

    def store(self, outlines: Sequence[Outline], outline: Outline) -> None:
        """Add what ``outlines`` name and is missing, and give each row its position in ``outline``, or none if it has gone.

        Slugs go to the present sections first, so that the readable ones are theirs.
        """
        present = dict(section_positions(outline))
        past = [place for earlier in outlines for place, _ in section_positions(earlier)]
        self._add_categories(category.name for one in (outline, *outlines) for category in one)
        self._add_subcategories(dict.fromkeys([*present, *past]))
        category_positions = {category.name: position for position, category in enumerate(outline)}
        for category in self.categories.values():
            position, group = category_positions.get(category.name), category_group(category.name, self.categories)
            if (category.position, category.group) != (position, group):
                category.position, category.group = position, group
                category.save(update_fields=["position", "group"])
        for place, subcategory in self.subcategories.items():
            there = present.get(place)
            position = there.subcategory if there else None
            if subcategory.position != position:
                subcategory.position = position
                subcategory.save(update_fields=["position"])

    def _add_categories(self, names: Iterable[str]) -> None:
        slugs = SlugBook((category.slug for category in self.categories.values()), max_length=SLUG_LENGTH)
        missing = [name for name in dict.fromkeys(names) if name not in self.categories]
        rows = [Category(name=name, slug=slugs.give(name, fallback="category")) for name in missing]
        self.categories |= {row.name: row for row in Category.objects.bulk_create(rows)}

    def _add_subcategories(self, places: Iterable[SectionKey]) -> None:
        books: dict[str, SlugBook] = {}
        for place, row in self.subcategories.items():
            books.setdefault(place.category, SlugBook((), max_length=SLUG_LENGTH)).take(row.slug)
        rows = {}
        for place in places:
            if place not in self.subcategories:
                book = books.setdefault(place.category, SlugBook((), max_length=SLUG_LENGTH))
                slug = book.give(place.subcategory, fallback="section")
                category = self.categories[place.category]
                rows[place] = Subcategory(category=category, name=place.subcategory, slug=slug)
        Subcategory.objects.bulk_create(rows.values())
        self.subcategories |= rows
