from pathlib import Path

from landscape.embedded import paths
from landscape.embedded.paths import Layout


def test_sockets_lie_in_the_home_directory():
    assert Layout(Path("/srv/strata")).sockets == Path("/srv/strata/run")


def test_sockets_of_a_long_path_lie_elsewhere():
    layout = Layout(Path("/srv") / ("x" * 90))

    assert layout.sockets.name.startswith("strata-")
    assert len(str(layout.sockets)) < paths.LONGEST_SOCKET_DIRECTORY


def test_sockets_of_a_path_with_spaces_or_chinese_lie_elsewhere():
    spaces, chinese = Layout(Path("/srv/my strata")), Layout(Path("/srv/云原生"))

    assert paths.PLAIN_PATH.fullmatch(str(spaces.sockets))
    assert paths.PLAIN_PATH.fullmatch(str(chinese.sockets))
    assert spaces.sockets != chinese.sockets


def test_sockets_do_not_depend_on_tmpdir(monkeypatch):
    layout = Layout(Path("/srv/my strata"))
    before = layout.sockets
    monkeypatch.setenv("TMPDIR", "/srv/elsewhere")

    assert layout.sockets == before


def test_urls_name_the_sockets(monkeypatch):
    monkeypatch.setenv("STRATA_HOME", "/srv/strata")

    assert paths.database_url() == "postgresql://strata@%2Fsrv%2Fstrata%2Frun:5432/strata"
    assert paths.broker_url() == "redis+socket:///srv/strata/run/valkey.sock"
    assert paths.tests().broker_url(3) == "redis+socket:///srv/strata/test/run/valkey.sock?virtual_host=3"


def test_home_is_in_the_project_unless_it_is_configured(monkeypatch, tmp_path):
    monkeypatch.delenv("STRATA_HOME", raising=False)
    assert paths.home() == paths.PROJECT / ".strata"

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRATA_HOME", "mine")
    assert paths.home() == tmp_path / "mine"
    assert list(tmp_path.iterdir()) == []
