"""Checks the GraphQL queries against GitHub's official schema, where npm can fetch it; nothing of it is kept."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from landscape.embedded import logs
from sources.clients.github import queries

PACKAGES = ("@octokit/graphql-schema@15", "graphql@16")
VALIDATOR = Path(__file__).with_suffix(".cjs")
MOST_SECONDS = 120


def main() -> int:
    """Say what the schema does not know of the queries; return 1 if there is any, 0 also without npm."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        logs.say("Skipped: checking the GraphQL queries against GitHub's schema needs npm and node.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if not _fetch(npm, folder):
            logs.say("Skipped: npm cannot fetch GitHub's GraphQL schema here.")
            return 0
        done = subprocess.run(
            [node, str(VALIDATOR), folder], input=json.dumps(asked()), capture_output=True, text=True, check=False
        )
    if done.returncode:
        logs.complain(f"{done.stdout}{done.stderr}".strip())
    return 1 if done.returncode else 0


def asked() -> dict[str, str]:
    """Return every query that the client sends, by a name for messages."""
    return {
        "by ids": queries.by_ids(),
        "by names": queries.by_names(2),
        "watchers": queries.watchers_by_ids(),
        **{f"by ids, without {figure}": queries.by_ids(frozenset({figure})) for figure in queries.FIGURES},
    }


def _fetch(npm: str, folder: str) -> bool:
    """Install the schema and a validator into ``folder``, running nothing of theirs; tell whether it went well."""
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error", "--prefix", folder]
    try:
        done = subprocess.run(
            [npm, "install", *options, *PACKAGES], cwd=folder, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
