"""The curves of an item: never bridged, marked, with the same numbers as a table and as a file."""

import csv
import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from model_bakery import baker

from metrics.models import ActivityWindow, Indicator, MaintainerShare, RepositoryEvent, RepositorySnapshot
from projects.models import ItemOrganization, ItemRepository, Repository, Source
from tests.market.ledger import company, funding_round, sale
from tests.web.catalogue import change, instant, item, landscape, version
from web.zoomable import zoomable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()
    version()


@pytest.fixture
def linkerd():
    return item("Linkerd", maturity="graduated")


def repository(of, name, **values):
    made = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name)
    baker.make(ItemRepository, item=of, repository=made, **({"is_current": True, "is_primary": True} | values))
    return made


def measure(of, day, **counts):
    at = datetime.fromisoformat(f"{day}T23:59:59Z")
    RepositorySnapshot.objects.create(repository=of, day=day, observed_at=at, method="graphql", **counts)


def source(url="https://example.org/figures"):
    return baker.make(Source, url=url, title="Figures", licence="Apache-2.0", retrieved_on=date(2026, 8, 1))


def year(of, number, **values):
    start, end = date(number, 1, 1), date(number + 1, 1, 1)
    values = {"authors": 10, "commits": 100, "pull_requests": 50} | values
    found = Source.objects.first() or source()
    ActivityWindow.objects.create(
        project_name=of.name, item=of, period_start=start, period_end=end, source=found, **values
    )


def stars_of(response):
    return next(curve for curve in response.context["curves"] if curve.count == "stars")


def rows(client, path):
    response = client.get(path)
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


def test_curves_draw_each_repository_by_itself_and_mark_the_swap(client, linkerd):
    old = repository(linkerd, "linkerd/linkerd", is_current=False)
    new = repository(linkerd, "linkerd/linkerd2")
    for day, stars in (("2019-01-01", 100), ("2019-01-02", 110)):
        measure(old, day, stars=stars)
    for day, stars in (("2019-01-03", 40), ("2019-01-04", 50)):
        measure(new, day, stars=stars)
    curve = stars_of(client.get("/items/linkerd/curves/"))
    assert [line.path for line in curve.chart.plot.lines] == ["M0 333.3L333.3 266.7", "M666.7 733.3L1000 666.7"]
    assert [(mark.day, mark.text) for mark in curve.chart.marks] == [
        (date(2019, 1, 3), "another repository: linkerd/linkerd2")
    ]
    assert [reading.shown for reading in curve.chart.readings] == [
        ("100", "–"), ("110", "–"), ("–", "40"), ("–", "50")
    ]  # fmt: skip


def test_curves_can_be_zoomed_without_leading_over_a_break(client, linkerd):
    old = repository(linkerd, "linkerd/linkerd", is_current=False)
    new = repository(linkerd, "linkerd/linkerd2")
    for day, stars in (("2019-01-01", 100), ("2019-06-01", 110)):
        measure(old, day, stars=stars)
    measure(new, "2019-06-02", stars=40)
    response = client.get("/items/linkerd/curves/?interval=day")
    noon = 12 * 3600
    days = [int(instant(2019, month, day, 0).timestamp()) for month, day in ((1, 1), (6, 1), (6, 2))]
    assert stars_of(response).zoom == {
        "at": [days[0], days[1] - noon, days[1], days[2]],
        "lines": [
            {"key": "line-1", "label": "linkerd/linkerd", "values": [100, None, 110, None]},
            {"key": "line-2", "label": "linkerd/linkerd2", "values": [None, None, None, 40]},
        ],
    }
    assert '<script id="stars-zoom" type="application/json">' in response.content.decode()


def test_zoomed_lines_go_on_where_only_others_have_a_point():
    line, other = [[(date(2019, 1, 1), 1), (date(2019, 1, 3), 3)]], [[(date(2019, 1, 2), 9)]]
    found = zoomable([("line-1", "a", line), ("line-2", "b", other)])
    assert [each["values"] for each in found["lines"]] == [[1, "", 3], [None, 9, None]]


def test_curves_lead_over_neither_unknown_counts_nor_long_gaps(client, linkerd):
    own = repository(linkerd, "linkerd/linkerd")
    for day, stars in (("2019-01-01", 10), ("2019-02-01", None), ("2019-03-01", 12), ("2020-03-01", 14)):
        measure(own, day, stars=stars, missing={} if stars else {"stars": "source_error"})
    curve = stars_of(client.get("/items/linkerd/curves/?interval=day"))
    assert curve.chart.plot.lines[0].path.count("M") == 3
    assert "L" not in curve.chart.plot.lines[0].path
    assert curve.chart.readings[1].shown == ("unknown",)


def test_curves_mark_events_and_steps_of_maturity(client, linkerd):
    own = repository(linkerd, "linkerd/linkerd")
    measure(own, "2019-01-01", stars=10)
    measure(own, "2019-03-01", stars=12)
    at = datetime(2019, 2, 1, tzinfo=UTC)
    RepositoryEvent.objects.create(repository=own, at=at, kind="relicensed", before="MIT", after="BUSL-1.1")
    RepositoryEvent.objects.create(repository=own, at=at, kind="topics", after="mesh")
    change(linkerd, "promoted", instant(2019, 2, 10), before="incubating", after="graduated")
    change(linkerd, "moved", instant(2019, 2, 12))
    assert [mark.text for mark in stars_of(client.get("/items/linkerd/curves/")).chart.marks] == [
        "linkerd/linkerd: licence changed (MIT → BUSL-1.1)",
        "promoted (incubating → graduated)",
    ]


def test_curves_as_of_a_day_know_nothing_later(client, linkerd):
    own = repository(linkerd, "linkerd/linkerd")
    measure(own, "2019-01-01", stars=10)
    measure(own, "2019-03-01", stars=12)
    year(linkerd, 2020)
    context = client.get("/items/linkerd/curves/?as_of=2019-02-01").context
    assert [reading.shown for reading in context["curves"][0].chart.readings] == [("10",)]
    assert context["activity"] is None


def test_unreliable_years_are_another_line(client, linkerd):
    year(linkerd, 2023)
    year(linkerd, 2024, is_event_based_unreliable=True)
    activity = client.get("/items/linkerd/curves/").context["activity"]
    lines = {curve.count: [column.key for column in curve.chart.columns] for curve in activity.curves}
    assert lines == {"authors": ["line-1"], "commits": ["line-1"], "pull_requests": ["line-1", "doubtful"]}
    assert activity.rows[0].cells[:3] == ((10, False), (100, False), (50, True))


def test_maintainers_without_an_employer_are_unknown(client, linkerd):
    published = source()
    for day, employer, count in (
        (date(2025, 1, 1), "Old", 9),
        (date(2026, 1, 1), "Buoyant", 6),
        (date(2026, 1, 1), "", 2),
    ):
        MaintainerShare.objects.create(
            project_name="Linkerd", item=linkerd, as_of=day, employer=employer, maintainers=count, source=published
        )
    found = client.get("/items/linkerd/curves/").context["maintainers"]
    assert [(each.employer, each.maintainers, each.share) for each in found.employers] == [("Buoyant", 6, 0.75)]
    assert (found.unknown, found.total) == (2, 8)
    assert rows(client, "/items/linkerd/maintainers.csv") == [
        {"as_of": "2026-01-01", "employer": "Buoyant", "maintainers": "6"},
        {"as_of": "2026-01-01", "employer": "", "maintainers": "2"},
    ]
    assert rows(client, "/items/linkerd/maintainers.csv?as_of=2025-06-01") == [
        {"as_of": "2025-01-01", "employer": "Old", "maintainers": "9"}
    ]
    assert rows(client, "/items/linkerd/maintainers.csv?as_of=2024-06-01") == []


def test_curves_csv_gives_each_point_with_its_method(client, linkerd):
    measure(repository(linkerd, "linkerd/linkerd"), "2019-01-01", stars=10)
    assert rows(client, "/items/linkerd/curves.csv?count=stars&interval=day") == [
        {
            "day": "2019-01-01",
            "repository": "linkerd/linkerd",
            "value": "10",
            "reason": "",
            "method": "graphql",
            "observed_at": "2019-01-01T23:59:59+00:00",
            "break": "",
        }
    ]
    assert rows(client, "/items/linkerd/curves.csv?count=forks") == []


def test_years_csv_names_the_unreliable_counts(client, linkerd):
    year(linkerd, 2024, is_event_based_unreliable=True)
    (row,) = rows(client, "/items/linkerd/years.csv")
    assert (row["period_end"], row["authors"], row["issues"]) == ("2025-01-01", "10", "")
    assert row["unreliable"] == "pull_requests issues comments activity pushes"


def test_years_csv_ends_with_the_day_asked_for(client, linkerd):
    year(linkerd, 2023)
    year(linkerd, 2024)
    found = rows(client, "/items/linkerd/years.csv?as_of=2024-06-01")
    assert [row["period_end"] for row in found] == ["2024-01-01"]
    page = client.get("/items/linkerd/curves/?as_of=2024-06-01").content.decode()
    assert '<a href="/items/linkerd/years.csv?as_of=2024-06-01">CSV</a>' in page


def test_item_page_loads_its_curves_later_and_links_to_them(client, linkerd):
    repository(linkerd, "linkerd/linkerd")
    content = client.get("/items/linkerd/").content.decode()
    assert 'hx-get="/items/linkerd/curves/" hx-trigger="revealed"' in content
    assert '<a href="/items/linkerd/curves/">' in content


def test_curves_are_a_page_or_a_fragment(client, linkerd):
    measure(repository(linkerd, "linkerd/linkerd"), "2019-01-01", stars=10)
    assert "<html" in client.get("/items/linkerd/curves/").content.decode()
    fragment = client.get("/items/linkerd/curves/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<section id="item-curves"')
    assert "<h1>Linkerd 的曲线</h1>" in client.get("/zh-hans/items/linkerd/curves/").content.decode()


def test_curves_of_nothing_measured_say_so(client, linkerd):
    content = client.get("/items/linkerd/curves/?interval=century").content.decode()
    assert "No repository of this item was measured yet." in content


def test_drawings_are_well_formed(client, linkerd):
    own = repository(linkerd, "linkerd/linkerd")
    measure(own, "2019-01-01", stars=10, contributors=2)
    measure(own, "2019-03-01", stars=12, contributors=3)
    year(linkerd, 2023)
    year(linkerd, 2024)
    content = client.get("/items/linkerd/curves/").content.decode()
    drawings = [ElementTree.fromstring(svg) for svg in re.findall(r'<svg class="chart.*?\n</svg>', content, re.DOTALL)]  # noqa: S314
    assert len(drawings) == 5


def test_releases_that_begin_a_line_of_versions_mark_the_curve(client, linkerd):
    own = repository(linkerd, "linkerd/linkerd")
    measure(own, "2019-01-01", stars=10, contributors=2)
    measure(own, "2019-12-01", stars=12, contributors=3)
    for day, tag in (("2019-02-01", "v2.0.0"), ("2019-03-01", "v2.0.1"), ("2019-04-01", "2.1")):
        RepositoryEvent.objects.create(repository=own, kind="released", at=f"{day}T12:00Z", after=tag)

    content = client.get("/items/linkerd/curves/").content.decode()

    assert "linkerd/linkerd: released (v2.0.0)" in content
    assert "released (2.1)" in content
    assert "v2.0.1" not in content


def test_the_makers_money_marks_the_curve_and_the_stewards_does_not(client, linkerd):
    own = repository(linkerd, "linkerd/linkerd")
    measure(own, "2019-01-01", stars=10, contributors=2)
    measure(own, "2019-12-01", stars=12, contributors=3)
    ItemOrganization.objects.create(item=linkerd, organization=company("Buoyant"), role="vendor")
    ItemOrganization.objects.create(item=linkerd, organization=company("Foundation"), role="steward")
    funding_round("Buoyant", "2019-03-01", 10, series="b")
    funding_round("Buoyant", "2019-01-01", 5, series="a", date_precision="year")
    funding_round("Foundation", "2019-04-01", 99, series="c")
    sale("Buoyant", "2019-06-01", to="Big Corp")

    content = client.get("/items/linkerd/curves/").content.decode()

    assert "Buoyant: funding round B (US$10M)" in content
    assert "Buoyant: sold to Big Corp" in content
    assert "funding round A" not in content  # a year has no place on an axis of days
    assert "US$99M" not in content


@pytest.mark.parametrize("repositories", [1, 3])
def test_curves_ask_as_often_for_three_repositories(client, linkerd, repositories, django_assert_num_queries):
    for number in range(repositories):
        own = repository(linkerd, f"a/{number}", is_primary=number == 0)
        measure(own, "2019-01-01", stars=10, contributors=1)
        year(linkerd, 2020 + number)
    client.get("/items/linkerd/curves/")
    with django_assert_num_queries(19):
        client.get("/items/linkerd/curves/")


def figure(of, metric, **values):
    values = {"day": date(2026, 11, 21), "n": 31, "version": "growth/1"} | values
    return Indicator.objects.create(item=of, metric=metric, **values)


def test_indicators_are_those_of_the_newest_day_with_refusals_apart(client, linkerd):
    figure(linkerd, "stars", value=900, day=date(2026, 11, 20))
    figure(linkerd, "robust_growth", window_days=91, value=-0.2, low=-0.26, high=-0.155)
    figure(linkerd, "stars", value=1653)
    figure(linkerd, "burstiness", window_days=364, refusal="too_short")
    figure(linkerd, "confidence", window_days=30, value=0.8, details={"grade": "A", "reasons": ["one_source"]})
    response = client.get("/items/linkerd/curves/")
    assert [each.value for each in response.context["given"]] == [1653, -0.2]
    assert [each.metric for each in response.context["refused"]] == ["burstiness"]
    content = response.content.decode()
    assert '<td class="number">−20.0 %</td><td class="nowrap small">−26.0 % to −15.5 %</td>' in content
    assert "<td>The measurements do not reach back far enough.</td>" in content
    assert (
        '<span class="badge">data confidence A</span> <span class="small muted">There is one source alone.' in content
    )
    as_of = client.get("/items/linkerd/curves/?as_of=2026-11-20").context["given"]
    assert [each.value for each in as_of] == [900]
    assert [(row["metric"], row["value"], row["refusal"]) for row in rows(client, "/items/linkerd/indicators.csv")] == [
        ("stars", "1653.0", ""),
        ("robust_growth", "-0.2", ""),
        ("burstiness", "", "too_short"),
        ("confidence", "0.8", ""),
    ]
    assert [row["value"] for row in rows(client, "/items/linkerd/indicators.csv?as_of=2026-11-20")] == ["900.0"]
