import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landscape.embedded import children, commands
from landscape.embedded.errors import EmbeddedError, UsageError
from landscape.embedded.preparation import Stamp

FORWARD = """
import os, sys
from landscape.embedded import children
code = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7)); print('up', flush=True); time.sleep(60)"
sys.exit(children.run_in_our_place([sys.executable, "-c", code], environment=dict(os.environ)))
"""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (EmbeddedError("It is broken."), 1, "It is broken.\n"),
        (UsageError("There is no such thing."), 2, "There is no such thing.\n"),
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
    ],
)
def test_known_failure_is_one_sentence_and_a_code(monkeypatch, capsys, error, code, said):
    def fail(_arguments):
        raise error

    monkeypatch.setitem(commands.COMMANDS, "check", fail)

    assert commands.run("check", []) == code
    assert capsys.readouterr().err == said


def test_signal_reaches_the_program_in_our_place_and_its_code_is_ours():
    with subprocess.Popen([sys.executable, "-c", FORWARD], stdout=subprocess.PIPE, text=True) as ours:
        assert ours.stdout.readline() == "up\n"
        ours.send_signal(signal.SIGTERM)

        assert ours.wait(20) == 7


def test_program_that_a_signal_ended_has_the_shells_code():
    code = "import os; os.kill(os.getpid(), 9)"
    wrapper = FORWARD.split("code =", maxsplit=1)[0] + (
        f"sys.exit(children.run_in_our_place([sys.executable, '-c', {code!r}], environment=dict(os.environ)))"
    )

    assert subprocess.run([sys.executable, "-c", wrapper], check=False).returncode == 137


def test_manage_command_names_the_file_wherever_we_are():
    assert Path(children.manage("check")[1]).is_absolute()


def test_step_is_due_until_it_was_done_with_the_files_as_they_are(layout, tmp_path):
    layout.run.mkdir()
    stamp, content = Stamp(layout, "built-in data"), tmp_path / "items.yml"
    content.write_text("a")
    assert not stamp.is_current([content])

    stamp.keep([content])
    assert stamp.is_current([content])
    content.write_text("b")
    later = time.time_ns() + 1_000_000_000
    os.utime(content, ns=(later, later))
    assert not stamp.is_current([content])

    stamp.keep([content])
    stamp.forget()
    assert not stamp.is_current([content])
