"""Small catalogues for the tests of pages."""

from datetime import UTC, datetime

from django.utils.text import slugify
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.models import Category, Change, Item, ItemPeriod, Landscape, LandscapeVersion, Subcategory

FIRST = datetime(2018, 3, 1, 12, tzinfo=UTC)


def instant(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def landscape(**values):
    values = {"name": "CNCF Landscape", "origin": "test", "imported_at": FIRST, "licence": "CC BY 4.0"} | values
    return baker.make(Landscape, pk=1, **values)


def version(at=FIRST, **values):
    position = LandscapeVersion.objects.count()
    values = {"position": position, "commit": f"{position:040x}", "status": "read"} | values
    # baker takes "commit" for a word of its own.
    return LandscapeVersion.objects.create(committed_at=at, effective_at=at, **values)


def shelf(category="Runtime", name="Storage", **values):
    home, _ = Category.objects.get_or_create(
        name=category, defaults={"slug": slugify(category), "position": Category.objects.count()}
    )
    values = {"slug": slugify(name), "position": home.subcategories.count()} | values
    found = home.subcategories.filter(name=name).first()
    return found or baker.make(Subcategory, category=home, name=name, **values)


def item(name, **values):
    values = {"slug": slugify(name), "kind": "open_source", "listed_at": FIRST} | values
    if "subcategory" not in values:
        values["subcategory"] = shelf()
    return baker.make(Item, name=name, **values)


def period(of, since=FIRST, until=None, **values):
    values = {
        "name": of.name,
        "subcategory": of.subcategory,
        "maturity": of.maturity,
        "kind": of.kind,
        "organization": of.organization,
        "license": of.license,
        "repository_url": of.repository_url,
    } | values
    if "version" not in values:
        values["version"] = LandscapeVersion.objects.filter(effective_at=since).first() or version(since)
    return baker.make(ItemPeriod, item=of, during=TimestamptzRange(since, until), **values)


def change(of, kind, at, **values):
    values = {"category": of.subcategory.category} | values
    if "version" not in values:
        values["version"] = LandscapeVersion.objects.filter(effective_at=at).first() or version(at)
    return baker.make(Change, item=of, kind=kind, at=at, **values)
