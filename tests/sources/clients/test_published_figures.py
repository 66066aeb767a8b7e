"""Tables of published figures: both forms say the same, and each mistake is named with its line."""

from datetime import date

import pytest
from django.conf import settings

from sources.clients.content_yaml import ContentError
from sources.clients.figure_publications import FigureKind, KnownError, read_names, read_publication
from sources.clients.published_figures import (
    ActivityFigure,
    ShareFigure,
    SnapshotFigure,
    read_activity,
    read_shares,
    read_snapshots,
)

CONTENT = settings.BASE_DIR / "content"
MARCH, APRIL = date(2018, 3, 31), date(2018, 4, 30)


@pytest.fixture
def table(tmp_path):
    def write(*lines):
        path = tmp_path / "figures.csv"
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def test_snapshots_in_the_publishers_form(table):
    path = table(
        "month,snapshot_date,item,repo_url,stars,contributors,release_date",
        '2018-03,2018-03-31,"Envoy, the proxy",https://github.com/envoyproxy/envoy,4000,120,',
        "2018-04,2018-04-30,Envoy,https://github.com/envoyproxy/envoy,4100,,",
    )

    envoy = "https://github.com/envoyproxy/envoy"
    assert read_snapshots(path) == [SnapshotFigure(envoy, MARCH, 4000, 120), SnapshotFigure(envoy, APRIL, 4100, None)]


def test_snapshots_in_our_form_tell_unknown_from_wrong(table):
    path = table(
        "repository,count,2018-03-31,2018-04-30",
        "cri-o/cri-o,stars,10,12",
        "cri-o/cri-o,contributors,,?",
    )

    assert read_snapshots(path) == [
        SnapshotFigure("cri-o/cri-o", MARCH, 10, None),
        SnapshotFigure("cri-o/cri-o", APRIL, 12, None, frozenset({"contributors"})),
    ]


def test_activity_keeps_zero_and_unknown_apart(table):
    path = table(
        "project,period_start,period_end,authors,commits,pull_requests,issues,comments,activity,pushes",
        "Argo,2020-01-01,2021-01-01,672,8087,0,,23300,45838,8318",
    )

    counts = (672, 8087, 0, None, 23300, 45838, 8318)
    assert read_activity(path) == [ActivityFigure("Argo", date(2020, 1, 1), date(2021, 1, 1), counts)]


def test_both_forms_of_maintainers_say_the_same(table):
    published = read_shares(
        table(
            "as_of,project,employer,maintainers", "2018-03-31,Akri,,1", "2018-04-30,Akri,,2", "2018-04-30,Akri,SUSE,3"
        )
    )
    ours = read_shares(table("project,employer,2018-03-31,2018-04-30", "Akri,,1,2", "Akri,SUSE,,3"))

    assert (
        published
        == ours
        == [
            ShareFigure("Akri", MARCH, "", 1),
            ShareFigure("Akri", APRIL, "", 2),
            ShareFigure("Akri", APRIL, "SUSE", 3),
        ]
    )


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["repository,count,2018-03-31", "a/b,stars,x"], "figures.csv, line 2: 'x' in column 2018-03-31 is no count."),
        (["repository,count,2018-03-31", "a/b,stars,-1"], "figures.csv, line 2: '-1' in column 2018-03-31 is no count."),
        (["repository,count,2018-03-31", "a/b,stars,3000000000"], "figures.csv, line 2: '3000000000' in column 2018-03-31 is no count."),
        (["repository,count,2018-03-31", "", "a/b,forks,1"], "figures.csv, line 3: 'forks' is no count; it is one of stars, contributors."),
        (["repository,count,2018-03-31", "a/b,stars,1", "a/b,stars,2"], "figures.csv, line 3: 'a/b' has a second line of stars."),
        (["repository,count,2018-03-31", ",stars,1"], "figures.csv, line 2: repository is empty."),
        (["repository,count,2018-03-31", "a/b,stars"], "figures.csv, line 2: 2 cells instead of 3."),
        (["repository,count,March"], "figures.csv, line 1: 'March' in column March is no day."),
        (["repo,count,2018-03-31"], "figures.csv, line 1: the first columns are not repository, count."),
        ([""], "figures.csv, line 1: the first columns are not repository, count."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(table, lines, sentence):
    with pytest.raises(ContentError) as raised:
        read_snapshots(table(*lines))

    assert str(raised.value) == sentence


def test_a_window_that_ends_before_it_begins_is_refused(table):
    head = "project,period_start,period_end,authors,commits,pull_requests,issues,comments,activity,pushes"

    with pytest.raises(ContentError, match="line 2: the window ends before it begins"):
        read_activity(table(head, "Argo,2021-01-01,2020-01-01,1,1,1,1,1,1,1"))
    with pytest.raises(ContentError, match="line 1: the column pushes is missing"):
        read_activity(table(head.removesuffix(",pushes")))


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(b"project,employer,2018-03-31\nAkri,\xff,1\n")

    with pytest.raises(ContentError, match="not UTF-8"):
        read_shares(path)


def test_an_error_covers_its_days_and_any_case_of_the_name():
    error = KnownError("rethinkdb/rethinkdb", "stars", MARCH, APRIL)

    assert error.covers("RethinkDB/rethinkdb", MARCH)
    assert error.covers("rethinkdb/rethinkdb", APRIL)
    assert not error.covers("rethinkdb/rethinkdb", date(2018, 5, 1))
    assert not error.covers("rethinkdb/docs", MARCH)


@pytest.mark.parametrize("kind", FigureKind)
def test_the_built_in_figures_tell_their_source(kind):
    publication = read_publication(CONTENT, kind)

    assert publication.publisher == "Cloud Native Computing Foundation"
    assert publication.url.startswith("https://github.com/cncf/")
    assert publication.licence


def test_content_without_figures_has_no_names(tmp_path):
    assert read_names(tmp_path).items == {}
