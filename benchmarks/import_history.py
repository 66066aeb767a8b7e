"""Measures the import of a whole history, of nothing new, and of one new commit, each as its own process.

    DATABASE_URL=postgresql://... python benchmarks/import_history.py BUNDLE

Works in a database of its own beside the given one, and drops it at the end. The limits are for two cores that do
nothing else; logos are left out.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "strata_import_benchmark"
LIMITS = {"whole history": 30.0, "nothing new": 2.0, "one new commit": 2.0}
MEMORY_LIMIT_MB = 500


def main() -> int:
    """Print the figures and give 1 if a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bundle", type=Path)
    bundle = parser.parse_args().bundle.resolve()
    with scratch_database(os.environ["DATABASE_URL"]) as address, tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address
        manage("migrate", "--verbosity=0", "--skip-checks")
        clone = Path(folder) / "clone.git"
        subprocess.run(["git", "clone", "--quiet", "--bare", str(bundle), str(clone)], check=True)
        seconds = {"whole history": timed(bundle), "nothing new": timed(bundle)}
        add_commit(clone)
        seconds["one new commit"] = timed(clone)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for name, taken in seconds.items():
        print(f"{name:<16} {taken:6.2f} s   limit {LIMITS[name]:.0f} s")
    print(f"{'memory':<16} {memory:6.0f} MB  limit {MEMORY_LIMIT_MB} MB")
    return int(memory > MEMORY_LIMIT_MB or any(taken > LIMITS[name] for name, taken in seconds.items()))


@contextmanager
def scratch_database(address: str) -> Iterator[str]:
    """Give the address of an empty database on the server of ``address``."""
    drop = f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(drop)
        server.execute(f"CREATE DATABASE {DATABASE}")
        yield f"{address.rpartition('/')[0]}/{DATABASE}"
        server.execute(drop)


def timed(source: Path) -> float:
    """Import ``source`` and give the seconds that the process took, its start included."""
    began = time.perf_counter()
    manage("import_landscape", str(source), "--no-logos")
    return time.perf_counter() - began


def manage(*arguments: str) -> None:
    """Run one management command."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def add_commit(repository: Path) -> None:
    """Add a commit that gives the first card of the landscape another home page."""

    def git(*arguments: str, stdin: str = "") -> str:
        names = {f"GIT_{who}_{what}": "benchmark" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        command = ["git", f"--git-dir={repository}", *arguments]
        environment = os.environ | names | {"GIT_INDEX_FILE": str(repository / "benchmark-index")}
        done = subprocess.run(command, check=True, input=stdin, capture_output=True, text=True, env=environment)
        return done.stdout.strip("\n")

    text = git("show", "HEAD:landscape.yml")
    blob = git(
        "hash-object", "-w", "--stdin", stdin=text.replace("homepage_url: ", "homepage_url: https://new.", 1) + "\n"
    )
    git("read-tree", "HEAD")
    git("update-index", "--cacheinfo", f"100644,{blob},landscape.yml")
    commit = git("commit-tree", git("write-tree"), "-p", "HEAD", "-m", "Change a home page")
    git("update-ref", "HEAD", commit)


if __name__ == "__main__":
    sys.exit(main())
