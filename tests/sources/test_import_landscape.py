"""The command: what it says, what it refuses, and what it leaves behind when it is stopped."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from model_bakery import baker

from projects.models import DataVersion, Item, ItemPeriod, Landscape, LandscapeVersion, Organization, Subcategory
from sources.clients.landscape_remote import without_password
from sources.models import ImportNotice, ImportRun
from sources.tasks import refresh_landscape
from tests.landscape_repository import LandscapeRepository, landscape_text
from tests.sources.importers.catalogue_dump import dump
from tests.web.catalogue import landscape

ROOT = Path(__file__).resolve().parents[2]
FIRST = {"Platform": {"Runtime": ["Argo", {"name": "Bento", "project": "sandbox"}], "Storage": ["Cortex"]}}
SECOND = {"Platform": {"Runtime": ["Argo"], "Storage": ["Cortex", "Delta", {"name": "Bento", "project": "incubating"}]}}


@pytest.fixture
def repository(tmp_path):
    repository = LandscapeRepository(tmp_path)
    repository.commit(FIRST)
    repository.commit(SECOND)
    return repository


def run(source, *options):
    out = io.StringIO()
    call_command("import_landscape", str(source), "--no-logos", *options, stdout=out, stderr=io.StringIO())
    return {line.rpartition("  ")[0].strip(): line.rpartition("  ")[2] for line in out.getvalue().splitlines()}


def periods():
    return list(ItemPeriod.objects.order_by("name", "during").values_list("name", "subcategory__name", "maturity"))


@pytest.mark.django_db
def test_summary_counts_what_is_held(repository):
    summary = run(repository.path)
    assert {name: summary[name] for name in ("versions read now", "versions", "unreadable", "items", "periods")} == {
        "versions read now": "2",
        "versions": "2",
        "unreadable": "0",
        "items": "4",
        "periods": "5",
    }
    run_log = ImportRun.objects.get()
    assert (run_log.status, run_log.counts["items"], run_log.source) == ("done", 4, str(repository.path))


@pytest.mark.django_db(transaction=True)
def test_nothing_new_writes_nothing(repository):
    run(repository.path)
    before = DataVersion.objects.get().number
    summary = run(repository.path)
    assert summary["versions read now"] == "0"
    assert DataVersion.objects.get().number == before
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_new_commit_without_a_new_version_writes_nothing(repository):
    run(repository.path)
    before = DataVersion.objects.get().number
    repository.write("README.md", "Hello")
    repository.commit_files()
    assert run(repository.path)["versions read now"] == "0"
    assert DataVersion.objects.get().number == before


@pytest.mark.django_db
def test_only_new_versions_are_read(repository):
    run(repository.path)
    repository.commit(FIRST)
    assert run(repository.path)["versions read now"] == "1"
    assert LandscapeVersion.objects.count() == 3


@pytest.mark.django_db
def test_another_landscape_is_refused(repository, tmp_path):
    run(repository.path)
    other = LandscapeRepository(tmp_path / "other")
    other.commit(SECOND)
    before = dump(with_slugs=True)
    with pytest.raises(CommandError, match="another landscape"):
        run(other.path)
    assert dump(with_slugs=True) == before
    assert list(ImportRun.objects.order_by("pk").values_list("status", flat=True)) == ["done", "failed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("landscape: [", "landscape.yml at commit"),
        ("other: {}", "no key 'landscape'"),
        ({"Platform": {"Runtime": [{"homepage_url": "https://x.example"}]}}, "a card has no name"),
    ],
)
def test_bad_versions_are_one_sentence(tmp_path, content, sentence):
    repository = LandscapeRepository(tmp_path)
    repository.commit(content)
    with pytest.raises(CommandError) as refused:
        run(repository.path)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not Landscape.objects.exists()
    assert ImportRun.objects.get().message == str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source", ["", "/nowhere/at/all", "--upload-pack=x", "ext::sh -c true", "https://user:secret@127.0.0.1:1/x.git"]
)
def test_bad_sources_are_one_sentence_without_secrets(source):
    with pytest.raises(CommandError) as refused:
        call_command("import_landscape", "--no-logos", "--", source, stdout=io.StringIO(), stderr=io.StringIO())
    logged = [text for run_log in ImportRun.objects.all() for text in (run_log.message, run_log.source)]
    assert bool(logged) == source.startswith("https:")  # what cannot be opened at all was no import
    for shown in (str(refused.value), *logged):
        assert "secret" not in shown
        assert "\n" not in shown
    assert not Landscape.objects.exists()


@pytest.mark.django_db
def test_latest_only_is_one_version_until_the_history_comes(repository):
    run(repository.path, "--latest-only")
    assert LandscapeVersion.objects.count() == 1
    slugs = dict(Item.objects.values_list("name", "slug"))
    assert sorted(slugs) == ["Argo", "Bento", "Cortex", "Delta"]
    assert run(repository.path, "--latest-only")["versions read now"] == "0"

    repository.commit(FIRST)
    run(repository.path, "--latest-only")
    assert Item.objects.listed().count() == 3

    assert run(repository.path)["versions read now"] == "3"
    assert LandscapeVersion.objects.count() == 3
    assert dict(Item.objects.values_list("name", "slug")) == slugs


@pytest.mark.django_db
def test_a_file_adds_a_version_when_it_changes(repository, tmp_path):
    file = tmp_path / "landscape.yml"
    for commit in repository.git("log", "--reverse", "--format=%H").split():
        file.write_text(repository.git("show", f"{commit}:landscape.yml"))
        assert run(file)["versions read now"] == "1"
        assert run(file)["versions read now"] == "0"
    assert [row[:2] for row in periods() if row[0] == "Bento"] == [("Bento", "Runtime"), ("Bento", "Storage")]
    with pytest.raises(CommandError, match="another landscape"):
        run(repository.path)


@pytest.mark.django_db(transaction=True)
def test_a_second_import_at_the_same_time_is_refused(repository):
    with psycopg.connect(_address()) as other:
        other.execute("SELECT pg_advisory_xact_lock(7268001)")
        with pytest.raises(CommandError, match="Another import is running"):
            run(repository.path)
    assert not Landscape.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_leaves_what_was_and_the_next_run_completes(repository):
    """The import is held where it writes its changes, after items and versions, and killed there."""
    run(repository.path)
    first = dump(with_slugs=True)
    repository.commit(FIRST)
    repository.commit(SECOND)
    with psycopg.connect(_address()) as other:
        other.execute("LOCK TABLE projects_change IN EXCLUSIVE MODE")
        process = subprocess.Popen(
            [sys.executable, "manage.py", "import_landscape", str(repository.path), "--no-logos"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": _address()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_it_waits(other)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    _wait_until_nobody_imports()
    assert dump(with_slugs=True) == first
    assert ImportRun.objects.count() == 1

    run(repository.path)
    resumed = dump()
    Landscape.objects.all().delete()
    run(repository.path)
    assert dump() == resumed


def _address():
    settings = connection.settings_dict
    host, port = settings["HOST"] or "localhost", f":{settings['PORT']}" if settings["PORT"] else ""
    password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    return f"postgresql://{settings['USER']}{password}@{quote(host, safe='')}{port}/{settings['NAME']}"


# The server holds the databases of every test process, and pg_locks tells of all of them.
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE datname = current_database() AND NOT granted AND relation = 'projects_change'::regclass
"""
IMPORTING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE datname = current_database() AND locktype = 'advisory'
"""


def _wait_until_it_waits(other):
    _until(lambda: other.execute(WAITING).fetchone()[0])


def _wait_until_nobody_imports():
    with connection.cursor() as cursor:
        _until(lambda: cursor.execute(IMPORTING).fetchone()[0] == 0)


def _until(is_so):
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://ada:secret@example.org/x.git", "https://example.org/x.git"),
        ("https://example.org/landscape.yml?token=secret", "https://example.org/landscape.yml"),
        (
            "'https://example.org/l.yml?ref=main&private_token=secret' fails.",
            "'https://example.org/l.yml?ref=main' fails.",
        ),
        ("git@example.org:acme/landscape.git", "git@example.org:acme/landscape.git"),
    ],
)
def test_addresses_are_shown_without_secrets(said, shown):
    assert without_password(said) == shown


@pytest.mark.django_db
def test_the_nightly_task_does_nothing_without_a_source(settings):
    settings.LANDSCAPE_SOURCE = ""
    refresh_landscape()
    assert not ImportRun.objects.exists()


@pytest.mark.django_db
def test_the_nightly_task_twice_is_the_same_as_once(settings, repository):
    settings.LANDSCAPE_SOURCE = str(repository.path)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    for _ in range(2):
        refresh_landscape()
    assert ImportRun.objects.count() == 1
    assert Item.objects.listed().count() == 4


@pytest.mark.django_db(transaction=True)
def test_sections_that_an_import_brings_get_their_chinese_names(tmp_path):
    call_command("load_content", stdout=io.StringIO())
    assert not Subcategory.objects.filter(name="Silver").exists()
    repository = LandscapeRepository(tmp_path)
    repository.commit({"CNCF Members": {"Silver": ["Example (member)"]}})
    run(repository.path)
    assert Subcategory.objects.get(name="Silver").name_zh


@pytest.mark.django_db
def test_operator_says_name_and_terms(repository, settings):
    run(repository.path)
    terms = ("name", "licence", "attribution")
    assert Landscape.objects.values_list(*terms).get() == ("Landscape", "", "")

    settings.LANDSCAPE_NAME, settings.LANDSCAPE_LICENCE = "Harbour Landscape", "CC0-1.0"
    run(repository.path)

    assert Landscape.objects.values_list(*terms).get() == ("Harbour Landscape", "CC0-1.0", "")


@pytest.mark.django_db
def test_built_in_data_keep_their_own_terms(settings):
    landscape(is_built_in=True)
    settings.LANDSCAPE_NAME = "Harbour Landscape"
    call_command("load_content", stdout=io.StringIO())
    assert Landscape.objects.get().name != "Harbour Landscape"


@pytest.mark.django_db
def test_summary_counts_what_the_landscape_names(repository):
    baker.make(Organization, slug="from-content")
    baker.make(ImportNotice, kind="logo", subject="bad.svg")
    summary = run(repository.path)
    assert (summary["organizations"], summary["notices"]) == ("0", "0")
    assert run(repository.path)["organizations"] == "0"


@pytest.mark.django_db
def test_configured_source_is_kept_and_others_are_not(repository, tmp_path, settings):
    settings.LANDSCAPE_FOLDER = tmp_path / "landscape"
    bundle = repository.bundle(tmp_path / "history.bundle")
    run(bundle)
    assert [path.name for path in settings.LANDSCAPE_FOLDER.glob("*/*") if path.is_dir()] == []

    settings.LANDSCAPE_SOURCE = str(bundle)
    repository.commit(FIRST)
    repository.bundle(bundle)
    run(bundle)

    assert len(list(settings.LANDSCAPE_FOLDER.glob("cache/*/repository.git"))) == 1
    assert LandscapeVersion.objects.count() == 3


@pytest.mark.django_db
def test_versions_of_a_single_file_have_no_commit(tmp_path, client):
    file = tmp_path / "landscape.yml"
    file.write_text(landscape_text(FIRST))
    run(file)
    file.write_text(landscape_text(SECOND))
    run(file)
    invented = [commit[:20] for commit in LandscapeVersion.objects.values_list("commit", flat=True)]

    bento = client.get("/api/v1/items/bento/").json()
    assert (bento["commit"], {period["commit"] for period in bento["periods"]}) == (None, {None})
    assert {step["commit"] for step in bento["transitions"]} == {None}
    assert {change["commit"] for change in client.get("/api/v1/changes/").json()["results"]} == {None}
    assert client.get("/data/landscape.json").json()["commit"] is None

    paths = ["/", "/items/bento/", "/changes/", "/data/", "/cite/?page=/&figure=Items", "/quality/versions/"]
    paths += ["/data/map.svg", "/data/versions.csv", "/data/periods.csv", "/data/changes.csv", "/data/items.csv"]
    for path in paths:
        answer = client.get(path)
        content = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert [commit for commit in invented if commit[:7] in content] == [], path
