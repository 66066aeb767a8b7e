"""Named reads over items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import Lower, RowNumber

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.models.items import Item  # noqa: F401  (the type parameter below)
    from projects.models.organizations import Organization

# How far a hosted project has come; other foundations' words stand after these, archived and not hosted last.
MATURITY_PLACES = {"graduated": 0, "incubating": 1, "sandbox": 2, "archived": 4, "": 5}
OTHER_WORDS_PLACE = 3
# What of a logo no page shows: the pictures themselves have their own addresses.
LOGO_CONTENT = ("logo__svg", "logo__webp")


def maturity_place() -> Case:
    """Give what orders by maturity: the further a project has come, the earlier."""
    return Case(
        *(When(maturity=word, then=Value(place)) for word, place in MATURITY_PLACES.items()),
        default=Value(OTHER_WORDS_PLACE),
        output_field=IntegerField(),
    )


def ladder_order(word: str) -> tuple[int, str]:
    """Return what sorts the words of maturity as ``maturity_place`` does, those of one place by their letters."""
    return MATURITY_PLACES.get(word, OTHER_WORDS_PLACE), word


class ItemQuerySet(QuerySet["Item"]):
    """Reads over items as they stand now."""

    def listed(self) -> Self:
        """Items that the newest version lists."""
        return self.filter(listed_at__isnull=False, delisted_at__isnull=True)

    def ever_listed(self) -> Self:
        """Items that some version listed."""
        return self.filter(listed_at__isnull=False)

    def hosted(self) -> Self:
        """Items that carry a maturity."""
        return self.exclude(maturity="")

    def in_categories(self, slugs: Iterable[str]) -> Self:
        """Items whose subcategory belongs to one of the categories."""
        return self.filter(subcategory__category__slug__in=list(slugs))

    def with_taxonomy(self) -> Self:
        """Load subcategory and category with each item."""
        return self.select_related("subcategory__category")

    def for_detail(self) -> Self:
        """Load what the item page shows beside the item."""
        return self.select_related("subcategory__category", "organization", "project", "logo").defer(*LOGO_CONTENT)

    def with_logos(self) -> Self:
        """Load each item's logo, without its pictures."""
        return self.select_related("logo").defer(*LOGO_CONTENT)

    def hosted_first(self) -> Self:
        """The further a hosted project has come, the earlier; what is archived or not hosted last; then by name."""
        return self.order_by(maturity_place(), Lower("name"), "pk")

    def first_of_each_subcategory(self, most: int) -> Self:
        """The first ``most`` items of each subcategory, hosted ones first."""
        place, name, key = maturity_place(), Lower("name"), F("pk")
        numbered = self.alias(number=Window(RowNumber(), partition_by=F("subcategory"), order_by=[place, name, key]))
        return numbered.filter(number__lte=most).order_by("subcategory", place, name, key)

    def of_organization(self, organization: Organization) -> Self:
        """Items that name an organization, or in which it has a part."""
        own = Q(organization=organization) | Q(item_organizations__organization=organization)
        return self.filter(own).distinct()

    def members(self) -> Self:
        """Cards that stand for a membership."""
        return self.filter(kind="member")

    def other_than_members(self) -> Self:
        """Cards that stand for anything but a membership."""
        return self.exclude(kind="member")

    def for_organization(self, organization: Organization) -> Self:
        """Listed ones first, hosted before others; with the organization's parts in each as ``parts``."""
        parts = ArraySubquery(
            organization.item_organizations.filter(item=OuterRef("pk")).order_by("role").values("role"),
        )
        rows = self.with_taxonomy().with_logos().annotate(parts=parts)
        return rows.order_by(F("delisted_at").desc(nulls_first=True), maturity_place(), Lower("name"), "pk")
