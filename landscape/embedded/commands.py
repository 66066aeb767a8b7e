"""What each command of ``run.py`` does once the virtual environment stands."""

from collections.abc import Callable

from landscape.embedded import backup, checks, logs, requirements, site, tools
from landscape.embedded.errors import EmbeddedError, UsageError

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "backup": backup.backup,
    "check": checks.check,
    "lock": requirements.write_locks,
    "manage": tools.manage,
    "restore": backup.restore,
    "serve": lambda arguments: site.serve(arguments[0], int(arguments[1])),
    "test": tools.test,
}


def run(command: str, arguments: list[str]) -> int:
    """Run one command and return its exit code; a failure that we know is one sentence."""
    try:
        return COMMANDS[command](arguments)
    except UsageError as error:
        logs.complain(str(error))
        return 2
    except EmbeddedError as error:
        logs.complain(str(error))
        return 1
    except KeyboardInterrupt:
        logs.complain("Interrupted.")
        return 130
