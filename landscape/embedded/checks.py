"""``run.py check``: everything that CI runs, as one table."""

import os
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from landscape.embedded import children, logs, messages, paths, preparation
from landscape.embedded.services import services_up
from landscape.embedded.tools import slot, test_environment

PRODUCTION = {
    "STRATA_PRODUCTION": "1",
    "SECRET_KEY": "a-key-of-the-length-that-production-asks-for-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "strata.example.org",
    "SITE_URL": "https://strata.example.org",
}


@dataclass(frozen=True)
class Check:
    """One step: its name, its command (an argument with ``*`` stands for the files it fits) and extra variables."""

    name: str
    command: list[str]
    variables: Mapping[str, str] = field(default_factory=dict)

    def arguments(self) -> list[str]:
        """Return the command with its patterns replaced by files."""
        found: list[str] = []
        for word in self.command:
            matches = (
                sorted(str(path.relative_to(paths.PROJECT)) for path in paths.PROJECT.glob(word)) if "*" in word else []
            )
            found += matches or [word]
        return found


# These run two at a time, the longest first.
CHECKS = [
    Check("types", [children.tool("mypy"), "run.py", "manage.py", *preparation.CODE]),
    Check("messages", children.python("-m", "landscape.embedded.message_check")),
    # Finds references to files that are not there.
    Check("static files", children.manage("collectstatic", "--noinput", "--verbosity", "0")),
    Check("lint", [children.tool("ruff"), "check", "."]),
    Check("format", [children.tool("ruff"), "format", "--check", "."]),
    Check("import rules", [children.tool("lint-imports")]),
    Check("Django's checks", children.manage("check", "--fail-level", "WARNING")),
    Check("production settings", children.manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Check("migrations", children.manage("makemigrations", "--check", "--dry-run")),
    Check("API schema", children.manage("spectacular", "--validate", "--fail-on-warn", "--file", os.devnull)),
    Check("templates' format", [children.tool("djade"), "--target-version", "5.2", "--check", "templates/**/*.html"]),
    Check("templates", [children.tool("djlint"), "--lint", "--profile", "django", "templates"]),
    Check(
        "docker-compose.yml",
        [children.tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
    ),
    Check("Dockerfile", [children.tool("hadolint"), "Dockerfile"]),
    Check("locks", children.python("-m", "landscape.embedded.requirements")),
    Check("committed files", children.python("-m", "landscape.embedded.committed")),
    Check("GraphQL queries", children.python("-m", "landscape.embedded.graphql_check")),
]
# Last and alone, so that its closing line is the last one.
TESTS = Check("tests", children.python("-m", "pytest", "-q", "-n", "2", "--cov", "--cov-report=term:skip-covered"))


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    name: str
    is_passed: bool
    seconds: float
    output: str


def check(_arguments: list[str]) -> int:
    """Run every check, whatever the others say; return 1 if one failed."""
    messages.compile_catalogues()
    with services_up(paths.tests(), is_disposable=True) as services, slot() as number:
        environment = test_environment(services, number)
        failed = [outcome.name for outcome in _run_beside_each_other(CHECKS, environment) if not outcome.is_passed]
        logs.say(f"\n{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed; now the tests.")
        code = children.run_in_our_place(
            TESTS.arguments(), environment=environment, directory=paths.PROJECT, keep_open=services.user_locks
        )
    if code:
        failed.append(TESTS.name)
    if failed:
        logs.complain(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _run_beside_each_other(checks: list[Check], environment: Mapping[str, str]) -> list[Outcome]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(_run, step, environment) for step in checks]
        outcomes = []
        for finished in as_completed(running):
            outcome = finished.result()
            outcomes.append(outcome)
            logs.say(f"{'passed' if outcome.is_passed else 'FAILED'}  {outcome.seconds:5.1f} s  {outcome.name}")
            if not outcome.is_passed or outcome.output.startswith("Skipped: "):
                logs.say(outcome.output)
    return outcomes


def _run(step: Check, environment: Mapping[str, str]) -> Outcome:
    started_at = time.monotonic()
    variables = {**environment, **step.variables}
    arguments = step.arguments()
    if not Path(arguments[0]).exists():
        return Outcome(step.name, is_passed=False, seconds=0, output=f"{arguments[0]} is not installed.")
    done = subprocess.run(
        arguments,
        cwd=paths.PROJECT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Outcome(step.name, not done.returncode, time.monotonic() - started_at, done.stdout.rstrip())
