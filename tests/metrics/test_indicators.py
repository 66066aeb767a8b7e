"""What a recomputation counts, replaces, keeps and refuses."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from model_bakery import baker

from metrics.employer_names import employer_names
from metrics.formulas.concentration import Holdings
from metrics.indicators.recompute import IndicatorCounts, recompute
from metrics.models import Indicator, MaintainerShare, RepositoryFacts, RepositorySnapshot
from projects.data_version import current_data_version
from projects.models import Category, Item, ItemRepository, Repository, Source, Subcategory

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


def item(slug, **columns):
    return baker.make(Item, slug=slug, name=slug, kind="project", **columns)


def repository(name, *items, is_current=True, is_primary=True, **columns):
    made = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name, **columns)
    for one in items:
        ItemRepository.objects.create(item=one, repository=made, is_current=is_current, is_primary=is_primary)
    return made


def measure(of, *, days=(DAY,), **counts):
    for day in days:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        RepositorySnapshot.objects.create(repository=of, day=day, observed_at=at, method="graphql", **counts)


def figure(of, metric, window_days=0, day=DAY):
    return Indicator.objects.get(item=of, metric=metric, window_days=window_days, day=day)


def test_an_item_is_the_sum_of_the_repositories_its_card_declares_now():
    cilium, tetragon = item("cilium"), item("tetragon")
    shared = repository("cilium/cilium", cilium, tetragon)
    measure(shared, stars=100)
    measure(repository("cilium/hubble", cilium, is_primary=False), stars=20)
    measure(repository("cilium/old", cilium, is_primary=False, is_current=False), stars=5)
    measure(repository("cilium/unnamed"), stars=7)

    recompute(DAY)

    assert (figure(cilium, "stars").value, figure(cilium, "stars").n) == (120, 2)
    assert (figure(tetragon, "stars").value, figure(tetragon, "stars").n) == (100, 1)


def test_two_addresses_of_one_repository_count_once():
    istio = item("istio")
    measure(repository("istio/istio", istio, node_id="R_1"), stars=30)
    measure(repository("istio/old-name", istio, is_primary=False, node_id="R_1"), stars=30)

    recompute(DAY)

    assert (figure(istio, "stars").value, figure(istio, "stars").n) == (30, 1)


def test_a_repository_that_is_gone_counts_only_if_all_are():
    partly, wholly = item("partly"), item("wholly")
    measure(repository("partly/there", partly), stars=30)
    repository("partly/gone", partly, is_primary=False, availability="missing")
    measure(repository("wholly/gone", wholly, availability="missing"), days=[DAY - timedelta(days=9)], stars=8)

    recompute(DAY)

    assert figure(partly, "stars").value == 30
    assert figure(partly, "stars").details == {"end_on": "2026-05-20", "repositories": 1, "declared": 2}
    assert (figure(wholly, "stars").value, figure(wholly, "stars").refusal) == (None, "stale")


def test_a_sum_with_an_unknown_part_is_unknown_but_before_its_creation_a_repository_had_nothing():
    known, unknown = item("known"), item("unknown")
    days = [DAY - timedelta(days=30), DAY]
    for one in (known, unknown):
        measure(repository(f"{one.slug}/main", one), days=days, stars=100)
        second = repository(f"{one.slug}/new", one, is_primary=False)
        measure(second, stars=50)
        created_at = datetime(2026, 5, 1, tzinfo=UTC) if one == known else None
        RepositoryFacts.objects.create(
            repository=second, observed_at=datetime(2026, 5, 20, tzinfo=UTC), created_at=created_at
        )

    recompute(DAY)

    assert figure(known, "star_growth", 30).value == 0.5
    assert figure(unknown, "star_growth", 30).refusal == "too_short"


def test_contributors_are_those_of_the_repository_with_most_of_them():
    otel = item("opentelemetry")
    measure(repository("otel/community", otel), contributors=40)
    measure(repository("otel/collector", otel, is_primary=False), days=[DAY - timedelta(days=6)], contributors=900)

    recompute(DAY)

    found = figure(otel, "contributors")
    assert (found.value, found.low, found.high, found.n) == (900, 900, 940, 1)


def test_an_item_without_a_repository_on_github_has_no_rows():
    repository("a/main", item("a"))
    made = baker.make(Repository, url="https://gitlab.com/b/main", host="gitlab.com", full_name="b/main")
    ItemRepository.objects.create(item=item("b"), repository=made, is_primary=True)
    item("c")

    counts = recompute(DAY)

    assert set(Indicator.objects.values_list("item__slug", flat=True)) == {"a"}
    assert (counts.items, counts.values, counts.refusals) == (1, 1, Indicator.objects.count() - 1)


def test_growth_says_what_it_compared():
    dapr = item("dapr")
    measure(repository("dapr/dapr", dapr), days=[DAY - timedelta(days=32)], stars=200)
    measure(Repository.objects.get(), stars=230)

    recompute(DAY)

    found = figure(dapr, "star_growth", 30)
    assert found.value == 230 / 200 - 1
    assert found.details == {"start_on": "2026-04-18", "end_on": "2026-05-20", "start": 200, "end": 230}


def test_growth_from_nothing_is_refused():
    dapr = item("dapr")
    measure(repository("dapr/dapr", dapr), days=[DAY - timedelta(days=30)], stars=0)
    measure(Repository.objects.get(), stars=230)

    recompute(DAY)

    assert (figure(dapr, "star_growth", 30).refusal, figure(dapr, "star_growth", 30).n) == ("below_floor", 2)


def test_peers_are_the_items_of_the_subcategory():
    category = baker.make(Category, slug="runtime", name="Runtime", group="projects")
    many, few = (baker.make(Subcategory, slug=slug, name=slug, category=category) for slug in ("many", "few"))
    for number in range(5):
        measure(repository(f"many/{number}", item(f"many-{number}", subcategory=many)), stars=10 * number)
    measure(repository("few/1", item("few", subcategory=few)), stars=1000)

    recompute(DAY)

    assert figure(Item.objects.get(slug="many-4"), "star_percentile").value == 90
    assert (figure(Item.objects.get(slug="few"), "star_percentile").refusal) == "too_few_peers"


def test_facts_of_another_day_are_not_carried_over():
    for slug, observed in (("today", DAY), ("later", DAY + timedelta(days=1)), ("older", DAY - timedelta(days=4))):
        at = datetime(observed.year, observed.month, observed.day, 12, tzinfo=UTC)
        pushed_at = datetime(2026, 5, 10, tzinfo=UTC)
        RepositoryFacts.objects.create(
            repository=repository(f"{slug}/{slug}", item(slug)), observed_at=at, pushed_at=pushed_at
        )

    recompute(DAY)

    rows = Indicator.objects.of_metric("days_since_push").values_list("item__slug", "value", "refusal")
    assert set(rows) == {("today", 10, ""), ("later", None, "not_measured"), ("older", None, "stale")}


def test_maintainers_rest_on_employers_whose_names_are_known():
    kept = item("kept")
    source = baker.make(Source, url="https://example.org/maintainers.csv")
    for as_of, employer, maintainers in (
        ("2024-12-31", "Old", 9),
        ("2025-12-31", "Acme", 3),
        ("2025-12-31", "Globex", 2),
        ("2025-12-31", "", 1),
        ("2025-12-31", "Independent", 2),
    ):
        MaintainerShare.objects.create(
            project_name="Kept", item=kept, as_of=as_of, employer=employer, maintainers=maintainers, source=source
        )

    recompute(DAY)

    found = figure(kept, "elephant_factor")
    assert (found.value, found.n, found.details["end_on"], found.details["unknown"]) == (2, 8, "2025-12-31", 1)
    assert employer_names().holdings([("Acme", 3), ("independent", 2), ("", 1)]) == Holdings([3], unknown=1, alone=2)


def test_an_old_list_of_maintainers_is_refused():
    source = baker.make(Source, url="https://example.org/maintainers.csv")
    kept = item("kept")
    MaintainerShare.objects.create(
        project_name="Kept", item=kept, as_of="2024-12-31", employer="Acme", maintainers=2, source=source
    )

    recompute(DAY)

    assert figure(kept, "maintainer_hhi").refusal == "stale"


def test_a_second_recomputation_replaces_the_day():
    dapr = item("dapr")
    measure(repository("dapr/dapr", dapr), stars=200)
    first = recompute(DAY)
    RepositorySnapshot.objects.update(stars=300)

    second = recompute(DAY)

    assert first == second == IndicatorCounts(1, first.values, Indicator.objects.count() - first.values, 0)
    assert figure(dapr, "stars").value == 300


def test_old_days_go_and_the_last_day_of_each_month_stays():
    repository("dapr/dapr", item("dapr"))
    for day in ("2026-03-30", "2026-03-31", "2026-04-18", "2026-04-19", "2026-04-20", "2026-04-28", "2026-05-19"):
        recompute(date.fromisoformat(day))

    counts = recompute(DAY)

    kept = Indicator.objects.order_by("day").values_list("day", flat=True).distinct()
    assert [day.isoformat() for day in kept] == [
        "2026-03-31", "2026-04-20", "2026-04-28", "2026-05-19", "2026-05-20",
    ]  # fmt: skip
    assert counts.dropped_days == 1


def test_a_day_computed_afterwards_is_kept():
    repository("dapr/dapr", item("dapr"))
    for day in (date(2026, 1, 31), DAY, date(2026, 1, 15)):
        recompute(day)

    assert Indicator.objects.on(date(2026, 1, 15)).exists()
    assert Indicator.objects.on(date(2026, 1, 31)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_recomputation_raises_the_data_version_once():
    measure(repository("dapr/dapr", item("dapr")), stars=200)
    before = current_data_version()

    recompute(DAY)

    assert current_data_version() == before + 1


def test_the_command_computes_a_day():
    measure(repository("dapr/dapr", item("dapr")), stars=200)
    out = StringIO()

    call_command("recompute_indicators", "2026-05-20", stdout=out)

    assert out.getvalue().startswith("2026-05-20: 1 items, ")
    assert Indicator.objects.on(DAY).exists()


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("yesterday", "'yesterday' is not a day of the form YYYY-MM-DD."),
        ("9999-01-01", "A day to come has no measurements."),
    ],
)
def test_the_command_refuses_what_is_no_past_day(day, message):
    with pytest.raises(CommandError, match=message):
        call_command("recompute_indicators", day)
