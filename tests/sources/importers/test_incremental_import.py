"""Imports in several steps end exactly where one import ends."""

import datetime as dt

import pytest

from projects.models import Category, Item, Landscape, LandscapeVersion, Organization, Project, Repository
from sources.importers.landscape_import import import_landscape
from sources.models import ImportNotice
from tests.landscape_repository import LandscapeRepository
from tests.sources.importers.catalogue_dump import dump
from tests.sources.importers.random_landscapes import build

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
VERSIONS = 24


def clock():
    return NOW


def clear():
    Project.objects.all().delete()
    for model in (LandscapeVersion, Item, Repository, Category, Organization, Landscape, ImportNotice):
        model.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_steps_end_where_one_import_ends(tmp_path, seed):
    repository = LandscapeRepository(tmp_path)
    commits = build(repository, seed, VERSIONS)
    readable = _readable(repository)
    slugs = {}
    for number, commit in enumerate(commits):
        if commit in readable and (number % (seed + 1) == 0 or commit == commits[-1]):
            repository.git("update-ref", "refs/heads/master", commit)
            import_landscape(str(repository.path), clock=clock)
            present = dict(Item.objects.values_list("pk", "slug"))
            assert {pk: present[pk] for pk in slugs} == slugs
            slugs = present
    in_steps = dump()
    clear()
    import_landscape(str(repository.path), clock=clock)
    at_once = dump()
    for table, rows in at_once.items():
        assert [row for row in in_steps[table] if row not in rows] == [], table
        assert in_steps[table] == rows, table


def _readable(repository):
    log = repository.git("log", "--format=%H").split()
    return {commit for commit in log if "landscape: [" not in repository.git("show", f"{commit}:landscape.yml")[:20]}
