"""What a person may name as a source, and what is said about everything else."""

import os

import httpx
import pytest

from sources.clients import landscape_git as git
from sources.clients.landscape_errors import (
    GitError,
    LandscapeError,
    NotALandscapeError,
    SourceNotFoundError,
    SourceRefusedError,
    SourceUnreachableError,
)
from sources.clients.landscape_history import read_history
from sources.clients.landscape_origin import FileSource, Origin, public_repository_url
from sources.clients.landscape_remote import fetch_objects, fetch_repository
from sources.clients.landscape_source import current_tip, open_source
from tests.landscape_repository import LandscapeRepository, landscape_text

TEXT = landscape_text({"App": {"Database": ["Vitess"]}})
URL = "https://example.org/landscape.yml"


def opened(location):
    """Open a source and read what can be read before it closes."""
    with open_source(str(location)) as source:
        if isinstance(source, FileSource):
            return source.content.decode()
        return [version.commit for version in read_history(source)]


@pytest.fixture
def commits(repository):
    return [repository.commit(TEXT), repository.commit(TEXT.replace("Vitess", "TiKV"))]


def test_open_source_reads_a_clone_and_its_git_folder(repository, commits):
    assert opened(repository.path) == commits
    assert opened(repository.path / ".git") == commits
    assert opened(f"file://{repository.path}") == commits


def test_open_source_reads_a_clone_through_a_link_and_with_spaces(repository, commits, tmp_path):
    link = tmp_path / "a clone; rm -rf $HOME"
    link.symlink_to(repository.path)

    assert opened(link) == commits


def test_open_source_reads_a_bare_repository(repository, commits, tmp_path):
    bare = tmp_path / "bare.git"
    repository.git("clone", "--quiet", "--bare", str(repository.path), str(bare))

    assert opened(bare) == commits


def test_open_source_reads_a_work_tree_beside_its_repository(repository, commits, tmp_path):
    tree = tmp_path / "tree"
    repository.git("worktree", "add", "--quiet", "--detach", str(tree), "master")

    assert opened(tree) == commits


def test_open_source_reads_the_only_branch_when_head_names_none(repository, commits):
    repository.git("symbolic-ref", "HEAD", "refs/heads/other")

    assert opened(repository.path) == commits


@pytest.mark.parametrize("branch", ["master", "trunk"])
def test_open_source_reads_a_bundle_of_one_branch(tmp_path, branch):
    repository = LandscapeRepository(tmp_path, branch=branch)
    commits = [repository.commit(TEXT)]

    assert opened(repository.bundle(tmp_path / "history.bundle")) == commits


def test_open_source_takes_the_branch_at_the_bundles_head(repository, commits, tmp_path):
    repository.git("branch", "another", commits[0])
    bundle = tmp_path / "all.bundle"
    repository.git("bundle", "create", "--quiet", str(bundle), "--all", "HEAD")

    assert opened(bundle) == commits


def test_open_source_removes_what_it_unpacked(repository, commits, tmp_path):
    bundle = repository.bundle(tmp_path / "history.bundle")

    with open_source(str(bundle)) as source:
        unpacked = source.repository
        assert unpacked.exists()

    assert not unpacked.exists()


def test_open_source_does_not_change_a_clone(repository, commits):
    before = sorted((path, path.stat().st_mtime_ns) for path in repository.path.rglob("*"))

    opened(repository.path)

    assert sorted((path, path.stat().st_mtime_ns) for path in repository.path.rglob("*")) == before


def test_open_source_ignores_variables_that_point_to_another_repository(repository, commits, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "objects"))

    assert opened(repository.path) == commits


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository to another user")
def test_open_source_reads_a_repository_of_another_user(repository, commits):
    for path in [repository.path, *repository.path.rglob("*")]:
        os.chown(path, 12345, 12345)

    assert opened(repository.path) == commits


def test_open_source_says_that_git_is_not_installed(repository, commits, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(GitError, match=r"^The program git is not installed\.$"):
        opened(repository.path)


def test_open_source_refuses_a_file_that_is_too_large(tmp_path):
    file = tmp_path / "landscape.yml"
    with file.open("wb") as stream:
        stream.truncate(20 * 1024 * 1024 + 1)

    with pytest.raises(NotALandscapeError) as caught:
        opened(file)

    assert str(caught.value) == f"'{file}' has 20,971,521 bytes, more than the 20,971,520 that are read."


def test_open_source_says_that_a_remote_has_several_branches_and_no_default(repository, commits, tmp_path):
    repository.git("branch", "one")
    repository.git("branch", "two", commits[0])
    bundle = tmp_path / "two.bundle"
    repository.git("bundle", "create", "--quiet", str(bundle), "one", "two")

    with pytest.raises(NotALandscapeError) as caught:
        opened(bundle)

    assert str(caught.value) == f"'{bundle}' has no default branch to read."


def test_open_source_runs_nothing_that_a_repository_configures(repository, commits, tmp_path):
    trap = tmp_path / "ran"
    for setting in ("core.fsmonitor", "core.sshCommand", "gpg.program", "core.pager", "core.askPass"):
        repository.git("config", setting, f"touch {trap}; false")
    repository.git("config", "log.showSignature", "true")

    assert opened(repository.path) == commits
    assert not trap.exists()


@pytest.mark.parametrize("name", ["landscape.yml", "data.yaml", "no-suffix"])
def test_open_source_reads_one_file(tmp_path, name):
    (tmp_path / name).write_text(TEXT)

    assert opened(tmp_path / name) == TEXT


@pytest.mark.parametrize(
    ("location", "error", "sentence"),
    [
        ("", SourceRefusedError, "No source is given; name a clone, a bundle, a git address or a landscape.yml."),
        ("--upload-pack=x", SourceRefusedError, "'--upload-pack=x' begins with a dash and could be taken for an option; write ./--upload-pack=x."),
        ("ext::sh -c touch% x", SourceRefusedError, "'ext::sh -c touch% x' uses a protocol that is not read; https, ssh, git and file are."),
        ("ftp://example.org/x.git", SourceRefusedError, "'ftp://example.org/x.git' uses a protocol that is not read; https, ssh, git and file are."),
        ("a\nb", SourceRefusedError, "The source's name holds a control character."),
        ("/no/such/place", SourceNotFoundError, "There is nothing at '/no/such/place'."),
        ("file:///no/such/place", SourceNotFoundError, "There is nothing at 'file:///no/such/place'."),
        ("/dev/null", NotALandscapeError, "'/dev/null' is neither a file nor a folder."),
        ("x" * 300, SourceNotFoundError, f"'{'x' * 300}' cannot be read: File name too long."),
        ("https://-oProxyCommand=x/y.git", SourceRefusedError, "'https://-oProxyCommand=x/y.git' names a host that begins with a dash."),
        ("ssh://-oProxyCommand=x/y.git", SourceRefusedError, "'ssh://-oProxyCommand=x/y.git' names a host that begins with a dash."),
    ],
)  # fmt: skip
def test_open_source_says_in_one_sentence_what_is_wrong(location, error, sentence):
    with pytest.raises(error) as caught:
        opened(location)

    assert str(caught.value) == sentence


def test_open_source_does_not_take_a_folder_inside_a_repository_for_it(repository, commits):
    inside = repository.path / "docs"
    inside.mkdir()
    (inside / "landscape.yml").write_text(TEXT)

    with pytest.raises(NotALandscapeError) as caught:
        opened(inside)

    assert str(caught.value) == (
        f"'{inside}' is not a git repository; to read the file alone, name landscape.yml itself."
    )


def test_open_source_says_that_a_repository_has_no_commit(tmp_path):
    repository = LandscapeRepository(tmp_path)

    with pytest.raises(NotALandscapeError, match=r"has no commit to read at its HEAD\.$"):
        opened(repository.path)


def test_open_source_says_that_a_repository_is_damaged(repository, commits):
    for folder in (repository.path / ".git" / "objects").iterdir():
        for file in folder.iterdir():
            file.unlink()

    with pytest.raises(LandscapeError) as caught:
        opened(repository.path)

    assert str(caught.value).count("\n") == 0


def test_open_source_says_that_a_bundle_lacks_its_first_commits(repository, commits, tmp_path):
    bundle = tmp_path / "part.bundle"
    repository.git("bundle", "create", "--quiet", str(bundle), f"{commits[0]}..master")

    with pytest.raises(SourceUnreachableError, match="lacks these prerequisite commits"):
        opened(bundle)


def test_open_source_says_that_a_bundle_is_cut_off(repository, commits, tmp_path):
    bundle = repository.bundle(tmp_path / "cut.bundle")
    bundle.write_bytes(bundle.read_bytes()[:-100])

    with pytest.raises(SourceUnreachableError, match="cannot be fetched"):
        opened(bundle)


def test_open_source_says_that_no_git_server_answers():
    with pytest.raises(SourceUnreachableError) as caught:
        opened("http://127.0.0.1:9/landscape.git")

    assert str(caught.value).startswith("'http://127.0.0.1:9/landscape.git' is no git repository that can be reached: ")


def test_open_source_fetches_a_file_and_follows_redirects(respx_mock):
    respx_mock.get("https://example.org/old.yml").respond(302, headers={"location": URL})
    respx_mock.get(URL).respond(200, text=TEXT)

    assert opened("https://example.org/old.yml") == TEXT


@pytest.mark.parametrize(
    ("answer", "error", "sentence"),
    [
        (httpx.Response(404), SourceUnreachableError, f"'{URL}' answers with status 404."),
        (
            httpx.Response(200, html="<p>sign in</p>"),
            NotALandscapeError,
            f"'{URL}' is a web page, not a YAML file; use the address of the raw file.",
        ),
        (
            httpx.Response(200, content=b"\n<!DOCTYPE html><html>"),
            NotALandscapeError,
            f"'{URL}' is a web page, not a YAML file; use the address of the raw file.",
        ),
        (
            httpx.Response(200, content=b"x" * (20 * 1024 * 1024 + 1)),
            NotALandscapeError,
            f"'{URL}' has more than the 20,971,520 bytes that are read.",
        ),
    ],
    ids=["status", "html", "html without its type", "too large"],
)
def test_open_source_refuses_answers_that_are_no_file(respx_mock, answer, error, sentence):
    respx_mock.get(URL).mock(return_value=answer)

    with pytest.raises(error) as caught:
        opened(URL)

    assert str(caught.value) == sentence


def test_open_source_says_that_a_server_cannot_be_reached(respx_mock):
    respx_mock.get(URL).mock(side_effect=httpx.ConnectTimeout("timed out"))

    with pytest.raises(SourceUnreachableError) as caught:
        opened(URL)

    assert str(caught.value) == f"'{URL}' cannot be reached: timed out."


def test_open_source_keeps_what_it_brought_in_the_cache(repository, commits, tmp_path):
    cache = tmp_path / "cache"
    bundle = repository.bundle(tmp_path / "history.bundle")
    with open_source(str(bundle), cache=cache) as source:
        kept = source.repository
    newer = repository.commit(TEXT.replace("Vitess", "NATS"))
    repository.bundle(bundle)

    with open_source(str(bundle), cache=cache) as source:
        assert (source.repository, source.tip) == (kept, newer)
        assert len(read_history(source)) == 3

    assert kept.is_relative_to(cache)
    assert kept.exists()


def test_current_tip_is_known_without_unpacking(repository, commits, tmp_path):
    bundle = repository.bundle(tmp_path / "history.bundle")
    file = tmp_path / "landscape.yml"
    file.write_text(TEXT)

    assert [current_tip(str(place)) for place in (repository.path, bundle, file)] == [commits[1], commits[1], ""]


def test_open_source_shows_no_password():
    with pytest.raises(SourceUnreachableError) as caught:
        opened("http://ada:secret@127.0.0.1:9/landscape.git")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("allows_filter", ["true", "false"])
def test_a_remote_is_read_with_and_without_partial_clones(repository, commits, tmp_path, allows_filter):
    """A source as fetched from a server: the versions come in one fetch, other files stay there if the server allows."""
    repository.write("logo.svg", "<svg/>")
    repository.commit_files()
    for setting in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        repository.git("config", setting, allows_filter)
    logo = repository.git("rev-parse", "master:logo.svg")

    source = fetch_repository(
        f"file://{repository.path}", tmp_path / "fetched.git", is_bundle=False, shown="the server"
    )
    found = [version.status for version in read_history(source)]
    objects = git.local_objects(source.repository)

    assert found == ["read", "read"]
    assert (objects is not None and logo in objects) is (allows_filter == "false")
    fetch_objects(source, [logo])
    assert next(git.read_objects(source.repository, [logo])).content == b"<svg/>"


def test_a_remote_that_keeps_its_older_versions_is_one_sentence(repository, commits, tmp_path):
    repository.git("config", "uploadpack.allowFilter", "true")
    source = fetch_repository(
        f"file://{repository.path}", tmp_path / "fetched.git", is_bundle=False, shown="the server"
    )
    repository.path.rename(tmp_path / "gone")

    with pytest.raises(SourceUnreachableError, match=r"^'the server' does not give its older versions: "):
        read_history(source)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://github.com/cncf/landscape", "https://github.com/cncf/landscape"),
        ("https://github.com/cncf/landscape.git", "https://github.com/cncf/landscape"),
        ("https://GitHub.com/cncf/landscape/", "https://github.com/cncf/landscape"),
        ("https://github.com/cncf/landscape/blob/master/landscape.yml", ""),
        ("git@github.com:cncf/landscape.git", ""),
        ("https://github.com.evil.example/cncf/landscape", ""),
        ("/srv/github.com/cncf/landscape", ""),
    ],
)
def test_public_repository_url_is_that_of_a_public_address_alone(address, url):
    assert public_repository_url(address) == url


def test_origin_links_commits_of_a_public_repository_alone():
    public = Origin("git", "abc", "https://github.com/cncf/landscape")

    assert public.commit_url("59b22ff6e") == "https://github.com/cncf/landscape/commit/59b22ff6e"
    assert (public.commit_url(""), Origin("git", "abc").commit_url("59b22ff6e")) == ("", "")
