"""The whole catalogue as plain values, so that two ways to the same state can be compared row for row."""

from projects.models import (
    Category,
    Item,
    ItemPeriod,
    LandscapeVersion,
    Organization,
    Repository,
    Subcategory,
    SubcategoryPeriod,
    TaxonomyBreak,
)
from sources.models import ImportNotice

ITEM_COLUMNS = (
    "name", "kind", "description", "homepage_url", "logo_file", "position", "maturity", "license", "repository_url",
    "listed_at", "delisted_at", "joined_on", "links", "other_placements", "extra",
)  # fmt: skip
PERIOD_COLUMNS = (
    "name", "position", "maturity", "kind", "repository_url", "license", "other_placements", "extra",
)  # fmt: skip


def dump(*, with_slugs=False):
    """Give every row that an import writes, without primary keys, in an order of its own."""
    return {
        "items": sorted((_item(item, with_slugs=with_slugs) for item in Item.objects.all()), key=repr),
        "versions": _rows(LandscapeVersion, "position", "commit", "committed_at", "effective_at", "status", "problem"),
        "categories": _rows(Category, "name", "position", "group"),
        "subcategories": _rows(Subcategory, "category__name", "name", "position"),
        "sections": _rows(
            SubcategoryPeriod,
            "subcategory__category__name",
            "subcategory__name",
            "during",
            "category_position",
            "position",
        ),
        "breaks": _rows(TaxonomyBreak, "version__commit", "at", "kind", "before", "after", "items"),
        "organizations": _rows(Organization, "permalink", "name", "slug"),
        "repositories": sorted((_repository(one) for one in Repository.objects.all()), key=repr),
        "notices": _rows(ImportNotice, "kind", "subject", "detail", "commit", "count", "first_seen_at"),
    }


def _rows(model, *columns):
    return sorted(model.objects.values_list(*columns), key=repr)


def _item(item, *, with_slugs):
    project = item.project
    return {
        **{column: getattr(item, column) for column in ITEM_COLUMNS},
        **({"slug": item.slug} if with_slugs else {}),
        "place": _place(item),
        "organization": item.organization and item.organization.permalink,
        "project": project and (project.name, sorted(project.items.values_list("name", "listed_at"), key=repr)),
        "periods": [_period(period) for period in ItemPeriod.objects.of_item(item)],
        "changes": sorted(
            item.changes.values_list(
                "at", "kind", "before", "after", "category__name", "version__commit", "taxonomy_break__before"
            ),
            key=repr,
        ),
        "names": sorted(item.aliases.exclude(name=item.name).values_list("name", flat=True)),
        "stages": sorted(item.stage_declarations.values_list("stage", "declared_on", "during"), key=repr),
        "reviews": sorted(
            item.stage_reviews.values_list("stage", "reason", "declared_on", "seen_at", "days"), key=repr
        ),
        "roles": sorted(item.item_organizations.values_list("organization__permalink", "role")),
        "repositories": sorted(
            item.item_repositories.values_list("repository__url", "is_primary", "is_current", "branch")
        ),
    }


def _period(period):
    return {
        **{column: getattr(period, column) for column in PERIOD_COLUMNS},
        "during": period.during,
        "place": _place(period),
        "organization": period.organization and period.organization.permalink,
        "project": period.project and period.project.name,
        "commit": period.version.commit,
    }


def _place(row):
    return row.subcategory and (row.subcategory.category.name, row.subcategory.name)


def _repository(repository):
    names = sorted(repository.names.values_list("full_name", "first_seen_at", "last_seen_at"), key=repr)
    return repository.url, repository.host, repository.full_name, names
