import os
import signal
import subprocess
import sys

from landscape.embedded.claims import Claim, Users

HOLD = """
import sys, time
from pathlib import Path
from landscape.embedded.claims import Claim, Users
users = Users(Path(sys.argv[1])); users.join()
claim = Claim(Path(sys.argv[2])); claim.take(); claim.note("here")
print("held", flush=True)
time.sleep(60)
"""


def hold(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path / "users"), str(tmp_path / "claim")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_users_know_the_last_one(tmp_path):
    first, second = Users(tmp_path / "users"), Users(tmp_path / "users")
    first.join()
    second.join()

    assert not first.is_last()
    second.leave()
    assert first.is_last()
    first.leave()


def test_users_who_never_joined_are_not_the_last(tmp_path):
    assert not Users(tmp_path / "users").is_last()


def test_claim_is_taken_once_and_tells_by_whom(tmp_path):
    first, second = Claim(tmp_path / "claim"), Claim(tmp_path / "claim")

    assert first.take()
    first.note("http://127.0.0.1:8000/")
    assert not second.take()
    assert second.read_note() == "http://127.0.0.1:8000/"
    first.release()
    assert second.take()
    assert second.read_note() == ""
    second.release()


def test_kill_gives_back_what_was_held(tmp_path):
    users, claim = Users(tmp_path / "users"), Claim(tmp_path / "claim")
    with hold(tmp_path) as process:
        users.join()
        assert not users.is_last()
        assert not claim.take()
        os.kill(process.pid, signal.SIGKILL)
    assert users.is_last()
    assert claim.take()
    users.leave()
    claim.release()
