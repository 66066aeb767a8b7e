"""The data-quality pages."""

from datetime import date, timedelta

import pytest
from model_bakery import baker

from metrics.models import RepositoryEvent, RepositorySnapshot
from projects.models import ItemRepository, Repository, StageReview
from sources.models import ImportNotice, ImportRun, MetricsRun
from tests.web.catalogue import FIRST, instant, item, landscape, version

pytestmark = pytest.mark.django_db


def review(number, **values):
    values = {"stage": "sandbox", "reason": "seen_late", "days": 31 + number, "declared_on": date(2020, 1, 1)} | values
    return baker.make(StageReview, item=item(f"Item {number}"), **values)


def notice(number, **values):
    values = {"kind": "unknown_key", "subject": f"key_{number}", "commit": f"{number:040x}"} | values
    return ImportNotice.objects.create(first_seen_at=FIRST, **values)


@pytest.mark.parametrize("rows", [1, 3])
def test_overview_takes_the_same_queries_however_many_rows(client, rows, django_assert_num_queries):
    for number in range(rows):
        review(number)
        notice(number)
        version(instant(2018, 3, number + 1))
        baker.make(ImportRun, status="done", counts={"items": number})

    with django_assert_num_queries(7):  # versions, runs, coverage, licences, reviews, notices, the landscape
        response = client.get("/quality/")

    assert response.content.decode().count("items: ") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_stages_take_the_same_queries_however_many_rows(client, rows, django_assert_num_queries):
    for number in range(rows):
        review(number)

    with django_assert_num_queries(4):  # data version, counts, rows, the footer's landscape
        response = client.get("/quality/stages/")

    assert response.content.decode().count('href="/items/item-') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_notices_take_the_same_queries_however_many_rows(client, rows, django_assert_num_queries):
    for number in range(rows):
        notice(number)

    with django_assert_num_queries(3):  # counts, rows, the landscape
        response = client.get("/quality/notices/")

    assert response.content.decode().count('<th scope="row">key_') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_versions_take_the_same_queries_however_many_rows(client, rows, django_assert_num_queries):
    for number in range(rows):
        version(instant(2018, 3, number + 1), status="unreadable", problem=f"line {number}")

    with django_assert_num_queries(4):  # data version, count, rows, the landscape
        response = client.get("/quality/versions/")

    assert response.content.decode().count("line ") == rows


def test_stages_filter_by_reason_and_show_both_dates(client):
    review(1, seen_at=instant(2020, 2, 2))
    review(2, reason="never_seen", days=None)

    page = client.get("/quality/stages/?reason=never_seen").content.decode()

    assert "Item 2" in page
    assert "Item 1" not in page
    assert 'datetime="2020-01-01"' in page
    late = client.get("/quality/stages/?reason=seen_late").content.decode()
    assert "+32" in late
    assert "2 February 2020" in late


def test_stages_come_in_pages(client):
    for number in range(51):
        review(number)

    first, second = (client.get(f"/quality/stages/?page={page}").content.decode() for page in (1, 2))

    assert (first.count('href="/items/item-'), second.count('href="/items/item-')) == (50, 1)


@pytest.mark.parametrize("query", ["reason=nonsense", "kind=nonsense", "page=x", "page=0", "page=999", "reason=%00"])
@pytest.mark.parametrize("page", ["stages", "notices", "versions"])
def test_nonsense_is_ignored(client, page, query):
    review(1)
    notice(1)

    response = client.get(f"/quality/{page}/?{query}")

    assert response.status_code == 200


def test_nonsense_is_reported(client):
    assert "<strong>Reason</strong>: " in client.get("/quality/stages/?reason=nonsense").content.decode()
    assert "<strong>Kind</strong>: " in client.get("/quality/notices/?kind=nonsense").content.decode()


def test_notices_of_one_kind(client):
    notice(1)
    notice(2, kind="placement", subject="Kyverno")

    page = client.get("/quality/notices/?kind=placement").content.decode()

    assert "Kyverno" in page
    assert "key_1" not in page


def test_commits_link_only_where_they_can_be_looked_up(client):
    notice(1)
    landscape()
    assert "/commit/" not in client.get("/quality/notices/").content.decode()

    landscape(public_url="https://github.com/cncf/landscape")
    link = f'href="https://github.com/cncf/landscape/commit/{1:040x}"'
    assert link in client.get("/quality/notices/").content.decode()


def test_failed_import_shows_its_sentence_to_staff_alone(client, admin_client):
    sentence = "landscape.yml line 3: no mapping"
    client.get("/quality/")
    baker.make(ImportRun, status="failed", message=sentence, source="/srv/private/broken.yml")

    stranger, staff = (who.get("/quality/").content.decode() for who in (client, admin_client))

    assert ">failed<" in stranger
    assert [word for word in (sentence, "broken.yml") if word in stranger] == []
    assert [word for word in (sentence, "broken.yml") if word in staff] == [sentence, "broken.yml"]


def test_last_successful_import_is_shown_however_many_failed_since(client):
    baker.make(ImportRun, status="done", started_at=FIRST, source="landscape.bundle")
    baker.make(ImportRun, status="failed", started_at=instant(2020, 1, 1), _quantity=12)

    page = client.get("/quality/").content.decode()

    assert (page.count(">failed<"), page.count(">done<"), "landscape.bundle" in page) == (10, 1, True)


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("page", ["", "stages/", "notices/", "versions/"])
def test_pages_of_an_empty_database(client, prefix, page):
    assert client.get(f"{prefix}/quality/{page}").status_code == 200


@pytest.mark.parametrize("page", ["stages", "notices", "versions"])
def test_htmx_gets_only_the_list(client, page):
    fragment = client.get(f"/quality/{page}/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.lstrip().startswith(f'<div id="quality-{page}"')


def test_import_from_a_file_hides_where_it_lies_on_the_server(client):
    baker.make(ImportRun, source="/srv/private/landscape.bundle")
    baker.make(ImportRun, source="https://github.com/cncf/landscape")

    page = client.get("/quality/").content.decode()

    assert "/srv/private" not in page
    assert "landscape.bundle" in page
    assert "https://github.com/cncf/landscape" in page


@pytest.mark.parametrize(("foundation", "expected"), [("CNCF", True), ("Example Foundation", False)])
def test_overview_says_of_a_landscape_only_what_is_so_of_it(client, foundation, expected):
    landscape(foundation=foundation)
    version(instant(2019, 4, 5))
    text = client.get("/quality/").content.decode()
    assert ("12 July 2019" in text) is expected
    assert ("June 2021" in text) is expected
    assert "1 March 2018" not in text
    assert "5 April 2019</time>, when the history" in text


def measuring_run(repositories=0, *, status="done", kind="nightly", problem="not_found", **values):
    started = instant(2026, 11, 21)
    values = {"day": started.date(), "started_at": started, "finished_at": started} | values
    run = MetricsRun.objects.create(kind=kind, status=status, **values)
    for number in range(repositories):
        name = f"a/{run.pk}-{number}"
        repository = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name)
        run.fetches.create(repository=repository, state="problem", problem=problem, message="Gone.", attempts=2)
    return run


def test_measuring_says_that_there_is_no_token(client, settings):
    settings.GITHUB_TOKEN = ""
    assert "No GitHub token is configured" in client.get("/quality/").content.decode()
    content = client.get("/quality/measuring/").content.decode()
    assert "No GitHub token is configured" in content
    assert "GitHub was not read yet." in content
    settings.GITHUB_TOKEN = "x"
    assert "No GitHub token is configured" not in client.get("/quality/measuring/").content.decode()


def test_measuring_names_each_repository_that_failed_and_why(client):
    run = measuring_run(2, counts={"repositories": 3, "measured": 1, "not_found": 2})
    measuring_run(1, started_at=instant(2026, 11, 20), problem="empty")
    response = client.get("/quality/measuring/")
    assert [fetch.repository.full_name for fetch in response.context["page"]] == [f"a/{run.pk}-0", f"a/{run.pk}-1"]
    assert [(tab.label, tab.count) for tab in response.context["tabs"]] == [("not found", 2)]
    assert "repositories: 3 · measured: 1 · not found: 2" in response.content.decode()
    assert list(client.get("/quality/measuring/?problem=empty").context["page"]) == []


def test_measuring_counts_an_open_run_so_far(client):
    measuring_run(1, status="running", finished_at=None)
    (shown,) = client.get("/quality/measuring/").context["runs"]
    assert dict(shown.counts)["not found"] == 1
    assert shown.coverage == 0


def test_measuring_gives_the_coverage_of_each_run(client):
    measuring_run(counts={"repositories": 8, "measured": 7, "not_found": 1})
    measuring_run(started_at=instant(2026, 11, 20))
    response = client.get("/quality/measuring/")
    assert [shown.coverage for shown in response.context["runs"]] == [0.875, None]
    assert ">87.5 %</td>" in response.content.decode()


def test_measuring_says_what_is_wrong_with_the_token(client, time_machine):
    time_machine.move_to(instant(2026, 11, 22), tick=False)
    measuring_run(token_expires_at=instant(2026, 12, 7), started_at=instant(2026, 11, 19))
    assert "The GitHub token ends on" not in client.get("/quality/measuring/").content.decode()
    measuring_run(token_expires_at=instant(2026, 12, 5), started_at=instant(2026, 11, 20))
    ending = 'The GitHub token ends on <time datetime="2026-12-05'
    assert ending in client.get("/quality/measuring/").content.decode()
    measuring_run(status="failed", message="GitHub does not accept the token: Bad credentials.")
    content = client.get("/quality/measuring/").content.decode()
    assert "ended early: GitHub does not accept the token: Bad credentials.</p>" in content


def test_measuring_says_what_stands_in_the_way_in_the_readers_language(client):
    said = {"said": "Bad credentials, 100 % sure"}
    measuring_run(status="failed", reason="token_refused", reason_details=said, message="kept for programs")
    english = client.get("/quality/measuring/").content.decode()
    assert english.count("GitHub does not accept the token: Bad credentials, 100 % sure.") == 2
    chinese = client.get("/zh-hans/quality/measuring/").content.decode()
    assert chinese.count("GitHub 不接受该令牌：Bad credentials, 100 % sure。") == 2
    assert "kept for programs" not in english + chinese


def test_measuring_tells_the_age_of_the_newest_counts(client, time_machine):
    time_machine.move_to(instant(2026, 11, 22), tick=False)
    for number, days in enumerate([1, 1, 11, None]):
        own = baker.make(Repository, url=f"https://github.com/a/{number}", host="github.com", full_name=f"a/{number}")
        baker.make(ItemRepository, item=item(f"Item {number}"), repository=own, is_current=True)
        for age in [days, 100] if days else []:
            at = instant(2026, 11, 22) - timedelta(days=age)
            RepositorySnapshot.objects.create(repository=own, day=at.date(), observed_at=at, method="graphql", stars=1)
    found = client.get("/quality/measuring/").context["freshness"]
    assert (found.repositories, found.measured, found.share) == (4, 3, 0.75)
    assert (found.median_days, found.p90_days, found.p99_days) == (1, 11, 11)


def test_measuring_lists_renames(client):
    own = baker.make(Repository, url="https://github.com/a/b", host="github.com", full_name="a/b")
    RepositoryEvent.objects.create(repository=own, at=FIRST, kind="renamed", before="a/a", after="a/b")
    RepositoryEvent.objects.create(repository=own, at=FIRST, kind="topics")
    assert [event.before for event in client.get("/quality/measuring/").context["events"]] == ["a/a"]
    assert "<h1>测量状况</h1>" in client.get("/zh-hans/quality/measuring/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_measuring_takes_the_same_queries_however_many_rows(client, rows, django_assert_num_queries):
    for number in range(rows):
        measuring_run(rows, started_at=instant(2026, 11, 21 - number))
    with django_assert_num_queries(7):  # runs, freshness, newest night, problems twice, events, the footer's landscape
        client.get("/quality/measuring/")
