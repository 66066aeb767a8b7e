"""The figures that a fresh install shows: all of them find their item, and they go out as they came in."""

import shutil
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from metrics.models import ActivityWindow, MaintainerShare, RepositorySnapshot
from metrics.series import SOURCE_URLS, item_series
from projects.models import Item, Source
from sources.clients.content_files import read_catalogue_content
from sources.clients.figure_publications import FigureKind, read_names, read_publication
from sources.importers.content_load import load_content
from sources.importers.figures_export import export_figures
from sources.models import ImportNotice

CONTENT = settings.BASE_DIR / "content"
NOW = datetime(2026, 8, 8, tzinfo=UTC)


def test_names_of_publishers_lead_to_items_that_exist():
    slugs = {item.slug for item in read_catalogue_content(CONTENT).items}
    names = read_names(CONTENT)

    assert sorted(set(names.items.values()) - slugs) == []
    assert names.items.keys().isdisjoint(names.left_out)


def test_snapshots_cite_the_source_of_their_file():
    assert read_publication(CONTENT, FigureKind.STARS).url in SOURCE_URLS.values()


@pytest.mark.django_db
def test_a_fresh_install_shows_real_curves(tmp_path):
    load_content(CONTENT, now=NOW)

    assert list(ImportNotice.objects.filter(subject__startswith="published ")) == []
    assert Source.objects.filter(url__in=[read_publication(CONTENT, kind).url for kind in FigureKind]).count() == 3
    assert (ActivityWindow.objects.filter(item=None).count(), MaintainerShare.objects.filter(item=None).count()) == (
        0,
        0,
    )

    linkerd = Item.objects.get(slug="linkerd")
    stars = item_series(linkerd.pk, count="stars")
    assert [one.full_name for one in stars.repositories] == ["linkerd/linkerd", "linkerd/linkerd2"]
    assert [(one.day, one.reason) for one in stars.breaks] == [(date(2019, 2, 28), "repository_swap")]
    kubernetes = item_series(Item.objects.get(slug="kubernetes").pk, count="contributors")
    (series,) = kubernetes.repositories
    assert (series.points[0].value, series.points[-1].value, len(series.points)) == (1628, 3599, 32)
    assert [(one.day, one.reason) for one in kubernetes.breaks] == [(date(2020, 7, 31), "counting_change")]
    assert not RepositorySnapshot.objects.filter(contributors=0).exists()

    employers = MaintainerShare.objects.filter(item=linkerd, as_of=date(2026, 8, 21))
    assert list(employers.values_list("employer", "maintainers")) == [("Buoyant", 7)]

    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("logos"))
    assert export_figures(copy) == 0


@pytest.mark.django_db
def test_an_empty_database_does_not_empty_the_files(tmp_path):
    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("logos"))

    assert export_figures(copy) == 0
