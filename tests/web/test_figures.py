"""Citing and reporting figures."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import FigureReport, User
from projects.models import LandscapeVersion
from tests.web.catalogue import instant, landscape, version
from web.citations import Citation

FIRST, SECOND = instant(2018, 3, 1), instant(2020, 4, 25)
COMMIT = "0123456789abcdef0123456789abcdef01234567"

pytestmark = pytest.mark.django_db

CITATION = Citation(
    figure="Items & 50% {more}",
    url="https://strata.example/?as_of=2020-04-25",
    data_day=date(2020, 4, 25),
    commit=COMMIT,
    source="CNCF Landscape",
    licence="CC BY 4.0",
    accessed_on=date(2026, 1, 2),
)


@pytest.mark.usefixtures("_english")
def test_citation_as_text_names_figure_day_source_licence_address():
    assert CITATION.text() == (
        "Strata, Items & 50% {more}. Data as of 2020-04-25: CNCF Landscape, commit 0123456789ab, CC BY 4.0. "
        "https://strata.example/?as_of=2020-04-25 (accessed 2026-01-02)."
    )


def test_citation_as_bibtex_escapes_what_tex_would_read():
    assert CITATION.bibtex() == (
        "@misc{strata-items-50-more-2020-04-25,\n"
        "  title = {{Items \\& 50\\% \\{more\\}}},\n"
        "  author = {{Strata}},\n"
        "  year = {2020},\n"
        "  note = {Data as of 2020-04-25: CNCF Landscape, commit 0123456789ab, CC BY 4.0},\n"
        "  url = {https://strata.example/?as_of=2020-04-25},\n"
        "  urldate = {2026-01-02},\n"
        "}"
    )


@pytest.fixture
def history():
    landscape(attribution="CNCF Landscape contributors")
    version(FIRST)
    version(SECOND)
    LandscapeVersion.objects.filter(effective_at=SECOND).update(commit=COMMIT)


def cite(client, page, figure="Items", prefix=""):
    return client.get(f"{prefix}/cite/", {"page": page, "figure": figure})


def test_cite_ties_a_page_of_a_day_to_the_data_it_shows(client, history):
    page = cite(client, "/?group=wasm").content.decode()

    assert 'href="http://testserver/?group=wasm&amp;as_of=2020-04-25T12%3A00%3A00Z"' in page
    assert "2020-04-25: CNCF Landscape contributors, commit 0123456789ab, CC BY 4.0" in page


def test_cite_keeps_the_day_that_a_page_shows(client, history):
    page = cite(client, "/?as_of=2019-01-01").content.decode()

    assert 'href="http://testserver/?as_of=2019-01-01"' in page
    assert "Data as of 2018-03-01" in page


def test_cite_leaves_the_address_of_a_page_that_has_no_day(client, history):
    assert 'href="http://testserver/trends/"' in cite(client, "/trends/").content.decode()


def test_cite_knows_pages_of_both_languages(client, history):
    for prefix in ("", "/zh-hans"):
        assert cite(client, "/zh-hans/quality/", prefix=prefix).status_code == 200


def test_cite_of_an_empty_database_says_unknown(client):
    with time_machine.travel(datetime(2026, 1, 2, tzinfo=UTC), tick=False):
        page = cite(client, "/").content.decode()

    assert "Data as of unknown" in page
    assert "accessed 2026-01-02" in page


NO_PAGES = [
    "",
    "javascript:alert(1)",
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "/nowhere/",
    "trends/",
    "/" + "x" * 600,
    "/\x00",
]


@pytest.mark.parametrize("page", NO_PAGES)
def test_cite_and_report_refuse_what_is_no_page_here(client, page):
    cited = cite(client, page)
    reported = client.post("/report/", {"page": page, "figure": "Items", "message": "Wrong."})

    assert (cited.status_code, reported.status_code) == (400, 422)
    assert "Page" in cited.content.decode()
    assert 'href="//' not in cited.content.decode()
    assert 'href="https://evil' not in cited.content.decode()
    assert not FigureReport.objects.exists()


def test_cite_escapes_what_it_is_given(client, history):
    page = cite(client, "/trends/", "<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


def send(client, **values):
    form = {"page": "/trends/", "figure": "Items", "message": "It was 1,381.", "email": "anna@example.org"}
    return client.post("/report/", form | values)


def test_report_lands_in_the_admin(client, admin_client):
    assert send(client)["Location"] == "/report/thanks/"

    report = FigureReport.objects.get()
    assert (report.page, report.figure, report.message) == ("/trends/", "Items", "It was 1,381.")
    assert (report.email, report.user, report.status) == ("anna@example.org", None, "open")
    assert "Items" in admin_client.get("/admin/accounts/figurereport/").content.decode()


def test_report_knows_who_is_logged_in(client):
    anna = User.objects.create_user("anna", "anna@example.org")
    client.force_login(anna)

    assert 'value="anna@example.org"' in client.get("/report/?page=/trends/&figure=Items").content.decode()
    send(client)

    assert FigureReport.objects.get().user == anna


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message", ""),
        ("message", "x" * 4001),
        ("figure", ""),
        ("figure", "x" * 301),
        ("email", "nowhere"),
        ("message", "\x00"),
    ],
)
def test_report_names_what_is_wrong(client, field, value):
    response = send(client, **{field: value})

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not FigureReport.objects.exists()


def test_report_of_a_machine_is_dropped_silently(client):
    assert send(client, website="https://spam.example")["Location"] == "/report/thanks/"
    assert not FigureReport.objects.exists()


def test_reports_are_bounded_for_an_address(client):
    for _ in range(5):
        assert send(client).status_code == 302

    assert "Too many reports" in send(client).content.decode()
    assert FigureReport.objects.count() == 5


def test_report_needs_its_token(client):
    assert Client(enforce_csrf_checks=True).post("/report/", {"page": "/trends/"}).status_code == 403


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize(
    "path", ["/cite/?page=/trends/&figure=x", "/report/?page=/trends/&figure=x", "/report/", "/report/thanks/"]
)
def test_pages_in_both_languages(client, prefix, path):
    assert client.get(prefix + path).status_code == 200


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("_english")
def test_actions_name_page_and_figure():
    request = RequestFactory().get("/trends/?resolution=year&category=a b")

    html = Template("{% load figure_actions %}{% figure_actions 'A & B' %}").render(Context({"request": request}))

    query = "page=%2Ftrends%2F%3Fresolution%3Dyear%26category%3Da%2520b&amp;figure=A+%26+B"
    assert f'href="/cite/?{query}"' in html
    assert f'href="/report/?{query}"' in html


@pytest.mark.usefixtures("_english")
def test_actions_of_a_very_long_address_name_its_path():
    request = RequestFactory().get("/trends/?q=" + "x" * 600)

    html = Template("{% load figure_actions %}{% figure_actions 'A' %}").render(Context({"request": request}))

    assert 'href="/cite/?page=%2Ftrends%2F&amp;figure=A"' in html


def test_cite_of_a_page_with_a_day_that_is_none_speaks_of_the_present(client, history):
    assert "Data as of 2020-04-25" in cite(client, "/?as_of=nonsense").content.decode()
