"""Folders of repositories: removed with their owner, kept for the next time, mended after a kill."""

import signal
import subprocess
import sys

from sources.clients.landscape_folders import kept_folder, temporary_folder
from sources.clients.landscape_source import open_source
from tests.landscape_repository import LandscapeRepository

OWNER = """
import sys, time
from pathlib import Path
from sources.clients.landscape_folders import temporary_folder
with temporary_folder(Path(sys.argv[1])) as folder:
    print(folder, flush=True)
    time.sleep(60)
"""


def folders(parent):
    return sorted(path for path in parent.iterdir() if path.is_dir())


def test_temporary_folder_goes_with_its_block(tmp_path):
    with temporary_folder(tmp_path) as folder:
        assert folders(tmp_path) == [folder]
    assert folders(tmp_path) == []


def test_folder_of_a_killed_owner_goes_with_the_next_one_and_a_living_ones_stays(tmp_path):
    with subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as owner:
        left = owner.stdout.readline().strip()
        with temporary_folder(tmp_path) as second:
            assert [str(path) for path in folders(tmp_path)] == sorted([left, str(second)])
        owner.send_signal(signal.SIGKILL)
    with temporary_folder(tmp_path) as third:
        assert folders(tmp_path) == [third]


def test_kept_folder_stays_without_the_locks_that_a_killed_git_left(tmp_path):
    with kept_folder(tmp_path, "one") as folder:
        folder.mkdir()
        (folder / "config.lock").touch()
        (folder / "config").touch()
    with kept_folder(tmp_path, "one") as again:
        assert [path.name for path in again.iterdir()] == ["config"]


def test_damaged_cache_is_brought_anew(tmp_path):
    repository = LandscapeRepository(tmp_path / "source")
    tip = repository.commit({"Platform": {"Runtime": ["Argo"]}})
    bundle = repository.bundle(tmp_path / "history.bundle")
    with open_source(str(bundle), cache=tmp_path / "cache") as source:
        (source.repository / "HEAD").write_text("nonsense")
        (source.repository / "config").write_text("[nonsense")
    with open_source(str(bundle), cache=tmp_path / "cache") as source:
        assert source.tip == tip
