"""What people curate of the catalogue; everything that imports write can only be looked at."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Field, QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.models import (
    Category,
    Item,
    ItemAlias,
    ItemOrganization,
    Organization,
    Source,
    StageReview,
    Subcategory,
)

CURATED_OF_ITEMS = ["summary", "summary_zh"]
IMPORTED_OF_ITEMS = [
    *["name", "slug", "kind", "maturity", "subcategory", "organization", "project", "description"],
    *["homepage_url", "repository_url", "license", "listed_at", "delisted_at", "links", "extra"],
]

# An address typed without its scheme is taken for https.
ADDRESSES: Mapping[type[Field[Any, Any]], Mapping[str, Any]] = {URLField: {"assume_scheme": "https"}}


class ItemAliasInline(admin.TabularInline[ItemAlias, Item]):
    """Former names."""

    model = ItemAlias
    extra = 0


class ItemOrganizationInline(admin.TabularInline[ItemOrganization, Item]):
    """Steward, vendor and origin."""

    model = ItemOrganization
    extra = 0
    autocomplete_fields = ["organization"]


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin[Item]):
    """Summaries and roles are ours; the rest is what the landscape says."""

    list_display = ["name", "kind", "maturity", "subcategory", "has_summary", "listed_at", "delisted_at"]
    list_filter = ["kind", "maturity", "subcategory__category"]
    list_select_related = ["subcategory"]
    search_fields = ["name", "slug", "aliases__name"]
    fields = [*CURATED_OF_ITEMS, *IMPORTED_OF_ITEMS]
    readonly_fields = IMPORTED_OF_ITEMS
    inlines = [ItemOrganizationInline, ItemAliasInline]
    ordering = ["name", "pk"]
    list_per_page = 50

    @admin.display(boolean=True, description=_("summary"))
    def has_summary(self, item: Item) -> bool:
        return bool(item.summary)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        return super().get_queryset(request).select_related("subcategory", "organization", "project")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin[Organization]):
    """Names, countries and kinds are ours, each country with its source."""

    list_display = ["name", "name_zh", "kind", "country", "founded_year"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "name_zh", "slug", "permalink"]
    readonly_fields = ["slug", "permalink"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["parent", "country_source"]
    formfield_overrides = ADDRESSES
    list_per_page = 50


class SubcategoryInline(admin.TabularInline[Subcategory, Category]):
    """Subcategories: their Chinese names are ours."""

    model = Subcategory
    extra = 0
    fields = ["name", "name_zh", "position"]
    readonly_fields = ["name", "position"]
    can_delete = False


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    """Categories: Chinese name and group are ours."""

    list_display = ["name", "name_zh", "group", "position"]
    readonly_fields = ["name", "slug", "position"]
    inlines = [SubcategoryInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """What facts cite."""

    list_display = ["title", "publisher", "published_on", "licence", "url"]
    search_fields = ["title", "publisher", "url"]
    formfield_overrides = ADDRESSES


@admin.register(StageReview)
class StageReviewAdmin(admin.ModelAdmin[StageReview]):
    """Stages whose declared and seen dates disagree."""

    list_display = ["item", "stage", "reason", "declared_on", "seen_at", "days"]
    list_filter = ["reason", "stage"]
    list_select_related = ["item"]
    search_fields = ["item__name"]
    readonly_fields = ["item", "stage", "reason", "declared_on", "seen_at", "days"]
    ordering = ["item__name", "stage", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
