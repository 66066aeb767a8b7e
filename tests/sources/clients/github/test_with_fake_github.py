"""The client against a whole GitHub: states, faults, limits, and what a night costs."""

from datetime import timedelta

import pytest

from sources.clients.github import BatchSize, FullName, GithubClient, ProblemKind, RateLimitedError
from sources.clients.github.queries import by_ids, by_names, query_cost
from tests.fakes.github import FakeGithub, Refusal, VirtualClock, World

FIGURES = [
    "stars",
    "forks",
    "open_issues",
    "closed_issues",
    "open_pull_requests",
    "merged_pull_requests",
    "closed_pull_requests",
    "releases",
    "commits_30d",
]


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def fake(clock):
    with FakeGithub(World(60), clock=clock) as fake:
        yield fake


@pytest.fixture
def client(fake, clock):
    with GithubClient(token=fake.token, api_url=fake.url, clock=clock, sleep=clock.sleep) as client:
        yield client


def full_name(repository):
    return FullName(repository.owner, repository.name)


def figures(answer):
    return {name: getattr(answer, name) for name in FIGURES}


def truth(fake, repository):
    return {name: fake.world.truth(repository, fake.day)[name] for name in FIGURES}


@pytest.mark.parametrize("size", [40, 50])
def test_a_thousand_repositories_cost_few_requests_and_points(clock, size):
    with (
        FakeGithub(World(1000), clock=clock) as fake,
        GithubClient(token=fake.token, api_url=fake.url, clock=clock) as client,
    ):
        ids = [repository.node_id for repository in fake.world]
        answers = {}
        for start in range(0, 1000, size):
            batch = client.fetch_by_ids(ids[start : start + size], day=fake.day)
            answers |= batch.answers
            assert batch.cost == query_cost(by_ids(), repositories=size)
        for repository in fake.world:
            assert figures(answers[repository.node_id]) == truth(fake, repository)

    assert fake.ledger.requests <= 25
    assert fake.ledger.points <= 150
    assert fake.ledger.points == 100


def test_a_thousand_repositories_by_name_cost_no_more():
    assert 20 * query_cost(by_names(50), repositories=50) <= 150


def test_the_answers_are_the_truth_by_name_too(fake, client):
    asked = {full_name(repository): repository for repository in fake.world}

    batch = client.fetch_by_names(list(asked), day=fake.day)

    assert batch.problems == {}
    assert {name: figures(answer) for name, answer in batch.answers.items()} == {
        name: truth(fake, repository) for name, repository in asked.items()
    }


def test_an_enterprise_address_works_the_same(fake, clock):
    repository = next(iter(fake.world))
    fake.world.rename(repository, "elsewhere/renamed")
    with GithubClient(token=fake.token, api_url=fake.enterprise_url, clock=clock) as client:
        batch = client.fetch_by_ids([repository.node_id], day=fake.day)
        identity = client.look_up_name(FullName("org-0", "project-0"))

    assert batch.answers[repository.node_id].full_name == "elsewhere/renamed"
    assert (identity.full_name, identity.is_moved) == ("elsewhere/renamed", True)


def test_each_state_is_told_and_costs_the_others_nothing(fake, client):
    saml, policy, missing, dmca, tos, private, hidden, *good = list(fake.world)[:12]
    saml.refusal, policy.refusal, dmca.refusal = Refusal.SAML, Refusal.POLICY, Refusal.DMCA
    tos.refusal, private.refusal = Refusal.TOS, Refusal.PRIVATE
    hidden.hidden.add("issues")
    fake.world.delete(missing)
    asked = [saml, policy, missing, dmca, tos, private, hidden, *good]

    batch = client.fetch_by_ids([repository.node_id for repository in asked], day=fake.day)

    assert set(batch.answers) == {repository.node_id for repository in good}
    assert [batch.problems[repository.node_id].kind for repository in asked[:7]] == [
        ProblemKind.FORBIDDEN_SAML,
        ProblemKind.FORBIDDEN_POLICY,
        ProblemKind.NOT_FOUND,
        ProblemKind.NOT_FOUND,
        ProblemKind.BLOCKED_TOS,
        ProblemKind.NOT_FOUND,
        ProblemKind.FORBIDDEN,
    ]
    looked_up = [client.look_up_id(repository.database_id).kind for repository in (missing, dmca, tos, private, saml)]
    assert looked_up == [
        ProblemKind.NOT_FOUND,
        ProblemKind.BLOCKED_DMCA,
        ProblemKind.BLOCKED_TOS,
        ProblemKind.NOT_FOUND,
        ProblemKind.FORBIDDEN_SAML,
    ]


def test_a_hidden_connection_is_named_and_can_be_left_out(fake, client):
    repository = next(iter(fake.world))
    repository.hidden.add("issues")

    problem = client.fetch_by_ids([repository.node_id], day=fake.day).problems[repository.node_id]
    batch = client.fetch_by_ids([repository.node_id], day=fake.day, without={"open_issues", "closed_issues"})

    assert problem.field == "open_issues"
    answer = batch.answers[repository.node_id]
    assert answer.open_issues is None
    assert answer.stars == truth(fake, repository)["stars"]


def test_a_repository_is_followed_through_renames_and_told_from_its_successor(fake, client):
    renamed, recreated, *_ = fake.world
    old_name = full_name(renamed)
    fake.world.rename(renamed, "new-home/new-name")
    successor = fake.world.recreate(recreated)

    by_id = client.fetch_by_ids([renamed.node_id, recreated.node_id], day=fake.day)
    by_name = client.fetch_by_names([old_name, full_name(recreated)], day=fake.day)

    assert by_id.answers[renamed.node_id].full_name == "new-home/new-name"
    assert by_id.problems[recreated.node_id].kind == ProblemKind.NOT_FOUND
    assert by_name.answers[old_name].database_id == renamed.database_id
    assert by_name.answers[full_name(recreated)].database_id == successor.database_id
    assert client.look_up_id(recreated.database_id).kind == ProblemKind.NOT_FOUND
    assert client.look_up_name(full_name(recreated)).database_id == successor.database_id


def test_archived_disabled_and_empty_are_answers(fake, client, clock):
    archived, disabled, empty, *_ = fake.world
    fake.world.archive(archived, clock.now)
    disabled.is_disabled = empty.is_empty = True

    answers = client.fetch_by_ids([r.node_id for r in (archived, disabled, empty)], day=fake.day).answers

    assert (answers[archived.node_id].is_archived, answers[archived.node_id].archived_at) == (True, clock.now)
    assert answers[disabled.node_id].is_disabled
    assert answers[empty.node_id].missing["commits_30d"].kind == ProblemKind.EMPTY
    assert client.count_contributors(full_name(empty)).count == 0


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("bad_gateway", ProblemKind.TIMEOUT),
        ("bad_gateway_html", ProblemKind.TIMEOUT),
        ("gateway_timeout", ProblemKind.TIMEOUT),
        ("server_error", ProblemKind.SERVER_ERROR),
        ("null_data", ProblemKind.TIMEOUT),
        ("html", ProblemKind.MALFORMED),
    ],
)
def test_a_failed_batch_is_a_transient_problem_of_each(fake, client, fault, kind):
    ids = [repository.node_id for repository in fake.world][:10]
    fake.faults.add(fault, times=1)

    failed = client.fetch_by_ids(ids, day=fake.day)
    again = client.fetch_by_ids(ids, day=fake.day)

    assert {problem.kind for problem in failed.problems.values()} == {kind}
    assert all(problem.is_transient for problem in failed.problems.values())
    assert set(again.answers) == set(ids)


def test_a_broken_connection_is_tried_again(fake, client):
    ids = [repository.node_id for repository in fake.world]
    fake.faults.add("reset", times=2)

    batch = client.fetch_by_ids(ids, day=fake.day)

    assert set(batch.answers) == set(ids)
    assert fake.ledger.requests == 3


def test_an_answer_that_never_comes_is_a_time_out(fake, clock):
    ids = [repository.node_id for repository in fake.world]
    fake.faults.add("timeout", times=1)
    with GithubClient(token=fake.token, api_url=fake.url, clock=clock, timeout_seconds=0.05) as client:
        batch = client.fetch_by_ids(ids, day=fake.day)

    assert {problem.kind for problem in batch.problems.values()} == {ProblemKind.TIMEOUT}
    assert batch.is_too_heavy


@pytest.mark.parametrize("fault", ["resource_limits", "history_limits"])
def test_what_fits_the_resource_limits_is_kept(fake, client, fault):
    ids = [repository.node_id for repository in fake.world][:30]
    fake.faults.add(fault, above=20)

    batch = client.fetch_by_ids(ids, day=fake.day)

    whole = [key for key, answer in batch.answers.items() if not answer.missing]
    assert whole == ids[:20]
    assert batch.is_too_heavy
    assert client.fetch_by_ids(ids[20:], day=fake.day).problems == {}


def test_silently_smaller_counts_are_right_again_for_one_repository(fake, client):
    repositories = list(fake.world)
    fake.faults.add("shrink", above=40)

    shrunk = client.fetch_by_ids([each.node_id for each in repositories], day=fake.day)
    alone = client.fetch_by_ids([repositories[0].node_id], day=fake.day)

    assert shrunk.problems == {}
    assert shrunk.answers[repositories[0].node_id].open_issues == truth(fake, repositories[0])["open_issues"] // 2
    assert figures(alone.answers[repositories[0].node_id]) == truth(fake, repositories[0])


def test_batches_shrink_until_every_repository_is_answered(fake, client):
    fake.faults.add("gateway_timeout", above=10)
    waiting, size, answered = [repository.node_id for repository in fake.world], BatchSize(), {}

    while waiting:
        asked = waiting[: size.current]
        batch = client.fetch_by_ids(asked, day=fake.day)
        answered |= batch.answers
        waiting = [key for key in waiting if key not in answered]
        size = size.after(is_too_heavy=batch.is_too_heavy, asked=len(asked))

    assert len(answered) == 60
    assert fake.ledger.requests <= 20


@pytest.mark.parametrize(
    ("fault", "seconds"), [("secondary", 91), ("secondary_429", 91), ("secondary_untold", 60), ("primary", 3601)]
)
def test_nothing_is_sent_while_limited(fake, client, clock, fault, seconds):
    ids = [repository.node_id for repository in fake.world]
    fake.faults.add(fault, times=1, retry_after=90, resource="graphql")

    refused = client.fetch_by_ids(ids, day=fake.day)
    held_back = client.fetch_by_ids(ids, day=fake.day)

    assert refused.pause.until == clock.now + timedelta(seconds=seconds)
    assert {problem.kind for problem in refused.problems.values()} == {ProblemKind.RATE_LIMITED}
    assert (held_back.is_sent, held_back.pause) == (False, refused.pause)
    assert fake.ledger.requests == 1
    clock.advance_to(refused.pause.until)
    assert client.fetch_by_ids(ids, day=fake.day).problems == {}
    assert fake.ledger.violations == []


def test_a_budget_that_an_answer_spends_holds_back_the_next(clock):
    with (
        FakeGithub(World(60), clock=clock, limit=12) as fake,
        GithubClient(token=fake.token, api_url=fake.url, clock=clock) as client,
    ):
        ids = [repository.node_id for repository in fake.world][:50]
        batches = [client.fetch_by_ids(ids, day=fake.day) for _ in range(5)]

    assert [batch.is_sent for batch in batches] == [True, True, True, False, False]
    assert fake.ledger.violations == []


def test_rest_is_not_asked_while_limited_either(fake, client, clock):
    repository = next(iter(fake.world))
    fake.faults.add("secondary", times=1, retry_after=30, resource="core")

    for _ in range(3):
        with pytest.raises(RateLimitedError) as limited:
            client.count_contributors(full_name(repository))
    clock.advance_to(limited.value.pause.until)

    assert (
        client.count_contributors(full_name(repository)).count == fake.world.truth(repository, fake.day)["contributors"]
    )
    assert fake.ledger.requests == 2
    assert fake.ledger.violations == []


def test_the_star_history_sums_to_the_stars(fake, client):
    repository = next(iter(fake.world))
    page, weeks = 1, []
    while page is not None:
        answer = client.read_star_history(full_name(repository), page=page)
        weeks += answer.weeks
        page = answer.next_page

    assert sum(week.total for week in weeks) == fake.world.truth(repository, fake.day)["stars"]
    assert all(sum(week.days) == week.total for week in weeks)
    assert len({week.week_on for week in weeks}) == len(weeks)


def test_watchers_cost_a_query_of_their_own(fake, client):
    repositories = list(fake.world)[:20]

    batch = client.fetch_watchers([each.node_id for each in repositories])

    assert batch.answers == {each.node_id: fake.world.truth(each, fake.day)["watchers"] for each in repositories}
    assert batch.cost == 1
