import pytest

from landscape.embedded import requirements
from landscape.embedded.requirements import LOCKS, NOTE, dependencies_digest, stale_locks

PROJECT = """
[project]
requires-python = ">=3.11"
dependencies = [
  "django",  # the framework
  "psycopg",
]
[dependency-groups]
embedded = ["psutil"]
dev = ["pytest"]
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    for name, groups in LOCKS.items():
        (tmp_path / name).write_text(f"{NOTE}{dependencies_digest(groups, tmp_path)}\ndjango==5.2\n")
    return tmp_path


def change(project, old, new):
    path = project / "pyproject.toml"
    path.write_text(path.read_text().replace(old, new))


def test_locks_that_fit_are_not_stale(project):
    assert stale_locks(project) == []


def test_comments_and_order_make_no_lock_stale(project):
    change(project, '"django",  # the framework\n  "psycopg",', '"psycopg", "django"')

    assert stale_locks(project) == []


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ('"django"', '"django>=5.2"', list(LOCKS)),
        ('">=3.11"', '">=3.12"', list(LOCKS)),
        ('"psutil"', '"psutil>=7"', ["requirements-dev.lock", "requirements-embedded.lock"]),
        ('"pytest"', '"pytest>=9"', ["requirements-dev.lock"]),
    ],
)
def test_changed_dependencies_make_their_locks_stale(project, old, new, stale):
    change(project, old, new)

    assert stale_locks(project) == stale


def test_smaller_locks_hold_the_versions_of_the_largest():
    pins = {
        name: {
            line.split()[0]
            for line in (requirements.PROJECT / name).read_text().splitlines()
            if "==" in line.split("#")[0]
        }
        for name in LOCKS
    }

    assert pins["requirements.lock"] <= pins["requirements-embedded.lock"] <= pins["requirements-dev.lock"]
