"""The stand-in is as strict as the real one, and counts what a careless client does."""

import httpx
import pytest

from tests.fakes.github import FakeGithub, VirtualClock, World


@pytest.fixture
def fake():
    with FakeGithub(World(5), clock=VirtualClock()) as fake:
        yield fake


@pytest.fixture
def http(fake):
    with httpx.Client(base_url=fake.url, headers={"authorization": f"Bearer {fake.token}"}) as http:
        yield http


def ask(http, query, **variables):
    return http.post("/graphql", json={"query": query, "variables": variables}).json()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('{ repository(owner: "a", name: "b") { stars } }', "Field 'stars' doesn't exist on type 'Repository'"),
        ('{ repository(owner: "a", id: "b") { id } }', "Field 'repository' doesn't accept argument 'id'"),
        ('{ repository(owner: "a", name: "b") { issues } }', "Field must have selections (field 'issues')"),
        ("query A($x: Int) { rateLimit { cost } }", "Variable $x is declared by A but not used"),
        ("query A { nodes(ids: $ids) { id } }", "Variable $ids is used by A but not declared"),
        (
            "query A($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            "Variable $ids of type [ID!]! was provided invalid value",
        ),
        ("query A { rateLimit { cost }", 'Parse error on "end of query"'),
        ("query A { rateLimit { ...Nothing } }", "Fragment Nothing was used, but not defined"),
    ],
)
def test_a_query_that_github_refuses_is_refused(http, query, message):
    answer = ask(http, query)

    assert "data" not in answer
    assert answer["errors"][0]["message"] == message


def test_lists_need_bounds(http):
    answer = ask(http, '{ repository(owner: "org-0", name: "project-0") { languages { edges { size } } } }')

    assert answer["data"] == {"repository": None}
    assert answer["errors"][0]["type"] == "MISSING_PAGINATION_BOUNDARIES"


def test_more_than_a_hundred_ids_are_refused(http):
    answer = ask(http, "query A($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["R_1"] * 101)

    assert answer["errors"][0]["type"] == "ARGUMENT_LIMIT"


@pytest.mark.parametrize(("is_every_counted", "cost"), [(True, 6), (False, 2)])
def test_both_readings_of_the_point_rule_are_charged(fake, http, is_every_counted, cost):
    fake.is_every_connection_counted = is_every_counted
    connections = "issues { totalCount } releases { totalCount } pullRequests { totalCount } discussions { totalCount }"
    paged = "languages(first: 10) { edges { size } } repositoryTopics(first: 5) { nodes { topic { name } } }"
    query = f"query A($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Repository {{ {connections} {paged} }} }} rateLimit {{ cost }} }}"

    assert ask(http, query, ids=["R_1"] * 100)["data"]["rateLimit"]["cost"] == cost


def test_a_request_while_limited_is_refused_again_and_counted(fake, http):
    fake.faults.add("secondary", times=1)

    answers = [http.get("/repos/org-0/project-0") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert len(fake.ledger.violations) == 2


def test_a_spent_budget_is_told_then_enforced_and_renewed(http, fake):
    fake.budgets["core"].limit = 2

    first, second, third = (http.get("/repos/org-0/project-0") for _ in range(3))
    fake.clock.advance(hours=1, seconds=1)

    assert [first.headers["x-ratelimit-remaining"], second.headers["x-ratelimit-remaining"]] == ["1", "0"]
    assert third.status_code == 403
    assert len(fake.ledger.violations) == 1
    assert http.get("/repos/org-0/project-0").status_code == 200


def test_a_stranger_is_refused(fake):
    assert httpx.get(f"{fake.url}/repos/org-0/project-0").json()["message"] == "Bad credentials"


def test_lists_of_people_are_closed(http):
    assert http.get("/repos/org-0/project-0/stargazers").status_code == 403


def test_the_same_seed_is_the_same_world():
    one, two, other = World(20), World(20), World(20, seed=2)
    day = VirtualClock().now.date()

    figures = [[world.truth(repository, day) for repository in world] for world in (one, two, other)]

    assert figures[0] == figures[1]
    assert figures[0] != figures[2]


def test_chance_is_the_same_for_the_same_seed():
    def served():
        with FakeGithub(World(5), clock=VirtualClock()) as fake:
            fake.faults.add("bad_gateway", rate=0.5)
            with httpx.Client(base_url=fake.url, headers={"authorization": f"Bearer {fake.token}"}) as http:
                return [http.get("/repos/org-0/project-0").status_code for _ in range(20)]

    assert served() == served()
    assert set(served()) == {200, 502}
