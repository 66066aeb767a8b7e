"""What orchestrators and monitors ask: life, readiness, figures."""

from datetime import UTC, datetime

import pytest
import time_machine
from celery import current_app
from django.core.cache import caches
from model_bakery import baker
from redis.exceptions import RedisError

from projects.models import Repository
from sources.broker import BrokerSilentError, queue_length
from sources.models import MetricsRun, RepositoryFetch
from web.exposition import Family, Sample, expose
from web.request_times import RequestTimes, area_of, request_times

pytestmark = pytest.mark.django_db

SILENT = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _servers_of_the_process(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "health-tests"}
    settings.CACHES = {"default": memory, "process": memory}
    caches["default"].clear()
    request_times.waiting.clear()
    settings.CELERY_BROKER_URL = "memory://"
    settings.GITHUB_TOKEN = ""


def run(day=1, **values):
    started = datetime(2026, 5, day, 2, tzinfo=UTC)
    closed = {"status": "done", "finished_at": datetime(2026, 5, day, 3, tzinfo=UTC)}
    values = {"kind": "nightly", "day": started.date(), "started_at": started} | closed | values
    return MetricsRun.objects.create(**values)


def figures(client, **options):
    response = client.get("/metrics", **options)
    assert response.status_code == 200
    lines = response.content.decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_the_process_lives_without_its_servers(client, settings, django_assert_num_queries):
    settings.CELERY_BROKER_URL = SILENT
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


def test_a_site_without_a_run_or_a_token_is_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "has_github_token": False, "last_nightly_run": None},
    )


@time_machine.travel("2026-05-02T03:00:00Z", tick=False)
def test_readiness_tells_the_age_of_the_last_whole_night(client, settings):
    settings.GITHUB_TOKEN = "token"
    run(1, counts={"repositories": 4, "measured": 3})
    run(2, is_partial=True)
    run(2, kind="stars")
    run(2, status="running", finished_at=None)
    assert client.get("/readyz").json() == {
        "status": "ok",
        "has_github_token": True,
        "last_nightly_run": {
            "day": "2026-05-01", "status": "done", "finished_at": "2026-05-01T03:00:00Z", "age_seconds": 86400,
            "coverage": 0.75,
        },
    }  # fmt: skip


def test_a_silent_broker_makes_the_site_unready(client, settings):
    settings.CELERY_BROKER_URL = SILENT
    response = client.get("/readyz")
    assert (response.status_code, response.json()["reason"]) == (503, "The broker does not answer.")


def test_a_queue_is_as_long_as_what_waits_in_it():
    assert queue_length("memory://") == 0
    with current_app.connection_for_write("memory://") as connection:
        queue = connection.SimpleQueue(current_app.conf.task_default_queue)
        queue.put("one")
        queue.put("two")
        assert queue_length("memory://") == 2
        queue.clear()


def test_a_silent_broker_is_told():
    with pytest.raises(BrokerSilentError):
        queue_length(SILENT)


def test_figures_of_a_site_where_nothing_was_measured(client):
    assert figures(client) == {"strata_github_token": "0", "strata_broker_up": "1", "strata_queue_length": "0"}


def test_figures_name_runs_coverage_and_points(client):
    run(1, counts={"repositories": 4, "measured": 3, "not_found": 1})
    opened = run(2, status="running", finished_at=None, requests=7, points=9, points_left=4900)
    for state in ("measured", "pending"):
        repository = baker.make(Repository, url=f"https://github.com/o/{state}", host="github.com")
        RepositoryFetch.objects.create(run=opened, repository=repository, state=state)
    found = figures(client)
    expected = {
        'strata_runs_total{kind="nightly",status="done"}': "1",
        'strata_runs_total{kind="nightly",status="running"}': "1",
        'strata_run_open{kind="nightly"}': "1",
        'strata_run_requests{kind="nightly"}': "7",
        'strata_run_points{kind="nightly"}': "9",
        'strata_github_points_left{kind="nightly"}': "4900",
        'strata_run_repositories{kind="nightly",state="measured"}': "1",
        'strata_run_repositories{kind="nightly",state="pending"}': "1",
        'strata_run_coverage_ratio{kind="nightly"}': "0.75",
        'strata_run_finished_timestamp_seconds{kind="nightly"}': "1777604400",
    }
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize("count", [1, 3])
def test_figures_cost_the_same_however_many_runs(client, count, django_assert_num_queries):
    for day in range(1, count + 1):
        run(day)
    # The newest of each kind, the last closed of each kind, the counts by status; none is open.
    with django_assert_num_queries(3):
        figures(client)


def test_a_silent_broker_leaves_the_other_figures(client, settings):
    settings.CELERY_BROKER_URL = SILENT
    assert figures(client) == {"strata_github_token": "0", "strata_broker_up": "0"}


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_reads_the_figures(client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("203.0.113.9", {}),
        ("", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}),
        ("203.0.113.9", {"Authorization": "Bearer "}),
        ("203.0.113.9", {"Authorization": "Bearer wrong"}),
        ("203.0.113.9", {"Authorization": "Basic secret"}),
        ("203.0.113.9", {"Authorization": "Bearer \xe9"}),
    ],
)
@pytest.mark.parametrize("token", ["", "secret"])
def test_strangers_do_not(client, settings, address, headers, token):
    settings.PROMETHEUS_TOKEN = token
    assert client.get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == 403


def test_the_token_reads_the_figures_from_anywhere(client, settings):
    settings.PROMETHEUS_TOKEN = "secret"
    headers = {"Authorization": "Bearer secret", "X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=headers).status_code == 200


def test_request_times_of_processes_add_up_in_buckets():
    one, other = RequestTimes(), RequestTimes()
    one.add("/api/v1/items/", 200, 0.02)
    other.add("/api/v1/items/", 204, 0.05)
    other.add("/api/v1/items/", 200, 60.0)
    other.flush()
    lines = expose([one.family()]).splitlines()
    prefix = 'strata_request_duration_seconds_bucket{area="api",status="2xx",le='
    buckets = [line.removeprefix(prefix) for line in lines if line.startswith(prefix)]
    assert buckets == [
        '"0.005"} 0', '"0.01"} 0', '"0.025"} 1', '"0.05"} 2', '"0.1"} 2', '"0.25"} 2', '"0.5"} 2', '"1.0"} 2',
        '"2.5"} 2', '"10.0"} 2', '"+Inf"} 3',
    ]  # fmt: skip
    assert lines[-2:] == [
        'strata_request_duration_seconds_sum{area="api",status="2xx"} 60.07',
        'strata_request_duration_seconds_count{area="api",status="2xx"} 3',
    ]


def test_request_times_go_to_the_cache_every_few_seconds():
    now = [0.0]
    times = RequestTimes(clock=lambda: now[0])
    times.add("/", 200, 0.5)
    assert list(RequestTimes().family().samples) == []
    now[0] = 5.0
    times.add("/", 200, 0.5)
    assert list(RequestTimes().family().samples)[-1].value == 2


def test_request_times_wait_while_the_cache_is_silent(settings):
    times = RequestTimes()
    memory = settings.CACHES
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": SILENT}}
    times.add("/", 200, 0.5)
    with pytest.raises(RedisError):
        times.family()
    settings.CACHES = memory
    assert list(times.family().samples)[-1].value == 1


def test_requests_are_measured_by_the_site(client):
    figures(client)
    client.get("/api/v1/")
    assert figures(client)['strata_request_duration_seconds_count{area="api",status="2xx"}'] == "1"


@pytest.mark.parametrize(
    ("path", "area"),
    [("/", "page"), ("/api/v1/", "api"), ("/zh-hans/admin/", "admin"), ("/zh-hans/table/", "page"), ("/apis/", "page")],
)
def test_a_path_belongs_to_an_area(path, area):
    assert area_of(path) == area


def test_labels_and_help_are_escaped():
    family = Family("x", "gauge", "a\\b\nc", [Sample(0.5, {"name": 'a"b\\c\nd'}), Sample(float(2**40))])
    assert expose([family]) == (
        "# HELP x a\\\\b\\nc\n# TYPE x gauge\n" + 'x{name="a\\"b\\\\c\\nd"} 0.5\n' + "x 1099511627776\n"
    )
