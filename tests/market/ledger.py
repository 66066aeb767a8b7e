"""Small ledgers for tests: each fact with a citation, as the database wants it."""

from decimal import Decimal

from django.utils.text import slugify

from market.models import Acquisition, Citation, FundingRound, Investment, Listing
from projects.models import Organization, Source

MILLION = 1_000_000


def company(name, **values):
    slug = slugify(name)
    return Organization.objects.get_or_create(slug=slug, defaults={"name": name, "kind": "company", **values})[0]


def source():
    url = "https://example.org/release"
    return Source.objects.get_or_create(url=url, defaults={"title": "Release", "retrieved_on": "2024-01-02"})[0]


def cite(**fact):
    values = {"source": source(), "page": "top", "retrieved_on": "2024-01-02"}
    return Citation.objects.create(**{**values, **fact})


def funding_round(name, announced_on, millions=None, *, investors=(), lead="", **values):
    organization = company(name)
    money = {}
    if millions is not None:
        amount = Decimal(str(millions)) * MILLION
        money = {"amount": amount, "amount_usd": amount, "currency": "USD"}
    values = {"series": "a", "date_precision": "month", **money, **values}
    slug = values.pop("slug", f"{organization.slug}-{values['series']}-{announced_on}")
    row = FundingRound.objects.create(organization=organization, announced_on=announced_on, slug=slug, **values)
    for investor in investors:
        Investment.objects.create(round=row, investor=company(investor), is_lead=True if investor == lead else None)
    cite(funding_round=row)
    return row


def sale(name, announced_on, millions=None, *, to="", **values):
    money = {}
    if millions is not None:
        money = {"amount": millions * MILLION, "amount_usd": millions * MILLION, "currency": "USD"}
    values = {"date_precision": "month", "slug": f"{slugify(name)}-sale", **money, **values}
    acquirer = company(to) if to else None
    row = Acquisition.objects.create(target=company(name), acquirer=acquirer, announced_on=announced_on, **values)
    cite(acquisition=row)
    return row


def listing(name, listed_on, **values):
    values = {"date_precision": "year", "slug": f"{slugify(name)}-listing", **values}
    row = Listing.objects.create(organization=company(name), listed_on=listed_on, **values)
    cite(listing=row)
    return row


def twistlock():
    """The essay's Twistlock: 62.8 million and a seed of less than 0.3, sold for 410."""
    funding_round("Twistlock", "2015-01-01", 0.3, series="seed", amount_qualifier="less_than", date_precision="year")
    for day, series, millions in (
        ("2015-05-01", "angel", 2.8),
        ("2016-07-01", "a", 10),
        ("2017-04-01", "b", 17),
        ("2018-08-01", "c", 33),
    ):
        funding_round("Twistlock", day, millions, series=series)
    Organization.objects.filter(slug="twistlock").update(founded_year=2015)
    return sale("Twistlock", "2019-01-01", 410, to="Palo Alto Networks", date_precision="year")
