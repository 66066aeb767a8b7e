"""Importing published figures: keyed by repository and item, wrong figures unknown, again without writing."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from model_bakery import baker

from metrics.models import ActivityWindow, MaintainerShare, RepositoryEvent, RepositorySnapshot
from projects.data_version import current_data_version
from projects.models import Item, ItemAlias, ItemPeriod, Project, Repository, RepositoryName, Source
from sources.clients.figure_publications import CountedAnew, FigureKind, KnownError, Publication, PublishedNames
from sources.clients.published_figures import ActivityFigure, ShareFigure, SnapshotFigure
from sources.importers.published_figures import Published, import_figures
from sources.models import ImportNotice

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 8, tzinfo=UTC)
LISTED = datetime(2018, 3, 1, tzinfo=UTC)
MARCH, APRIL, MAY = date(2018, 3, 31), date(2018, 4, 30), date(2018, 5, 31)


def load(kind, figures, *, errors=(), counted_anew=(), names=None):
    publication = Publication(
        "https://example.org/figures", "Figures", "Example", date(2026, 8, 7), "CC BY 4.0", counted_anew, errors
    )
    published = Published(kind, publication, names or PublishedNames({}, {}), tuple(figures))
    return import_figures(published, now=NOW)


def repository(full_name, *, until=None, since=LISTED):
    made = Repository.objects.create(url=f"https://github.com/{full_name}", host="github.com", full_name=full_name)
    RepositoryName.objects.create(repository=made, full_name=full_name, first_seen_at=since, last_seen_at=until)
    return made


def hosted(name, *, slug="", project=None, delisted_at=None):
    item = baker.make(
        Item, name=name, slug=slug or name.lower(), kind="project", project=project, listed_at=LISTED, delisted_at=delisted_at
    )  # fmt: skip
    baker.make(
        ItemPeriod,
        item=item,
        name=name,
        maturity="sandbox",
        kind="project",
        during=DateTimeTZRange(LISTED, delisted_at),
    )
    return item


def window(project, *, end=date(2025, 1, 1)):
    return ActivityFigure(project, end.replace(year=end.year - 1), end, (1, 2, 3, 4, 5, 6, 7))


def test_snapshots_are_keyed_by_repository_and_speak_of_the_days_end():
    own = repository("Envoyproxy/envoy")

    imported = load(FigureKind.STARS, [SnapshotFigure("https://github.com/envoyproxy/Envoy.git", MARCH, 4000, 120)])

    snapshot = RepositorySnapshot.objects.get()
    assert (imported.read, imported.written, imported.unmatched) == (1, 1, ())
    assert (snapshot.repository_id, snapshot.day, snapshot.method) == (own.pk, MARCH, "landscape")
    assert snapshot.observed_at == datetime(2018, 3, 31, 23, 59, 59, tzinfo=UTC)
    assert (snapshot.stars, snapshot.contributors, snapshot.forks, snapshot.missing) == (4000, 120, None, {})
    assert Source.objects.get().licence == "CC BY 4.0"


def test_a_repository_is_found_by_its_name_at_that_time():
    # Renamed away in April; in May another repository takes the free name.
    first = repository("new/name")
    RepositoryName.objects.create(
        repository=first, full_name="old/name", first_seen_at=LISTED, last_seen_at=datetime(2018, 4, 15, tzinfo=UTC)
    )
    second = repository("old/name", since=datetime(2018, 5, 1, tzinfo=UTC))

    load(FigureKind.STARS, [SnapshotFigure("old/name", MARCH, 10, 1), SnapshotFigure("old/name", MAY, 20, 2)])

    assert dict(RepositorySnapshot.objects.values_list("repository_id", "stars")) == {first.pk: 10, second.pk: 20}


def test_a_name_between_two_repositories_is_not_guessed():
    repository("a/a", until=datetime(2018, 4, 1, tzinfo=UTC))
    other = repository("b/b")
    RepositoryName.objects.create(repository=other, full_name="a/a", first_seen_at=datetime(2018, 5, 1, tzinfo=UTC))

    imported = load(FigureKind.STARS, [SnapshotFigure("a/a", APRIL, 10, 1)])

    assert (imported.unmatched, imported.unmatched_rows) == (("a/a",), 1)
    assert not RepositorySnapshot.objects.exists()


def test_unmatched_addresses_are_listed_once_and_noted():
    figures = [SnapshotFigure("https://github.com/no/body", day, 1, 1) for day in (MARCH, APRIL)]

    imported = load(FigureKind.STARS, figures)

    assert (imported.unmatched, imported.unmatched_rows) == (("https://github.com/no/body",), 2)
    assert ImportNotice.objects.get().subject == "published stars: https://github.com/no/body"


def test_errors_of_the_source_become_unknown_with_the_reason():
    repository("rethinkdb/rethinkdb")
    errors = (KnownError("rethinkdb/rethinkdb", "stars", APRIL, APRIL),)
    figures = [SnapshotFigure("RethinkDB/rethinkdb", day, 268, 144) for day in (MARCH, APRIL)]

    load(FigureKind.STARS, figures, errors=errors)

    march, april = RepositorySnapshot.objects.order_by("day")
    assert (march.stars, march.missing) == (268, {})
    assert (april.stars, april.contributors, april.missing) == (None, 144, {"stars": "source_error"})


def test_no_contributors_at_all_is_unknown_but_no_stars_are_none():
    repository("cri-o/cri-o")

    load(FigureKind.STARS, [SnapshotFigure("cri-o/cri-o", MARCH, 0, 0)])

    snapshot = RepositorySnapshot.objects.get()
    assert (snapshot.stars, snapshot.contributors, snapshot.missing) == (0, None, {"contributors": "source_error"})


def test_a_snapshot_that_repeats_the_one_before_is_left_out():
    for number in range(25):
        repository(f"a/{number}")
    figures = [SnapshotFigure(f"a/{number}", MARCH, number, 1) for number in range(25)]
    figures += [SnapshotFigure(f"a/{number}", APRIL, number + 1, 1) for number in range(25)]
    figures += [SnapshotFigure(f"a/{number}", MAY, number + 1, 1) for number in range(24)]

    imported = load(FigureKind.STARS, figures)

    assert set(RepositorySnapshot.objects.values_list("day", flat=True)) == {MARCH, APRIL}
    assert (imported.left_out_rows, list(imported.left_out)) == (24, ["2018-05-31"])
    assert ImportNotice.objects.get().subject == "published stars: 2018-05-31"


def test_a_change_of_counting_is_a_break_where_both_ways_were_counted():
    both, only_after = repository("a/both"), repository("a/after")
    figures = [SnapshotFigure("a/both", MARCH, 1, 10), SnapshotFigure("a/both", MAY, 1, 20)]
    figures.append(SnapshotFigure("a/after", MAY, 1, 20))

    load(FigureKind.STARS, figures, counted_anew=(CountedAnew(date(2018, 4, 15), "contributors"),))

    event = RepositoryEvent.objects.get()
    assert (event.repository_id, event.kind, event.before) == (both.pk, "break", "contributors")
    assert (event.at, event.after) == (datetime(2018, 4, 15, tzinfo=UTC), "counting_change")
    assert not RepositoryEvent.objects.filter(repository=only_after).exists()


def test_what_github_gave_itself_stays():
    own = repository("a/a")
    RepositorySnapshot.objects.create(repository=own, day=MARCH, observed_at=NOW, method="graphql", stars=99)

    imported = load(FigureKind.STARS, [SnapshotFigure("a/a", MARCH, 1, 1)])

    assert imported.written == 0
    assert RepositorySnapshot.objects.get().stars == 99


@pytest.mark.django_db(transaction=True)
def test_again_writes_nothing_and_a_correction_only_itself():
    repository("a/a")
    hosted("Argo")
    stars = [SnapshotFigure("a/a", day, 1, 1) for day in (MARCH, MAY)]
    shares = [ShareFigure("Argo", MARCH, "Red Hat", 3), ShareFigure("Argo", MARCH, "", 2)]
    anew = (CountedAnew(APRIL, "contributors"),)

    def everything(stars):
        return [
            load(FigureKind.STARS, stars, counted_anew=anew).written,
            load(FigureKind.ACTIVITY, [window("Argo")]).written,
            load(FigureKind.MAINTAINERS, shares).written,
        ]

    assert everything(stars) == [3, 1, 2]
    version = current_data_version()
    assert everything(stars) == [0, 0, 0]
    assert current_data_version() == version
    assert everything([SnapshotFigure("a/a", MARCH, 1, 1), SnapshotFigure("a/a", MAY, 2, 1)]) == [1, 0, 0]
    assert current_data_version() == version + 1


def test_windows_find_items_by_name_former_name_and_table():
    cubefs, opa, etcd = hosted("CubeFS"), hosted("Open Policy Agent (OPA)", slug="opa"), hosted("etcd")
    ItemAlias.objects.create(item=cubefs, name="ChubaoFS", slug="chubaofs")
    names = PublishedNames({"OPA": "opa"}, {"CNCF": "the foundation's own"})

    imported = load(
        FigureKind.ACTIVITY,
        [window(name) for name in ("CubeFS", "chubaofs", "OPA", "ETCD", "CNCF", "Nobody")],
        names=names,
    )

    assert dict(ActivityWindow.objects.values_list("project_name", "item_id")) == {
        "CubeFS": cubefs.pk, "chubaofs": cubefs.pk, "OPA": opa.pk, "ETCD": etcd.pk
    }  # fmt: skip
    assert (imported.left_out, imported.left_out_rows) == ({"CNCF": "the foundation's own"}, 1)
    assert (imported.unmatched, imported.unmatched_rows) == (("Nobody",), 1)


def test_items_that_were_never_hosted_are_not_meant():
    item = baker.make(Item, name="OPA", slug="opa", kind="product")
    baker.make(ItemPeriod, item=item, maturity="", kind="product", during=DateTimeTZRange(LISTED, None))

    assert load(FigureKind.ACTIVITY, [window("OPA")]).unmatched == ("OPA",)


def test_of_twins_the_listed_one_stands_for_the_project():
    project = baker.make(Project)
    hosted("k0s", slug="k0s-old", project=project, delisted_at=datetime(2025, 7, 17, tzinfo=UTC))
    listed = hosted("k0s", slug="k0s", project=project)

    load(FigureKind.ACTIVITY, [window("k0s")])

    assert ActivityWindow.objects.get().item_id == listed.pk


def test_two_projects_of_one_name_are_not_guessed():
    hosted("Porter", slug="porter", project=baker.make(Project))
    hosted("Porter", slug="porter-2", project=baker.make(Project))

    assert load(FigureKind.ACTIVITY, [window("Porter")]).unmatched == ("Porter",)


@pytest.mark.parametrize(
    ("end", "is_unreliable"), [(date(2025, 6, 1), False), (date(2025, 6, 2), True), (date(2026, 7, 1), True)]
)
def test_windows_that_reach_beyond_may_2025_are_marked(end, is_unreliable):
    hosted("Argo")

    load(FigureKind.ACTIVITY, [window("Argo", end=end)])

    stored = ActivityWindow.objects.get()
    assert stored.is_event_based_unreliable is is_unreliable
    assert (stored.authors, stored.commits, stored.pushes) == (1, 2, 7)


def test_an_unnamed_employer_is_unknown_and_counted_once():
    item = hosted("CubeFS")
    figures = [
        ShareFigure("CubeFS", MARCH, "", 1),
        ShareFigure("CubeFS", MARCH, "_", 2),
        ShareFigure("CubeFS", MARCH, "JD", 3),
    ]

    load(FigureKind.MAINTAINERS, figures)

    shares = MaintainerShare.objects.order_by("employer").values_list("item_id", "employer", "maintainers")
    assert list(shares) == [(item.pk, "", 3), (item.pk, "JD", 3)]


def test_the_command_counts_what_it_did(tmp_path):
    repository("a/a")
    path = tmp_path / "stars.csv"
    path.write_text(
        "snapshot_date,repo_url,stars,contributors\n"
        "2018-03-31,https://github.com/a/a,5,1\n2018-03-31,https://github.com/no/body,5,1\n"
    )
    out = StringIO()

    call_command("import_figures", "stars", path, stdout=out)

    assert [line.split() for line in out.getvalue().splitlines()] == [
        ["rows", "read", "2"],
        ["rows", "written", "now", "1"],
        ["rows", "left", "out", "0"],
        ["rows", "without", "a", "match", "1"],
        ["no", "match:", "https://github.com/no/body"],
    ]


def test_the_command_names_file_and_line(tmp_path):
    path = tmp_path / "stars.csv"
    path.write_text("repository,count,2018-03-31\na/a,stars,many\n")

    with pytest.raises(CommandError, match=r"stars.csv, line 2: 'many' in column 2018-03-31 is no count"):
        call_command("import_figures", "stars", path)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_figures", "stars", tmp_path / "none.csv")
