"""A small framework over a small landscape."""

from datetime import UTC, date, datetime

from django.utils.text import slugify
from model_bakery import baker

from market.models import Acquisition, Citation, Framework, FundingRound, Layer, LayerAssignment
from metrics.models import RepositorySnapshot
from projects.as_of import parse_as_of
from projects.models import ItemOrganization, ItemRepository, Organization, Repository, Source

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
DAY = date(2026, 11, 21)


def as_of(text=""):
    return parse_as_of(text, now=NOW)


def framework(slug="layers", **values):
    return Framework.objects.create(slug=slug, **({"name": slug.title(), "author": "Strata"} | values))


def layer(of, slug, **values):
    values = {"name": slug.title(), "position": of.layers.count() + 1} | values
    return Layer.objects.create(framework=of, slug=slug, **values)


def put(into, **thing):
    values = {"author": "Strata", "reason": "Because.", "assigned_on": DAY} | thing
    return LayerAssignment.objects.create(framework=into.framework, layer=into, **values)


def repository(name, *items, stars=None, day=DAY, **counts):
    row = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name)
    for each in items:
        baker.make(ItemRepository, item=each, repository=row, is_current=True)
    if stars is not None:
        snapshot(row, stars, day, **counts)
    return row


def snapshot(of, stars, day=DAY, **counts):
    at = datetime.combine(day, datetime.min.time(), UTC)
    RepositorySnapshot.objects.create(
        repository=of, day=day, observed_at=at, method="graphql", stars=stars, missing={}, **counts
    )


def company(name, *items, role="vendor"):
    row = baker.make(Organization, slug=slugify(name), name=name)
    for each in items:
        ItemOrganization.objects.create(item=each, organization=row, role=role)
    return row


def _cite(**fact):
    source, _ = Source.objects.get_or_create(url="https://example.org/news", defaults={"title": "News"})
    Citation.objects.create(source=source, page="1", retrieved_on=DAY, **fact)


def raised(by, usd, on=date(2020, 1, 1)):
    money = {"amount": usd, "currency": "USD", "amount_usd": usd} if usd else {"is_undisclosed": True}
    number = FundingRound.objects.count()
    row = FundingRound.objects.create(
        organization=by, slug=f"round-{number}", announced_on=on, date_precision="day", **money
    )
    _cite(funding_round=row)
    return row


def sold(target, usd=None, on=date(2021, 1, 1)):
    money = {"amount": usd, "currency": "USD", "amount_usd": usd} if usd else {}
    row = Acquisition.objects.create(
        target=target, slug=f"sale-{target.slug}", announced_on=on, date_precision="day", **money
    )
    _cite(acquisition=row)
    return row
