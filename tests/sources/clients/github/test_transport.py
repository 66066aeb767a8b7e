"""One request: the token, lost connections, redirects, and what goes wrong as a whole."""

import logging
from datetime import UTC, datetime

import httpx
import pytest

from sources.clients.github import (
    ApiAddressError,
    FullName,
    GithubClient,
    ProblemKind,
    RateLimitedError,
    TokenRefusedError,
    TokenUnusableError,
)
from tests.sources.clients.github.answers import DAY, LIMIT_HEADERS, NOW, TOKEN, by_ids, node

NAME = FullName("kubernetes", "kubernetes")


def test_a_request_carries_what_github_asks_for(client, graphql):
    graphql.respond(json=by_ids(node()))

    client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)

    headers = graphql.calls.last.request.headers
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["user-agent"] == "strata"
    assert headers["x-github-api-version"] == "2026-03-10"


def test_an_enterprise_server_is_asked_at_its_own_paths(respx_mock):
    graphql = respx_mock.post("https://git.example.org/api/graphql").respond(json=by_ids(node()))
    rest = respx_mock.get("https://git.example.org/api/v3/repos/kubernetes/kubernetes").respond(
        404, json={"message": "Not Found"}
    )

    with GithubClient(token=TOKEN, api_url="https://git.example.org/api/v3", clock=lambda: NOW) as client:
        batch = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)
        missing = client.look_up_name(NAME)

    assert batch.answers["R_kgDOAAAB"].stars == 120000
    assert missing.kind == ProblemKind.NOT_FOUND
    assert graphql.calls.last.request.headers["x-github-api-version"] == "2022-11-28"
    assert rest.call_count == 1


@pytest.mark.parametrize("token", ["", "  \n", "ghp_abc\ndef", "ghp abc", "ghp_é"])
def test_an_unusable_token_is_refused_before_anything_is_sent(token):
    with pytest.raises(TokenUnusableError) as refused:
        GithubClient(token=token)

    assert "ghp" not in str(refused.value)


def test_the_token_stands_in_no_log_repr_or_error(client, graphql, caplog):
    caplog.set_level(logging.DEBUG)
    graphql.respond(401, json={"message": "Bad credentials"})

    with pytest.raises(TokenRefusedError, match="Bad credentials") as refused:
        client.fetch_by_ids(["R_1"], day=DAY)

    shown = [
        caplog.text,
        str(refused.value),
        repr(refused.value),
        repr(client),
        repr(client._transport),
        repr(vars(client._transport)),
    ]
    assert [text for text in shown if "SECRET" in text] == []


def test_a_token_that_may_do_nothing_is_refused(client, graphql):
    graphql.respond(403, json={"message": "Your account was suspended"})

    with pytest.raises(TokenRefusedError, match="suspended"):
        client.fetch_by_ids(["R_1"], day=DAY)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2026-12-01 08:00:00 UTC", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2026-12-01 08:00:00 +0100", datetime(2026, 12, 1, 7, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_the_tokens_end_is_known_from_any_answer(client, graphql, told, expected):
    graphql.respond(json=by_ids(node()), headers={"github-authentication-token-expiration": told})

    client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)

    assert client.token_expires_at == expected


def test_a_lost_connection_is_tried_again(client, graphql, waits):
    graphql.side_effect = [
        httpx.ReadError("reset"),
        httpx.ConnectError("refused"),
        httpx.Response(200, json=by_ids(node())),
    ]

    batch = client.fetch_by_ids(["R_kgDOAAAB"], day=DAY)

    assert batch.answers["R_kgDOAAAB"].stars == 120000
    assert waits == [1.0, 3.0]


def test_a_server_out_of_reach_is_every_repositorys_transient_problem(client, graphql):
    graphql.side_effect = httpx.ConnectError("refused")

    batch = client.fetch_by_ids(["R_1", "R_2"], day=DAY)

    assert {problem.kind for problem in batch.problems.values()} == {ProblemKind.UNREACHABLE}
    assert not batch.is_too_heavy
    assert graphql.call_count == 3


def test_a_time_out_is_not_tried_again_at_the_same_size(client, graphql):
    graphql.side_effect = httpx.ReadTimeout("slow")

    batch = client.fetch_by_ids(["R_1"], day=DAY)

    assert batch.problems["R_1"].kind == ProblemKind.TIMEOUT
    assert batch.is_too_heavy
    assert graphql.call_count == 1


def test_a_wrong_address_stops_the_conversation(client, graphql):
    graphql.respond(404, json={"message": "Not Found"})

    with pytest.raises(ApiAddressError, match="no GraphQL"):
        client.fetch_by_ids(["R_1"], day=DAY)


def test_a_rename_is_followed_and_told(client, github):
    github.get("/repos/kubernetes/kubernetes").respond(
        301, json={}, headers={"location": "https://api.github.com/repositories/7"}
    )
    found = {"node_id": "R_7", "id": 7, "full_name": "k8s/k8s", "subscribers_count": 3100, "watchers_count": 120000}
    github.get("/repositories/7").respond(json=found)

    identity = client.look_up_name(NAME)

    assert (identity.database_id, identity.full_name, identity.is_moved, identity.watchers) == (
        7,
        "k8s/k8s",
        True,
        3100,
    )


def test_a_redirect_to_another_host_is_never_followed(client, github, respx_mock):
    elsewhere = respx_mock.get("https://evil.example.org/repositories/7").respond(json={})
    respx_mock.get("https://api.github.com/repos/kubernetes/kubernetes").respond(
        301, json={"message": "Moved Permanently"}, headers={"location": "https://evil.example.org/repositories/7"}
    )

    problem = client.look_up_name(NAME)

    assert problem.is_transient
    assert elsewhere.call_count == 0


def test_no_redirect_is_followed_once_the_budget_is_spent(client, github):
    spent = {**LIMIT_HEADERS, "x-ratelimit-remaining": "0", "x-ratelimit-resource": "core"}
    github.get("/repos/kubernetes/kubernetes").respond(
        301, json={}, headers={**spent, "location": "https://api.github.com/repositories/7"}
    )
    target = github.get("/repositories/7")

    with pytest.raises(RateLimitedError):
        client.look_up_name(NAME)

    assert target.call_count == 0
