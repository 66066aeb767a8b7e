"""The core query: every alias judged by itself."""

import json
from datetime import UTC, datetime

import httpx
import pytest

from sources.clients.github import FullName, LanguageSize, LatestRelease, ProblemKind
from tests.sources.clients.github.answers import DAY, LIMIT_HEADERS, NOW, by_ids, error, node


def test_every_figure_of_a_repository_is_read(client, graphql):
    graphql.respond(json=by_ids(node()), headers=LIMIT_HEADERS)

    batch = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)

    answer = batch.answers["R_kgDOAAAB"]
    assert batch.problems == {}
    assert (batch.cost, batch.limits.remaining, batch.observed_at) == (5, 4990, NOW)
    assert (answer.node_id, answer.database_id, answer.full_name) == ("R_kgDOAAAB", 20580498, "kubernetes/kubernetes")
    assert (answer.stars, answer.forks, answer.open_issues, answer.closed_issues) == (120000, 42000, 1800, 46000)
    assert (answer.open_pull_requests, answer.merged_pull_requests, answer.closed_pull_requests) == (750, 60000, 22000)
    assert (answer.releases, answer.commits_30d, answer.size_kb) == (800, 640, 1234567)
    assert answer.latest_release == LatestRelease("v1.35.0", datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert (answer.license_spdx, answer.primary_language, answer.default_branch) == ("Apache-2.0", "Go", "master")
    assert answer.languages == (LanguageSize("Go", 7000000), LanguageSize("Shell", 900))
    assert answer.topics == ("containers", "cncf")
    assert answer.pushed_at == datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)
    assert answer.archived_at is None
    assert answer.missing == {}


def test_the_window_of_commits_is_cut_to_midnight(client, graphql):
    graphql.respond(json=by_ids(node()))

    client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)

    variables = json.loads(graphql.calls.last.request.content)["variables"]
    assert variables == {"ids": ["R_kgDOAAAB"], "since": "2026-10-23T00:00:00Z", "until": "2026-11-22T00:00:00Z"}


def test_names_are_variables_and_renames_are_followed(client, graphql):
    data = {"r0": node(), "r1": None}
    missing = error(["r1"], "Could not resolve to a Repository with the name 'a/\"b'.", "NOT_FOUND")
    graphql.respond(json={"data": data, "errors": [missing]})
    old, odd = FullName("GoogleCloudPlatform", "kubernetes"), FullName("a", '"b')

    batch = client.fetch_by_names([old, odd, old], day=DAY)

    sent = json.loads(graphql.calls.last.request.content)
    assert sent["variables"]["o1"] == "a"
    assert sent["variables"]["n1"] == '"b'
    assert '"b' not in sent["query"]
    assert batch.answers[old].full_name == "kubernetes/kubernetes"
    assert batch.problems[odd].kind == ProblemKind.NOT_FOUND


def test_good_answers_are_kept_whatever_the_others_say(client, graphql):
    ids = ["R_0", "R_1", "R_2", "R_3", "R_4", "R_5", "R_6"]
    nodes = [None, node(id="R_1"), None, None, None, None, None]
    errors = [
        error(["nodes", 0], "Could not resolve to a node with the global id of 'R_0'", "NOT_FOUND"),
        error(["nodes", 2], "Resource protected by organization SAML enforcement.", "FORBIDDEN", saml_failure=True),
        error(
            ["nodes", 3],
            "The 'NixOS' organization forbids access via a fine-grained personal access tokens if the token's "
            "lifetime is greater than 90 days.",
            "FORBIDDEN",
        ),
        error(["nodes", 4], "Resource limits for this query exceeded.", "RESOURCE_LIMITS_EXCEEDED"),
        error(["nodes", 5, "openIssues"], "Resource not accessible by integration", "FORBIDDEN"),
    ]
    graphql.respond(json=by_ids(*nodes, errors=errors))

    batch = client.fetch_by_ids(ids, day=DAY)

    assert set(batch.answers) == {"R_1"}
    assert {key: problem.kind for key, problem in batch.problems.items()} == {
        "R_0": ProblemKind.NOT_FOUND,
        "R_2": ProblemKind.FORBIDDEN_SAML,
        "R_3": ProblemKind.FORBIDDEN_POLICY,
        "R_4": ProblemKind.RESOURCE_LIMITS,
        "R_5": ProblemKind.FORBIDDEN,
        "R_6": ProblemKind.UNKNOWN,
    }
    assert batch.problems["R_5"].field == "open_issues"
    assert [key for key, problem in batch.problems.items() if problem.is_transient] == ["R_4", "R_6"]
    assert batch.is_too_heavy


def test_a_field_that_fails_is_a_gap_with_its_reason(client, graphql):
    half = node(latestRelease=None, defaultBranchRef=None)
    errors = [
        error(["nodes", 0, "latestRelease"], "Something went wrong", "INTERNAL"),
        error(["nodes", 0, "defaultBranchRef", "target", "history"], "Resource limits", "RESOURCE_LIMITS_EXCEEDED"),
    ]
    graphql.respond(json=by_ids(half, errors=errors))

    batch = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)

    answer = batch.answers["R_kgDOAAAB"]
    assert (answer.stars, answer.latest_release, answer.commits_30d) == (120000, None, None)
    assert {name: problem.kind for name, problem in answer.missing.items()} == {
        "latest_release": ProblemKind.SERVER_ERROR,
        "commits_30d": ProblemKind.RESOURCE_LIMITS,
    }
    assert all(problem.is_transient for problem in answer.missing.values())
    assert batch.is_too_heavy


def test_an_empty_repository_has_no_commits_to_count(client, graphql):
    empty = node(isEmpty=True, defaultBranchRef=None, pushedAt=None, latestRelease=None, licenseInfo=None)
    graphql.respond(json=by_ids(empty))

    answer = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY).answers["R_kgDOAAAB"]

    assert answer.is_empty
    assert answer.commits_30d is None
    assert answer.missing["commits_30d"].kind == ProblemKind.EMPTY
    assert list(answer.missing) == ["commits_30d"]
    assert answer.license_spdx == ""


@pytest.mark.parametrize("license_info", [{"spdxId": "NOASSERTION"}, {"spdxId": None}])
def test_an_unrecognised_licence_is_not_none(client, graphql, license_info):
    graphql.respond(json=by_ids(node(licenseInfo=license_info)))

    answer = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY).answers["R_kgDOAAAB"]

    assert answer.license_spdx == "NOASSERTION"


def test_a_number_that_is_none_never_becomes_zero(client, graphql):
    graphql.respond(json=by_ids(node(stargazerCount=None, openIssues={"totalCount": None}, releases=None)))

    answer = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY).answers["R_kgDOAAAB"]

    assert (answer.stars, answer.open_issues, answer.releases) == (None, None, None)
    assert set(answer.missing) == {"stars", "open_issues", "releases"}


def test_a_figure_that_was_not_asked_for_is_no_gap(client, graphql):
    partial = node()
    del partial["openIssues"], partial["defaultBranchRef"]
    graphql.respond(json=by_ids(partial))

    batch = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY, without={"open_issues", "commits_30d"})

    sent = json.loads(graphql.calls.last.request.content)
    assert "openIssues" not in sent["query"]
    assert sent["variables"] == {"ids": ["R_kgDOAAAB"]}
    assert batch.answers["R_kgDOAAAB"].missing == {}


def test_the_branch_is_known_without_its_history(client, graphql):
    graphql.respond(json=by_ids(node(defaultBranchRef={"name": "main", "target": {}})))

    answer = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY, without={"commits_30d"}).answers["R_kgDOAAAB"]

    sent = json.loads(graphql.calls.last.request.content)["query"]
    assert ("defaultBranchRef" in sent, "history" in sent) == (True, False)
    assert (answer.default_branch, answer.missing) == ("main", {})


@pytest.mark.parametrize(
    ("figure", "field"),
    [
        ("license_spdx", "licenseInfo"),
        ("primary_language", "primaryLanguage"),
        ("languages", "languages"),
        ("topics", "repositoryTopics"),
        ("latest_release", "latestRelease"),
    ],
)
def test_a_fact_that_fails_is_unknown_and_not_none(client, graphql, figure, field):
    failed = error(["nodes", 0, field], "Something went wrong", "INTERNAL")
    graphql.respond(json=by_ids(node(**{field: None}), errors=[failed]))

    answer = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY).answers["R_kgDOAAAB"]

    assert getattr(answer, figure) is None
    assert {name: problem.kind for name, problem in answer.missing.items()} == {figure: ProblemKind.SERVER_ERROR}


def test_a_node_that_is_no_repository_is_no_answer(client, graphql):
    graphql.respond(json=by_ids({}))

    assert client.fetch_by_ids(["U_1"], day=DAY).problems["U_1"].kind == ProblemKind.MALFORMED


def test_an_error_about_the_whole_query_is_no_repositorys_absence(client, graphql):
    errors = [error(None, "Something odd", "NOT_FOUND")]
    graphql.respond(json={"data": {"nodes": None}, "errors": errors})

    assert client.fetch_by_ids(["R_1"], day=DAY).problems["R_1"].kind == ProblemKind.UNKNOWN


def test_data_beside_a_limits_refusal_is_kept(client, graphql):
    errors = [error(["nodes", 1], "API rate limit exceeded", "RATE_LIMITED")]
    graphql.respond(json=by_ids(node(), None, errors=errors), headers={"retry-after": "30"})

    batch = client.fetch_by_ids(["R_kgDOAAAB", "R_2"], day=DAY)

    assert set(batch.answers) == {"R_kgDOAAAB"}
    assert batch.problems["R_2"].kind == ProblemKind.RATE_LIMITED
    assert (batch.pause.until - NOW).total_seconds() == 31


@pytest.mark.parametrize(
    ("response", "kind", "is_too_heavy"),
    [
        (httpx.Response(502, html="<html>Unicorn!</html>"), ProblemKind.TIMEOUT, True),
        (
            httpx.Response(504, json={"message": "We couldn't respond to your request in time."}),
            ProblemKind.TIMEOUT,
            True,
        ),
        (httpx.Response(500, html="<html></html>"), ProblemKind.SERVER_ERROR, False),
        (
            httpx.Response(
                200,
                json={
                    "data": None,
                    "errors": [
                        {
                            "message": "Something went wrong while executing your query. "
                            "This may be the result of a timeout, or it could be a GitHub bug."
                        }
                    ],
                },
            ),
            ProblemKind.TIMEOUT,
            True,
        ),
        (httpx.Response(200, html="<html>Log in to the airport</html>"), ProblemKind.MALFORMED, False),
        (httpx.Response(200, json={"errors": []}), ProblemKind.UNKNOWN, False),
        (
            httpx.Response(
                200,
                json={
                    "errors": [
                        {
                            "path": ["fragment Figures", "archivedAt"],
                            "extensions": {"code": "undefinedField"},
                            "message": "Field 'archivedAt' doesn't exist on type 'Repository'",
                        }
                    ]
                },
            ),
            ProblemKind.QUERY_REFUSED,
            False,
        ),
        (
            httpx.Response(
                200, json={"errors": [{"type": "ARGUMENT_LIMIT", "message": "You may not provide more than 100"}]}
            ),
            ProblemKind.RESOURCE_LIMITS,
            True,
        ),
    ],
)
def test_an_answer_without_data_is_every_repositorys_problem(client, graphql, response, kind, is_too_heavy):
    graphql.mock(return_value=response)

    batch = client.fetch_by_ids(["R_1", "R_2"], day=DAY)

    assert batch.answers == {}
    assert {problem.kind for problem in batch.problems.values()} == {kind}
    assert set(batch.problems) == {"R_1", "R_2"}
    assert batch.is_too_heavy == is_too_heavy
    assert graphql.call_count == 1


def test_nothing_is_sent_for_no_repository(client, graphql):
    batch = client.fetch_by_ids([], day=DAY)

    assert not batch.is_sent
    assert graphql.call_count == 0


def test_watchers_are_counted_apart(client, graphql):
    errors = [error(["nodes", 1, "watchers"], "Must have admin rights", "FORBIDDEN")]
    graphql.respond(json=by_ids({"id": "R_1", "watchers": {"totalCount": 7}}, None, errors=errors, cost=1))

    batch = client.fetch_watchers(["R_1", "R_2"])

    assert batch.answers == {"R_1": 7}
    assert batch.problems["R_2"].kind == ProblemKind.FORBIDDEN
