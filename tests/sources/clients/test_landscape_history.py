"""Versions on the mainline, and what changed in each."""

import datetime as dt

import pytest

from sources.clients.landscape_errors import (
    BrokenLandscapeError,
    HistoryRewrittenError,
    IncompleteHistoryError,
    NotALandscapeError,
)
from sources.clients.landscape_history import read_history, read_latest
from sources.clients.landscape_sections import CategoryOutline
from sources.clients.landscape_source import open_source
from tests.landscape_repository import LandscapeRepository, landscape_text


def versions(repository, *, after=None):
    with open_source(str(repository.path)) as source:
        return list(read_history(source, after=after))


def changes(version):
    """Give the changed sections as names of their cards."""
    return {tuple(section.key): [card.name for card in section.cards] for section in version.changed}


def states(found):
    """Follow the differences, and give the whole state after each version."""
    state, all_states = {}, []
    for version in found:
        for key in version.removed:
            del state[key]
        state.update({section.key: section for section in version.changed})
        all_states.append({tuple(key): [card.name for card in section.cards] for key, section in state.items()})
    return all_states


def test_read_history_gives_each_version_as_its_difference(repository):
    one = repository.commit(
        {"App": {"Database": ["Vitess", "TiKV"], "Streaming": ["NATS"]}, "Runtime": {"CRI": ["rkt"]}}
    )
    two = repository.commit({"App": {"Database": ["Vitess"], "Streaming": ["NATS"]}, "Runtime": {"CRI": ["rkt"]}})
    three = repository.commit({"App": {"Database": ["Vitess"]}, "Runtime": {"CRI": ["rkt"], "Network": ["CNI"]}})

    found = versions(repository)

    assert [(version.position, version.commit, version.status) for version in found] == [
        (0, one, "read"),
        (1, two, "read"),
        (2, three, "read"),
    ]
    assert [changes(version) for version in found] == [
        {("App", "Database"): ["Vitess", "TiKV"], ("App", "Streaming"): ["NATS"], ("Runtime", "CRI"): ["rkt"]},
        {("App", "Database"): ["Vitess"]},
        {("Runtime", "Network"): ["CNI"]},
    ]
    assert [version.removed for version in found] == [(), (), (("App", "Streaming"),)]
    assert found[0].outline is found[1].outline
    assert found[2].outline == (CategoryOutline("App", ("Database",)), CategoryOutline("Runtime", ("CRI", "Network")))
    assert found[0].committed_at == dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)


def test_read_history_gives_an_unchanged_card_as_the_same_object(repository):
    repository.commit({"App": {"Database": ["Vitess", "TiKV"]}})
    repository.commit({"App": {"Database": ["TiKV"], "Streaming": ["Vitess"]}})

    first, second = versions(repository)

    assert first.changed[0].cards[0] is second.changed[1].cards[0]


def test_read_history_sees_a_section_that_only_moved_in_the_outline_alone(repository):
    repository.commit({"App": {"Database": ["Vitess"], "Streaming": ["NATS"]}})
    repository.commit({"App": {"Streaming": ["NATS"], "Database": ["Vitess"]}})

    second = versions(repository)[1]

    assert (second.changed, second.removed) == ((), ())
    assert second.outline == (CategoryOutline("App", ("Streaming", "Database")),)


def test_read_history_leaves_out_commits_without_a_change_of_the_file(repository):
    repository.write("README.md", "before the file")
    repository.commit_files()
    one = repository.commit({"App": {"Database": ["Vitess"]}})
    repository.write("README.md", "words")
    repository.commit_files()
    two = repository.commit({"App": {"Database": ["TiKV"]}})

    assert [(version.position, version.commit) for version in versions(repository)] == [(1, one), (3, two)]


@pytest.mark.parametrize(
    ("message", "follows_second"),
    [
        ("Merge branch 'master' of github.com:cncf/landscape", True),
        ("Merge branch 'master' of https://github.com/cncf/landscape into master", True),
        ("Merge remote-tracking branch 'origin/master'", True),
        ("Merge remote-tracking branch 'refs/remotes/origin/master'", True),
        ("Merge branch 'main' of github.com:acme/landscape", True),
        ("Merge pull request #295 from acme/feature", False),
        ("Merge branch 'feature'", False),
        ("Merge branch 'master-copy'", False),
        ("Fix the logo; Merge branch 'master'", False),
    ],
)
def test_read_history_follows_the_public_side_of_a_merge(repository, message, follows_second):
    root = repository.commit({"App": {"Database": ["A"]}})
    local = repository.commit({"App": {"Database": ["A", "Local"]}}, parents=[root])
    public = repository.commit({"App": {"Database": ["A", "Public"]}}, parents=[root])
    merge = repository.merge(local, public, {"App": {"Database": ["A", "Local", "Public"]}}, message=message)

    commits = [version.commit for version in versions(repository)]

    assert commits == [root, public if follows_second else local, merge]


def test_read_history_knows_the_name_of_the_checked_out_branch(tmp_path):
    repository = LandscapeRepository(tmp_path, branch="trunk")
    root = repository.commit({"App": {"Database": ["A"]}})
    local = repository.commit({"App": {"Database": ["B"]}}, parents=[root])
    public = repository.commit({"App": {"Database": ["C"]}}, parents=[root])
    merge = repository.merge(local, public, {"App": {"Database": ["D"]}}, message="Merge branch 'trunk' of host:x")

    assert [version.commit for version in versions(repository)] == [root, public, merge]


def test_read_history_orders_by_position_when_a_clock_went_back(repository):
    late = dt.datetime(2023, 7, 24, 10, tzinfo=dt.UTC)
    repository.commit({"App": {"Database": ["A"]}}, at=late)
    repository.commit({"App": {"Database": ["B"]}}, at=late - dt.timedelta(seconds=423))

    assert [version.committed_at for version in versions(repository)] == [late, late - dt.timedelta(seconds=423)]


def test_read_history_after_a_commit_gives_the_newer_versions_and_the_base(repository):
    repository.commit({"App": {"Database": ["A"]}})
    known = repository.commit({"App": {"Database": ["A", "B"], "Streaming": ["NATS"]}})
    new = repository.commit({"App": {"Database": ["A", "B"], "Streaming": ["NATS", "Kafka"]}})

    with open_source(str(repository.path)) as source:
        history = read_history(source, after=known)
        found = list(history)

    assert (len(history), history.tip) == (1, new)
    assert (history.base.commit, history.base.position) == (known, 1)
    assert changes(history.base) == {("App", "Database"): ["A", "B"], ("App", "Streaming"): ["NATS"]}
    assert [(version.position, version.commit) for version in found] == [(2, new)]
    assert changes(found[0]) == {("App", "Streaming"): ["NATS", "Kafka"]}
    assert history.base.changed[1].cards[0] is found[0].changed[0].cards[0]


def test_read_history_after_the_tip_has_nothing(repository):
    tip = repository.commit({"App": {"Database": ["A"]}})

    with open_source(str(repository.path)) as source:
        history = read_history(source, after=tip)

    assert (len(history), list(history), history.base) == (0, [], None)


def test_read_history_takes_the_last_readable_version_as_base(repository):
    readable = repository.commit({"App": {"Database": ["A"]}})
    broken = repository.commit("landscape: [")
    repository.commit({"App": {"Database": ["A", "B"]}})

    with open_source(str(repository.path)) as source:
        history = read_history(source, after=broken)

    assert history.base.commit == readable
    assert [changes(version) for version in history] == [{("App", "Database"): ["A", "B"]}]


def test_read_history_after_an_unknown_commit_says_that_history_was_rewritten(repository):
    repository.commit({"App": {"Database": ["A"]}})
    gone = repository.commit({"App": {"Database": ["B"]}})
    repository.commit({"App": {"Database": ["C"]}}, parents=[])

    with pytest.raises(HistoryRewrittenError, match=f"{gone[:12]}, is not on the mainline"):
        versions(repository, after=gone)


def test_read_history_counts_what_it_cannot_read_and_goes_on(repository):
    good = landscape_text({"App": {"Database": ["A"]}})
    repository.commit(good)
    texts = [
        good.replace("name: A\n", "name A\n"),
        good.replace("name: A\n", "name: ''\n"),
        good.encode().replace(b"name: A\n", b"name: \xff\n"),
        "words",
        "landscape:\n  - name: App\n    subcategories: 5\n",
        good + "            joined: 2020-02-31\n",
    ]
    broken = [repository.commit(text) for text in texts]
    gone = repository.commit(None)
    last = repository.commit({"App": {"Database": ["A", "B"]}})

    found = versions(repository)

    places = [f"landscape.yml at commit {commit[:12]}" for commit in broken]
    assert [version.problem for version in found] == [
        "",
        f"{places[0]}, line 9: not valid YAML (while scanning a simple key, could not find expected ':').",
        f"{places[1]}, line 8: a card has no name.",
        f"{places[2]}, line 9: not UTF-8 text (invalid leading UTF-8 octet).",
        f"{places[3]}: not a landscape, since it has no key 'landscape' or 'categories'.",
        f"{places[4]}, line 3: the list of subcategories is no list.",
        f"{places[5]}, line 12: a value cannot be read (day is out of range for month).",
        f"landscape.yml at commit {gone[:12]}: the file does not exist.",
        "",
    ]
    assert [version.status for version in found] == ["read", *["unreadable"] * 7, "read"]
    assert all(version.outline is found[0].outline for version in found[1:8])
    assert (found[8].commit, changes(found[8])) == (last, {("App", "Database"): ["A", "B"]})


def test_read_history_refuses_a_broken_tip_before_the_first_version(repository):
    repository.commit({"App": {"Database": ["A"]}})
    tip = repository.commit("landscape:\n  - name: [\n")

    with pytest.raises(BrokenLandscapeError) as caught:
        versions(repository)

    assert str(caught.value).startswith(f"landscape.yml at commit {tip[:12]}, line 3: not valid YAML (")
    assert (caught.value.file, caught.value.commit, caught.value.line) == ("landscape.yml", tip, 3)


def test_read_history_says_when_the_tip_lost_the_file(repository):
    repository.commit({"App": {"Database": ["A"]}})
    tip = repository.commit(None)

    with pytest.raises(BrokenLandscapeError, match=rf"^landscape.yml at commit {tip[:12]}: the file does not exist\.$"):
        versions(repository)


def test_read_history_says_when_there_never_was_a_file(repository):
    repository.write("README.md", "words")
    repository.commit_files()

    with pytest.raises(NotALandscapeError, match=r"has no landscape\.yml in any version\.$"):
        versions(repository)


def test_read_history_follows_the_file_from_one_accepted_name_to_the_other(repository):
    text = landscape_text({"App": {"Database": ["A"]}})
    one = repository.commit(text)
    repository.file = "data.yml"
    repository.write("landscape.yml", None)
    repository.commit(text)
    three = repository.commit(text.replace("landscape:", "categories:").replace("A", "B"))

    assert [version.commit for version in versions(repository)] == [one, three]


def test_read_history_refuses_a_shallow_clone(repository, tmp_path):
    repository.commit({"App": {"Database": ["A"]}})
    repository.commit({"App": {"Database": ["B"]}})
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(clone))

    with open_source(str(clone)) as source, pytest.raises(IncompleteHistoryError, match="fetch --unshallow"):
        read_history(source)


def test_read_history_of_a_partial_clone_counts_missing_versions_and_fetches_nothing(repository, tmp_path):
    one = repository.commit({"App": {"Database": ["A"]}})
    repository.commit({"App": {"Database": ["A", "B"]}})
    clone = tmp_path / "clone"
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "--quiet", "--filter=blob:none", f"file://{repository.path}", str(clone))

    with open_source(str(clone)) as source:
        first, second = read_history(source)

    assert (first.status, second.status) == ("unreadable", "read")
    assert first.problem == (
        f"landscape.yml at commit {one[:12]}: the repository does not hold this version (a partial clone, or a damaged one)."
    )


def test_read_history_reports_a_damaged_object_and_goes_on(repository):
    repository.commit({"App": {"Database": ["A"]}})
    damaged = repository.commit({"App": {"Database": ["B"]}})
    repository.commit({"App": {"Database": ["C"]}})
    blob = repository.git("rev-parse", f"{damaged}:landscape.yml")
    file = repository.path / ".git" / "objects" / blob[:2] / blob[2:]
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:40])

    assert [version.status for version in versions(repository)] == ["read", "unreadable", "read"]


def test_read_history_passes_over_a_version_that_is_too_large(repository):
    repository.commit({"App": {"Database": ["A"]}})
    large = repository.commit("#" * (20 * 1024 * 1024 + 1))
    repository.commit({"App": {"Database": ["C"]}})

    _, passed, last = versions(repository)

    assert passed.problem == (
        f"landscape.yml at commit {large[:12]}: 20,971,521 bytes are more than the 20,971,520 that are read."
    )
    assert changes(last) == {("App", "Database"): ["C"]}


def test_read_history_gives_one_origin_for_a_clone_and_its_bundle(repository, tmp_path):
    root = repository.commit({"App": {"Database": ["A"]}})
    repository.commit({"App": {"Database": ["B"]}})
    bundle = repository.bundle(tmp_path / "history.bundle")

    with open_source(str(repository.path)) as clone, open_source(str(bundle)) as unpacked:
        origins = [read_history(clone).origin, read_history(unpacked).origin]

    assert origins[0] == origins[1]
    assert (origins[0].kind, origins[0].identity, origins[0].commit_url(root)) == ("git", root, "")


def test_read_latest_gives_the_newest_version_whole(repository):
    repository.commit({"App": {"Database": ["A"]}})
    newest = repository.commit({"App": {"Database": ["A", "B"], "Streaming": []}})
    repository.write("README.md", "words")
    repository.commit_files()

    with open_source(str(repository.path)) as source:
        origin, version = read_latest(source)

    assert (version.position, version.commit, origin.kind) == (1, newest, "git")
    assert changes(version) == {("App", "Database"): ["A", "B"], ("App", "Streaming"): []}


def test_read_latest_of_a_file_has_neither_commit_nor_date(tmp_path):
    file = tmp_path / "landscape.yml"
    file.write_text(landscape_text({"App": {"Database": ["A"]}}))

    with open_source(str(file)) as source:
        origin, version = read_latest(source)

    assert (origin.kind, origin.identity, version.commit, version.committed_at) == ("file", "", "", None)
    assert changes(version) == {("App", "Database"): ["A"]}


def test_read_latest_of_a_broken_file_names_the_line(tmp_path):
    file = tmp_path / "landscape.yml"
    file.write_text("landscape:\n  - category:\n    name: ''\n")

    with open_source(str(file)) as source, pytest.raises(BrokenLandscapeError) as caught:
        read_latest(source)

    assert str(caught.value) == f"{file}, line 2: a category has no name."
