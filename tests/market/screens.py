"""A small landscape with figures, money and a survey, for tests of the screener."""

from datetime import UTC, date, datetime
from decimal import Decimal

from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from market.models import Citation, FundingRound
from market.screen.matrix import forget_matrices, matrix_at
from metrics.models import RepositorySnapshot
from projects.as_of import AsOf
from projects.models import ItemOrganization, ItemRepository, Organization, Repository, Source, StageDeclaration
from tests.metrics.figures import DAY, figure
from tests.web.catalogue import FIRST, item, period

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def listed(name, *, since=FIRST, until=None, **values):
    made = item(name, listed_at=since, delisted_at=until, **values)
    period(made, since, until)
    return made


def starred(name, stars, **values):
    """A card with stars of the day; None: measured, but refused."""
    made = listed(name, **values)
    figure(made, "confidence", 0.8, window_days=30, details={"grade": "A", "reasons": ["one_source"]})
    figure(made, "stars", stars, refusal="" if stars is not None else "stale")
    return made


def accepted(of, day, stage="accepted"):
    since = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    StageDeclaration.objects.create(item=of, stage=stage, declared_on=day, during=TimestamptzRange(since, None))


def maker(of, name="Acme", role="vendor", **values):
    values = {"slug": name.lower(), "name": name} | values
    found = Organization.objects.filter(slug=values["slug"]).first() or baker.make(Organization, **values)
    ItemOrganization.objects.create(item=of, organization=found, role=role)
    return found


def funded(organization, amount, *, on=date(2025, 1, 1), series="a", **values):
    """A round with its source; without an amount it is undisclosed."""
    number = FundingRound.objects.count()
    price = {"is_undisclosed": True}
    if amount:
        price = {"amount": Decimal(amount), "amount_usd": Decimal(amount), "currency": "USD"}
    fact = FundingRound.objects.create(
        organization=organization, slug=f"round-{number}", announced_on=on, date_precision="day", series=series,
        **price, **values,
    )  # fmt: skip
    return cited(funding_round=fact)


def cited(**fact):
    """Give a fact the source that the database asks for."""
    source, _ = Source.objects.get_or_create(url="https://example.org/news", defaults={"title": "News"})
    Citation.objects.create(source=source, quote="It says so.", retrieved_on=DAY, **fact)
    (row,) = fact.values()
    return row


def repository(of, name, *, is_primary=True, is_current=True):
    made = baker.make(
        Repository, url=f"https://github.com/{name}", host="github.com", full_name=name, availability="available"
    )
    ItemRepository.objects.create(item=of, repository=made, is_primary=is_primary, is_current=is_current, branch="")
    return made


def counted(of, day, stars, **values):
    observed = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
    RepositorySnapshot.objects.create(
        repository=of, day=day, observed_at=observed, method="graphql", stars=stars, missing={}, **values
    )


def matrix(instant=NOW, *, is_now=True):
    """Read anew: what a test writes is never committed, so that the data version stays."""
    forget_matrices()
    return matrix_at(AsOf(instant, "" if is_now else "asked", is_now=is_now))
