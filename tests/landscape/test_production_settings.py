import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "STRATA_PRODUCTION": "1",
    "SECRET_KEY": "0123456789" * 5,
    "ALLOWED_HOSTS": "strata.example.org",
    "DATABASE_URL": "postgresql:///strata",
    "CELERY_BROKER_URL": "redis://broker/0",
}


def start(**changed):
    """Import the settings as a process of production does; a variable given as None is not set."""
    variables = {**COMPLETE, **changed}
    environment = {
        "PATH": os.environ["PATH"],
        **{name: value for name, value in variables.items() if value is not None},
    }
    command = [sys.executable, "-c", "import landscape.settings"]
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_production_starts_with_what_it_needs():
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set; production needs at least 50 random ones."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY has 5 characters; production needs at least 50 random ones."),
    ],
)
def test_production_names_the_secret_that_is_missing_or_weak(changed, said):
    ended = start(**changed)
    assert ended.returncode != 0
    assert said in ended.stderr.splitlines()[-1]
    assert "short" not in ended.stderr
