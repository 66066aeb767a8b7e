"""The servers that a command needs: the configured ones, or our own for as long as it runs."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from landscape.embedded import directories, postgres
from landscape.embedded.paths import Layout
from landscape.embedded.postgres import Postgres
from landscape.embedded.valkey import Valkey


@dataclass(frozen=True)
class Services:
    """Running servers; one that is configured by its URL is None here."""

    layout: Layout
    postgres: Postgres | None
    valkey: Valkey | None

    @property
    def is_new_database(self) -> bool:
        """Tell whether the database was made just now, and so is empty."""
        return self.postgres is not None and self.postgres.is_new_database

    @property
    def user_locks(self) -> tuple[int, ...]:
        """File descriptors that keep the servers up while a child that inherits them lives."""
        counted = [server.users.descriptor for server in (self.postgres, self.valkey) if server is not None]
        return tuple(descriptor for descriptor in counted if descriptor is not None)

    def ensure(self) -> list[str]:
        """Start again what died; return the names of what was started."""
        started = []
        for server in (self.postgres, self.valkey):
            if server is not None and not server.is_answering():
                server.ensure()
                started.append(type(server).__name__)
        return started

    def environment(self, *, database: str = "", broker: int = 0) -> dict[str, str]:
        """Return the environment in which a child finds the servers."""
        ours = dict(os.environ)
        if self.postgres is not None:
            ours = postgres.without_libpq(ours)
            # `manage dbshell` looks for psql on the path.
            ours["PATH"] = os.pathsep.join([str(self.postgres.programs), ours.get("PATH", os.defpath)])
            ours["DATABASE_URL"] = self.layout.database_url(database) if database else self.layout.database_url()
        if self.valkey is not None:
            ours["CELERY_BROKER_URL"] = self.layout.broker_url(broker)
        return ours | {"STRATA_HOME": str(self.layout.base), "DJANGO_SETTINGS_MODULE": "landscape.settings"}


@contextlib.contextmanager
def services_up(layout: Layout, *, is_disposable: bool = False, with_broker: bool = True) -> Iterator[Services]:
    """Have the servers of ``layout`` up while the block runs; the last user stops them."""
    directories.prepare(layout)
    _keep_secret_key(layout)
    database = None if os.environ.get("DATABASE_URL") else Postgres(layout, is_disposable=is_disposable)
    broker = Valkey(layout) if with_broker and not os.environ.get("CELERY_BROKER_URL") else None
    with contextlib.ExitStack() as stack:
        for server in (database, broker):
            if server is not None:
                server.ensure()
                stack.callback(server.leave)
        yield Services(layout, database, broker)


def _keep_secret_key(layout: Layout) -> None:
    """Write the key that signs sessions, once, so that they outlive a restart."""
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(layout.secret_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
