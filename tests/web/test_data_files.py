"""The catalogue's files, and the page that lists them."""

import csv
import gzip
import io
import json

import pytest
import yaml

from projects.catalogue_files import FILES
from projects.models import LandscapeVersion
from tests.web.catalogue import change, instant, item, landscape, period, version

SECOND = instant(2019, 5, 1)
NAMES = [file.name for file in FILES]

pytestmark = pytest.mark.django_db


def body_of(response):
    return b"".join(response.streaming_content).decode()


def read_csv(response):
    return list(csv.DictReader(io.StringIO(body_of(response))))


def commit_at(when):
    return LandscapeVersion.objects.get(effective_at=when).commit


@pytest.fixture
def harbor():
    landscape(attribution="CNCF Landscape contributors", public_url="https://example.org/landscape")
    harbor = item("Harbor")
    period(harbor, until=SECOND)
    period(harbor, SECOND, maturity="incubating", kind="project", name="=Harbor()")
    change(harbor, "accepted", SECOND, after="incubating")
    return harbor


@pytest.mark.parametrize("name", NAMES)
def test_csv_and_json_hold_the_same(client, harbor, name):
    table = read_csv(client.get(f"/data/{name}.csv"))
    document = json.loads(body_of(client.get(f"/data/{name}.json")))

    assert len(table) == len(document["rows"])
    assert [list(row) for row in table] == [list(row) for row in document["rows"]]
    assert (document["as_of"], document["commit"]) == ("2019-05-01T12:00:00Z", commit_at(SECOND))
    assert (document["licence"], document["attribution"]) == ("CC BY 4.0", "CNCF Landscape contributors")
    assert document["source"] == "https://example.org/landscape"


def test_csv_guards_spreadsheets_and_json_needs_no_guard(client, harbor):
    assert [row["name"] for row in read_csv(client.get("/data/items.csv"))] == ["'=Harbor()"]
    assert [row["name"] for row in json.loads(body_of(client.get("/data/items.json")))["rows"]] == ["=Harbor()"]


def test_csv_writes_times_booleans_and_nothing_plainly(client, harbor):
    (row,) = read_csv(client.get("/data/changes.csv"))

    assert (row["at"], row["with_section"], row["before"]) == ("2019-05-01T12:00:00Z", "false", "")


def test_json_gives_null_for_what_is_not_known(client, harbor):
    (row,) = json.loads(body_of(client.get("/data/changes.json")))["rows"]

    assert (row["with_section"], row["before"], row["after"]) == (False, None, "incubating")


def test_file_speaks_of_the_day_asked_for_and_is_named_after_it(client, harbor):
    response = client.get("/data/items.csv?as_of=2018-03-01")

    assert response["Content-Disposition"] == 'attachment; filename="strata-items-2018-03-01.csv"'
    assert [row["name"] for row in read_csv(response)] == ["Harbor"]


def test_file_is_not_sent_twice_until_the_data_change(client, harbor):
    first = client.get("/data/items.csv")
    body_of(first)

    again = client.get("/data/items.csv", headers={"If-None-Match": first["ETag"]})
    other_day = client.get("/data/items.csv?as_of=2018-03-01", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert other_day.status_code == 200
    body_of(other_day)


def test_file_is_compressed_for_who_takes_that(client, harbor):
    response = client.get("/data/items.csv", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert gzip.decompress(b"".join(response.streaming_content)).startswith(b"slug,name,kind,")


def test_head_reads_no_rows(client, harbor, django_assert_num_queries):
    with django_assert_num_queries(5):  # data version, edition 3, licence
        response = client.head("/data/items.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("path", ["items.csv", "items.json", "landscape.json", "landscape.yml", "datapackage.json"])
@pytest.mark.parametrize("as_of", ["x", "2020-02-30", "9999-01-01", "2020-01-01T00:00+99:99", "%00", "1" * 99])
def test_file_refuses_a_day_that_is_none_and_names_the_field(client, harbor, path, as_of):
    response = client.get(f"/data/{path}?as_of={as_of}")

    assert response.status_code == 400
    assert response.content.decode().startswith("as_of: ")
    assert "ETag" not in response


def test_file_that_is_not_there_is_404(client):
    assert client.get("/data/users.csv").status_code == 404
    assert client.get("/data/users.json").status_code == 404


def test_landscape_json_counts(client, harbor):
    counts = client.get("/data/landscape.json").json()

    assert (counts["items"], counts["hosted_cards"]["incubating"], counts["commit"]) == (1, 1, commit_at(SECOND))
    assert counts["by_category"][0]["subcategories"][0]["items"] == 1


def test_data_package_names_files_of_the_same_day(client, harbor):
    package = client.get("/data/datapackage.json").json()

    path = package["resources"][0]["path"]
    assert path == "http://testserver/data/items.csv?as_of=2019-05-01T12:00:00Z"
    header = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert body_of(client.get(path)).splitlines()[0] == ",".join(header)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries_however_many_rows(client, rows, django_assert_num_queries):
    for number in range(rows):
        period(item(f"Item {number}"))

    with django_assert_num_queries(12):  # data version, edition 3, a count a file 7, the footer's landscape
        response = client.get("/data/")

    assert response.status_code == 200


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_page_lists_every_file(client, harbor, prefix):
    page = client.get(f"{prefix}/data/?as_of=2018-03-01").content.decode()

    for name in NAMES:
        assert f'href="/data/{name}.csv?as_of=2018-03-01"' in page
        assert f'href="/data/{name}.json?as_of=2018-03-01"' in page
    assert "CNCF Landscape contributors" in page


def test_page_offers_pictures_of_the_same_day(client, harbor):
    page = client.get("/data/?as_of=2018-03-01").content.decode()

    assert '<input type="hidden" name="as_of" value="2018-03-01">' in page
    assert 'action="/data/map.svg"' in page
    assert 'formaction="/data/map.png"' in page
    assert '<option value="wasm">' in page


def test_page_reports_a_day_that_is_none(client, harbor):
    response = client.get("/data/?as_of=nonsense")

    assert response.status_code == 200
    assert "Write a day" in response.content.decode()


def test_page_gives_htmx_only_the_files(client, harbor):
    fragment = client.get("/data/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.lstrip().startswith('<div id="data-files"')


def test_page_of_an_empty_database_says_so(client):
    page = client.get("/data/")

    assert "before the first version" in page.content.decode()
    assert read_csv(client.get("/data/items.csv")) == []


def test_versions_file_covers_every_version(client, harbor):
    version(instant(2019, 6, 1), status="unreadable")

    assert [row["is_readable"] for row in read_csv(client.get("/data/versions.csv?as_of=2019-12-31"))] == [
        "true",
        "true",
    ]


def test_landscape_yml_is_the_landscape_of_the_day_with_its_terms(client, harbor):
    response = client.get("/data/landscape.yml?as_of=2018-03-01")
    text = body_of(response)

    assert response["Content-Type"] == "application/yaml"
    assert response["Content-Disposition"] == 'attachment; filename="landscape-2018-03-01.yml"'
    assert text.startswith("# as_of: 2018-03-01T23:59:59Z\n# commit: ")
    assert "# licence: CC BY 4.0\n" in text
    assert yaml.safe_load(text)["landscape"][0]["subcategories"][0]["items"][0]["name"] == "Harbor"


def test_terms_that_nobody_said_are_claimed_nowhere(client):
    landscape(name="Harbour Landscape", licence="")
    period(item("Harbor"))

    answer = client.get("/data/items.csv")
    body_of(answer)
    document = json.loads(body_of(client.get("/data/items.json")))
    pages = [
        client.get(path).content.decode() for path in ("/data/", "/cite/?page=/&figure=Items", "/", "/data/map.svg")
    ]

    assert "Link" not in answer
    assert (document["licence"], document["attribution"]) == (None, "Harbour Landscape")
    assert [page for page in pages if "CC BY" in page or "CNCF" in page or "creativecommons" in page] == []
    assert all("Harbour Landscape" in page for page in pages)


def test_licence_stands_in_the_link_header(client, harbor):
    answer = client.head("/data/items.csv")

    assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
