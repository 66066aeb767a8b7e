"""Look-ups, contributors and star history by the published shapes."""

from datetime import UTC, date, datetime

import httpx
import pytest

from sources.clients.github import FullName, ProblemKind, RateLimitedError
from tests.sources.clients.github.answers import LIMIT_HEADERS

NAME = FullName("torvalds", "linux")
CONTRIBUTORS = "/repos/torvalds/linux/contributors"
HISTORY = "/repos/torvalds/linux/stargazers/history"


@pytest.mark.parametrize(
    ("response", "kind", "is_transient"),
    [
        (httpx.Response(404, json={"message": "Not Found"}), ProblemKind.NOT_FOUND, False),
        (httpx.Response(404, html="<html>a proxy's page</html>"), ProblemKind.MALFORMED, True),
        (
            httpx.Response(451, json={"message": "Repository access blocked", "block": {"reason": "dmca"}}),
            ProblemKind.BLOCKED_DMCA,
            False,
        ),
        (
            httpx.Response(403, json={"message": "Repository access blocked", "block": {"reason": "tos"}}),
            ProblemKind.BLOCKED_TOS,
            False,
        ),
        (
            httpx.Response(403, json={"message": "Resource protected"}, headers={"x-github-sso": "required; url=x"}),
            ProblemKind.FORBIDDEN_SAML,
            False,
        ),
        (
            httpx.Response(403, json={"message": "The 'x' organization forbids access via a personal access token"}),
            ProblemKind.FORBIDDEN_POLICY,
            False,
        ),
        (httpx.Response(403, json={"message": "Must have admin rights"}), ProblemKind.FORBIDDEN, False),
        (httpx.Response(409, json={"message": "Git Repository is empty."}), ProblemKind.EMPTY, False),
        (httpx.Response(502, html="<html></html>"), ProblemKind.TIMEOUT, True),
        (httpx.Response(500, json={"message": "Server Error"}), ProblemKind.SERVER_ERROR, True),
        (httpx.Response(200, json={"message": "hm"}), ProblemKind.MALFORMED, True),
    ],
)
def test_a_look_up_tells_why_there_is_no_repository(client, github, response, kind, is_transient):
    github.get("/repos/torvalds/linux").mock(return_value=response)

    problem = client.look_up_name(NAME)

    assert (problem.kind, problem.is_transient) == (kind, is_transient)


def test_a_limit_is_no_repositorys_problem(client, github):
    headers = {**LIMIT_HEADERS, "x-ratelimit-remaining": "0", "x-ratelimit-resource": "core"}
    github.get("/repositories/7").respond(403, json={"message": "API rate limit exceeded"}, headers=headers)

    with pytest.raises(RateLimitedError):
        client.look_up_id(7)


@pytest.mark.parametrize(
    "name", [FullName("..", "x"), FullName("a", "../../user"), FullName("a", "b?c"), FullName("", "b")]
)
def test_what_can_be_no_name_is_not_asked_for(client, github, name):
    assert client.look_up_name(name).kind == ProblemKind.NOT_FOUND
    assert client.count_contributors(name).kind == ProblemKind.NOT_FOUND
    assert client.read_star_history(name).kind == ProblemKind.NOT_FOUND
    assert len(github.calls) == 0


def test_contributors_are_the_last_pages_number(client, github):
    address = "https://api.github.com/repositories/2325298/contributors?per_page=1&anon=1&page="
    link = f'<{address}2>; rel="next", <{address}431>; rel="last"'
    route = github.get(CONTRIBUTORS, params={"per_page": "1", "anon": "1"}).respond(json=[{}], headers={"link": link})

    assert client.count_contributors(NAME).count == 431
    assert route.call_count == 1


@pytest.mark.parametrize(("people", "count"), [([], 0), ([{"type": "Anonymous"}], 1)])
def test_a_single_page_of_contributors_is_counted(client, github, people, count):
    github.get(CONTRIBUTORS).respond(json=people)

    assert client.count_contributors(NAME).count == count


def test_an_empty_repository_has_no_contributors(client, github):
    github.get(CONTRIBUTORS).respond(204)

    assert client.count_contributors(NAME).count == 0


def test_a_history_too_large_is_a_permanent_reason(client, github):
    message = "The history or contributor list is too large to list contributors for this repository via the API."
    github.get(CONTRIBUTORS).respond(403, json={"message": message}, headers={"x-ratelimit-remaining": "4000"})

    problem = client.count_contributors(NAME)

    assert (problem.kind, problem.is_transient, problem.message) == (ProblemKind.TOO_LARGE, False, message)


def test_contributors_without_a_last_page_are_not_guessed(client, github):
    link = '<https://api.github.com/repositories/1/contributors?page=2>; rel="next"'
    github.get(CONTRIBUTORS).respond(json=[{}], headers={"link": link})

    assert client.count_contributors(NAME).kind == ProblemKind.MALFORMED


def test_weeks_of_stars_are_read_with_the_page_that_follows(client, github):
    week = {"week": 1795334400, "total": 6, "days": [1, 0, 2, 0, 0, 3, 0]}
    link = '<https://api.github.com/repositories/1/stargazers/history?page=2>; rel="next"'
    github.get(HISTORY, params={"page": "1"}).respond(json=[week], headers={"link": link})

    page = client.read_star_history(NAME)

    assert page.next_page == 2
    assert page.weeks[0].begins_at == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert (page.weeks[0].week_on, page.weeks[0].total, page.weeks[0].days) == (
        date(2026, 11, 22),
        6,
        (1, 0, 2, 0, 0, 3, 0),
    )


def test_a_week_that_begins_east_of_utc_keeps_its_sunday(client, github):
    github.get(HISTORY).respond(json=[{"week": 1795305600 - 8 * 3600, "total": 0, "days": [0] * 7}])

    assert client.read_star_history(NAME).weeks[0].week_on == date(2026, 11, 22)


@pytest.mark.parametrize(("page", "weeks", "following"), [(1, 30, 2), (1, 29, None), (100, 30, None), (3, 0, None)])
def test_without_links_a_full_page_has_a_successor(client, github, page, weeks, following):
    github.get(HISTORY).respond(
        json=[{"week": 1795334400 - n * 604800, "total": 0, "days": [0] * 7} for n in range(weeks)]
    )

    assert client.read_star_history(NAME, page=page).next_page == following


@pytest.mark.parametrize("body", [{}, [{"week": "x"}], [{"week": 1, "total": 1, "days": [1]}], [None]])
def test_a_history_of_another_shape_is_not_stored(client, github, body):
    github.get(HISTORY).respond(json=body)

    assert client.read_star_history(NAME).kind == ProblemKind.MALFORMED
