"""``run.py manage`` and ``run.py test``: programs that need the services only while they run."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from landscape.embedded import children, messages, paths
from landscape.embedded.claims import Claim
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.services import Services, services_up

# Commands that a database without tables does not disturb.
NEED_NO_TABLES = {"", "help", "check", "migrate", "makemigrations", "makemessages", "compilemessages", "collectstatic"}
# Valkey has 16 databases, and a run takes two: the broker's, and the next one for the cache.
LARGEST_SLOT = 8


def manage(arguments: list[str]) -> int:
    """Run manage.py with the services up; a database that was made just now gets its tables first."""
    with services_up(paths.site()) as services:
        environment = services.environment()
        command = arguments[0] if arguments else ""
        if services.is_new_database and command not in NEED_NO_TABLES:
            subprocess.run(children.manage("migrate", "--verbosity", "0"), env=environment, check=True)
        return children.run_in_our_place(
            children.manage(*arguments), environment=environment, keep_open=services.user_locks
        )


def test(arguments: list[str]) -> int:
    """Run pytest on the tests' own servers."""
    messages.compile_catalogues()
    with services_up(paths.tests(), is_disposable=True) as services, slot() as number:
        return children.run_in_our_place(
            children.python("-m", "pytest", *arguments),
            environment=test_environment(services, number),
            directory=paths.PROJECT,
            keep_open=services.user_locks,
        )


def test_environment(services: Services, number: int) -> dict[str, str]:
    """Return the environment of test run ``number``, whose databases no other run uses."""
    return services.environment(database=f"strata_{number}", broker=2 * (number - 1))


@contextmanager
def slot() -> Iterator[int]:
    """Yield the number of a free place for one test run on this tree, from 1."""
    for number in range(1, LARGEST_SLOT + 1):
        claim = Claim(paths.tests().run / f"slot-{number}")
        if claim.take():
            try:
                yield number
            finally:
                claim.release()
            return
    message = f"{LARGEST_SLOT} test runs use this directory already: wait for one to end."
    raise EmbeddedError(message)
