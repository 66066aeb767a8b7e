"""The door itself: its command line, and how it makes the virtual environment."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent
RECORD = '#!/bin/sh\necho "$(basename "$0") $*" >> "$RECORD"\n'


def call_run(*arguments, python=sys.executable):
    return subprocess.run([python, ROOT / "run.py", *arguments], capture_output=True, text=True, check=False)


def test_it_parses_on_old_pythons_which_it_has_to_refuse():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))


def test_old_python_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(sys, "version", "3.8.18 (default)")

    with pytest.raises(SystemExit) as caught:
        run.main()

    assert caught.value.code == 1
    assert capsys.readouterr().err == "Strata needs Python 3.11 or newer, and this is 3.8.18: try python3.11 run.py.\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ("serve", ["127.0.0.1", "8000"])),
        (["--port", "8001"], ("serve", ["127.0.0.1", "8001"])),
        (["--host=::1", "--port=80"], ("serve", ["::1", "80"])),
        (["serve", "--port", "8001"], ("serve", ["127.0.0.1", "8001"])),
        (["manage", "shell", "-c", "1"], ("manage", ["shell", "-c", "1"])),
        (["test", "-k", "map", "--port"], ("test", ["-k", "map", "--port"])),
        (["backup", "my file"], ("backup", ["my file"])),
        (["check"], ("check", [])),
    ],
)
def test_command_line_is_understood(monkeypatch, words, expected):
    monkeypatch.delenv("PORT", raising=False)

    assert run.parse(words) == expected


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serv"], "There is no command 'serv'."),
        (["--frob"], "--frob is not an option."),
        (["--port"], "--port needs a value."),
        (["8001"], "There is no command '8001'."),
        (["--port", "http"], "The port must be a number from 1 to 65535, not 'http'."),
        (["--port", "65536"], "The port must be a number from 1 to 65535, not '65536'."),
        (["backup"], "backup takes one argument."),
        (["restore", "a", "b"], "restore takes one argument."),
        (["check", "fast"], "check takes no arguments."),
    ],
)
def test_wrong_command_line_is_one_sentence_and_code_2(capsys, words, sentence):
    with pytest.raises(SystemExit) as caught:
        run.parse(words)

    assert caught.value.code == 2
    assert capsys.readouterr().err.splitlines()[0] == sentence


def test_help_is_no_mistake(capsys):
    with pytest.raises(SystemExit) as caught:
        run.parse(["--help"])

    assert caught.value.code == 0
    assert capsys.readouterr().out == run.USAGE + "\n"


def test_port_comes_from_the_environment_too(monkeypatch):
    monkeypatch.setenv("PORT", "9000")

    assert run.parse([]) == ("serve", ["127.0.0.1", "9000"])
    assert run.parse(["--port", "9001"]) == ("serve", ["127.0.0.1", "9001"])


def test_wrong_command_does_not_set_anything_up():
    done = call_run("nonsense")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is no command 'nonsense'.\n{run.USAGE}\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Have run.py make its environment in a directory of the test, with only the programs put into ``bin`` there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    venv = tmp_path / "project" / ".venv"
    (venv / "bin").mkdir(parents=True)
    monkeypatch.setattr(run, "ROOT", tmp_path / "project")
    monkeypatch.setattr(run, "VENV", venv)
    monkeypatch.setattr(run, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(run, "STAMP", venv / "strata.stamp")
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("RECORD", str(tmp_path / "record"))
    for name in (run.RUN, run.DEVELOP):
        (tmp_path / "project" / name).write_text(name)
    program(venv / "bin" / "python", "exit 0\n")
    (venv / "old").write_text("a file of the environment as it was")
    return tmp_path


def program(path, body):
    """Put a program that records its call, then does ``body``."""
    path.write_text(RECORD + body)
    path.chmod(0o755)


def record(place):
    return (place / "record").read_text()


def test_uv_installs_where_there_is_one(place, capsys):
    program(place / "bin" / "uv", "exit 0\n")

    run.set_up(run.RUN)

    assert "uv pip install -q --compile-bytecode --require-hashes --only-binary :all:" in record(place)
    assert "-m pip" not in record(place)
    assert run.is_ready(run.RUN)
    assert capsys.readouterr().out.startswith("Setting up .venv from requirements-embedded.lock")


def test_pip_installs_where_uv_fails(place):
    program(place / "bin" / "uv", '[ "$1" = --version ]\n')

    run.set_up(run.RUN)

    assert "python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all:" in record(place)
    assert run.is_ready(run.RUN)


def test_failed_installation_is_told_and_tried_again_next_time(place, capsys):
    program(run.PYTHON, '[ "$3" != install ]\n')
    program(place / "bin" / "uv", "exit 1\n")

    with pytest.raises(SystemExit):
        run.set_up(run.RUN)

    assert "The packages could not be installed" in capsys.readouterr().err
    assert not run.is_ready(run.RUN)


def test_environment_that_was_cut_off_while_it_was_made_is_made_anew(place):
    make = f'[ "$1" != venv ] || cp {place}/spare-python {run.PYTHON}\n'
    program(place / "spare-python", "exit 0\n")
    program(place / "bin" / "uv", f"mkdir -p {run.PYTHON.parent}\n{make}")
    run.set_up(run.RUN)
    assert (run.VENV / "old").exists()

    run.STAMP.write_text(run.UNFINISHED)
    assert not run.is_ready(run.RUN)
    run.set_up(run.RUN)

    assert not (run.VENV / "old").exists()
    assert run.is_ready(run.RUN)


def test_environment_is_stale_once_its_lock_changes(place):
    program(place / "bin" / "uv", "exit 0\n")
    run.set_up(run.RUN)

    (run.ROOT / run.RUN).write_text("changed")

    assert not run.is_ready(run.RUN)


def test_environment_for_development_serves_every_command(place):
    program(place / "bin" / "uv", "exit 0\n")

    run.set_up(run.RUN)
    assert not run.is_ready(run.DEVELOP)
    run.set_up(run.DEVELOP)
    assert run.is_ready(run.DEVELOP)
    assert run.is_ready(run.RUN)


def test_environment_whose_python_is_gone_is_made_anew(place):
    program(place / "bin" / "uv", "exit 0\n")
    run.set_up(run.RUN)

    run.PYTHON.unlink()

    assert not run.is_ready(run.RUN)


def test_python_without_venv_and_pip_is_told_what_to_install(place, monkeypatch, capsys):
    program(place / "bare-python", "exit 1\n")
    run.PYTHON.unlink()
    run.STAMP.write_text(run.UNFINISHED)
    monkeypatch.setattr(sys, "executable", str(place / "bare-python"))

    with pytest.raises(SystemExit):
        run.set_up_with_pip(run.RUN)

    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_turn_is_held_until_the_file_is_closed(place):
    (run.ROOT / "run.py").write_text("")
    code = "import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    other = [sys.executable, "-c", code, str(run.ROOT / "run.py")]

    with run.my_turn():
        assert subprocess.run(other, stderr=subprocess.DEVNULL, check=False).returncode == 1
    assert subprocess.run(other, check=False).returncode == 0


@pytest.mark.enable_socket
def test_taken_port_is_told_before_anything_slow(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(SystemExit):
            run.require_free_port("127.0.0.1", port)

    assert capsys.readouterr().err.startswith(f"Strata cannot listen on 127.0.0.1 port {port} (")
