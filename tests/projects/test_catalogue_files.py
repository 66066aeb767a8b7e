"""The catalogue's files at an instant."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.catalogue_files import BY_NAME, FILES, GUARD, data_package
from projects.catalogue_rows import row_counts
from projects.models import LandscapeVersion, Organization, Project, StageDeclaration
from projects.provenance import Provenance
from tests.web.catalogue import change, instant, item, period, version

FIRST, SECOND, THIRD = instant(2018, 3, 1), instant(2019, 5, 1), instant(2020, 6, 1)

pytestmark = pytest.mark.django_db


def rows_of(name, when=THIRD):
    file = BY_NAME[name]
    return [dict(zip(file.header, row, strict=True)) for row in file.rows(when)]


def commit_at(when):
    return LandscapeVersion.objects.get(effective_at=when).commit


def column(name, key, when=THIRD):
    return [row[key] for row in rows_of(name, when)]


def test_items_are_those_of_the_instant_as_they_were_then():
    harbor = item("Harbor", organization=baker.make(Organization, name="VMware", slug="vmware"), summary="A registry.")
    period(harbor, FIRST, SECOND, extra={"homepage_url": "https://goharbor.io"})
    period(
        harbor, SECOND, maturity="incubating", kind="project", other_placements=[{"category": "A", "subcategory": "B"}]
    )
    gone = item("Gone", delisted_at=SECOND)
    period(gone, FIRST, SECOND)

    assert column("items", "slug", FIRST) == ["gone", "harbor"]
    (row,) = rows_of("items")
    assert row == {
        **dict.fromkeys(["delisted_at", "project", "homepage_url", "joined_on", "description"]),
        **dict.fromkeys(["repository_url", "license", "summary_zh"], ""),
        "slug": "harbor",
        "name": "Harbor",
        "kind": "project",
        "category": "Runtime",
        "subcategory": "Storage",
        "maturity": "incubating",
        "organization": "VMware",
        "listed_at": FIRST,
        "organization_slug": "vmware",
        "summary": "A registry.",
        "other_placements": "A / B",
        "unchanged_since": SECOND,
        "commit": commit_at(SECOND),
    }
    assert rows_of("items", FIRST)[1]["homepage_url"] == "https://goharbor.io"


def test_projects_count_twin_cards_once_with_both_kinds_of_date():
    dapr = baker.make(Project, slug="dapr", name="Dapr")
    card, twin = item("Dapr"), item("Dapr (Serverless)")
    period(card, FIRST, SECOND, project=dapr, kind="project", maturity="sandbox")
    declared = {"stages": {"accepted": "2018-02-01", "incubating": "2019-04-01"}}
    period(card, SECOND, project=dapr, kind="project", maturity="incubating", extra=declared)
    period(twin, SECOND, project=dapr, kind="project", maturity="incubating")
    period(item("Falco"), SECOND, kind="project", maturity="sandbox")

    dapr_row, falco_row = rows_of("projects")

    assert (dapr_row["slug"], dapr_row["item"], dapr_row["cards"], dapr_row["maturity"]) == (
        "dapr",
        "dapr",
        2,
        "incubating",
    )
    assert (dapr_row["accepted_on"], dapr_row["incubating_on"]) == ("2018-02-01", "2019-04-01")
    assert (dapr_row["sandbox_seen_at"], dapr_row["incubating_seen_at"]) == (FIRST, SECOND)
    assert dapr_row["graduated_seen_at"] is None
    assert (falco_row["slug"], falco_row["cards"], falco_row["sandbox_seen_at"]) == ("falco", 1, SECOND)


def test_periods_end_only_where_they_had_ended_by_then():
    harbor = item("Harbor")
    period(harbor, FIRST, SECOND)
    period(harbor, SECOND, THIRD, name="Harbor Registry")
    period(harbor, THIRD)

    assert column("periods", "to") == [SECOND, THIRD, None]
    assert column("periods", "to", SECOND) == [SECOND, None]
    assert column("periods", "from", FIRST) == [FIRST]


def test_changes_are_those_until_the_instant_oldest_first():
    harbor = item("Harbor")
    change(harbor, "renamed", SECOND, before="Harbour", after="Harbor")
    change(harbor, "listed", FIRST)
    change(harbor, "delisted", THIRD)

    assert column("changes", "kind", SECOND) == ["listed", "renamed"]
    assert rows_of("changes")[1] == {
        "at": SECOND,
        "kind": "renamed",
        "item": "harbor",
        "name": "Harbor",
        "category": "Runtime",
        "before": "Harbour",
        "after": "Harbor",
        "with_section": False,
        "commit": commit_at(SECOND),
    }


def test_organizations_are_those_that_cards_of_the_instant_name():
    vmware, docker = (baker.make(Organization, name=name, slug=name.lower()) for name in ("VMware", "Docker"))
    period(item("Harbor", organization=vmware))
    period(item("Photon", organization=vmware))
    period(item("Swarm", organization=docker), FIRST, SECOND)

    assert [(row["slug"], row["items"]) for row in rows_of("organizations", FIRST)] == [("docker", 1), ("vmware", 2)]
    assert column("organizations", "slug") == ["vmware"]


def test_stages_keep_what_was_corrected_later():
    harbor = item("Harbor")
    for day, since, until in ((date(2018, 1, 1), FIRST, SECOND), (date(2018, 1, 2), SECOND, None)):
        baker.make(
            StageDeclaration, item=harbor, stage="accepted", declared_on=day, during=TimestamptzRange(since, until)
        )

    assert [(row["declared_on"], row["said_until"]) for row in rows_of("stages")] == [
        (date(2018, 1, 1), SECOND),
        (date(2018, 1, 2), None),
    ]
    assert column("stages", "said_until", FIRST) == [None]


def test_versions_say_which_could_not_be_read():
    version(FIRST)
    version(SECOND, status="unreadable", problem="line 3: no mapping")

    assert [(row["is_readable"], row["problem"]) for row in rows_of("versions")] == [
        (True, ""),
        (False, "line 3: no mapping"),
    ]


def test_every_file_is_empty_before_the_first_version():
    period(item("Harbor"))

    for file in FILES:
        assert list(file.rows(datetime(2010, 1, 1, tzinfo=UTC))) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_are_one_query_however_many_rows(file):
    counted = []
    for number in range(3):
        card = item(f"Item {number}", organization=baker.make(Organization, slug=f"o{number}"))
        period(card, maturity="sandbox", kind="project")
        change(card, "listed", FIRST)
        baker.make(
            StageDeclaration, item=card, stage="accepted", declared_on=FIRST, during=TimestamptzRange(FIRST, None)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert all(len(row) == len(file.columns) for row in file.rows(THIRD))
        counted.append(len(queries))

    assert counted == [1, 1, 1]


def test_row_counts_are_the_numbers_of_rows():
    for number in range(2):
        card = item(f"Item {number}", organization=baker.make(Organization, slug=f"o{number}"))
        period(card, maturity="sandbox", kind="project")
        change(card, "listed", FIRST)
    period(item("Gone"), FIRST, SECOND)

    assert row_counts(THIRD) == {file.name: len(rows_of(file.name)) for file in FILES}


def test_data_package_describes_each_column():
    package = data_package(
        Provenance("abc", FIRST, "https://example.org", "CC BY 4.0", "Them", "Ours"), url_of="/{}".format
    )

    assert [resource["path"] for resource in package["resources"]] == [f"/{file.name}" for file in FILES]
    assert package["sources"] == [{"title": "Them", "path": "https://example.org"}]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    types = {field["type"] for resource in package["resources"] for field in resource["schema"]["fields"]}
    assert types == {"string", "date", "datetime", "integer", "boolean"}
    for resource, file in zip(package["resources"], FILES, strict=True):
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert set(resource["schema"].get("primaryKey", [])) <= set(names) == set(file.header)
        assert resource["description"] == GUARD


def test_data_package_states_no_terms_that_nobody_said():
    package = data_package(Provenance("abc", FIRST, "Harbour Landscape", "", "", "Harbour Landscape"), url_of=str)

    assert package["title"] == "Harbour Landscape"
    assert package["sources"] == [{"title": "Harbour Landscape"}]
    assert "licenses" not in package


@pytest.mark.parametrize(
    ("licence", "described"),
    [("Own terms", {"name": "Own terms"}), ("https://example.org/terms", {"path": "https://example.org/terms"})],
)
def test_data_package_takes_a_licence_that_is_not_known_as_it_is(licence, described):
    package = data_package(Provenance("abc", FIRST, "", licence, ""), url_of=str)

    assert package["licenses"] == [described]
    assert "sources" not in package
