"""The embedded PostgreSQL server: made, started, adopted and stopped."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from landscape.embedded import binaries, directories, logs, privileges, processes
from landscape.embedded.claims import Users, mutex
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import DATABASE, PORT, USER, Layout

START_SECONDS = 120  # crash recovery of a large database takes its time
STALE_SECONDS = 20
SETTINGS = {"timezone": "UTC", "log_timezone": "UTC", "random_page_cost": "1.1"}
# A database that may be lost is fast: for tests only.
DISPOSABLE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster below ``layout.base``, shared by all processes that want it."""

    def __init__(self, layout: Layout, *, is_disposable: bool = False) -> None:
        self.layout = layout
        self.is_disposable = is_disposable
        self.programs = binaries.postgres_directory()
        self.major = binaries.postgres_major(self.programs)
        self.data = layout.base / f"pg{self.major}"
        self.log = layout.logs / "postgres.log"
        self.users = Users(layout.run / "postgres.users")
        self.is_new_database = False

    def ensure(self) -> None:
        """Have the server answer and count this process as its user."""
        directories.prepare(self.layout)
        with mutex(self.layout.run / "postgres.mutex"):
            self.users.join()
            try:
                self._ensure_cluster()
                if not self.is_answering():
                    self._start_or_remake()
                self._ensure_database()
            except BaseException:
                self.users.leave()
                raise

    def leave(self) -> None:
        """Stop the server if nobody else uses it."""
        with mutex(self.layout.run / "postgres.mutex"):
            if self.users.is_last() and self.is_answering():
                self._control("stop", "-w", "-m", "fast", "-t", "60")
            self.users.leave()

    def is_answering(self) -> bool:
        """Tell whether this cluster accepts connections."""
        if not (self.data / "postmaster.pid").exists():
            return False
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.layout.sockets), "-p", str(PORT)]
        ready += ["-U", USER, "-d", "postgres", "-t", "2"]
        return subprocess.run(ready, env=_environment(), check=False).returncode == 0

    def _ensure_cluster(self) -> None:
        privileges.require_owner(self.data, privileges.service_uid())
        if (self.data / "PG_VERSION").exists():
            return
        refuse_other_major(self.layout.base, self.major)
        self._kill_lost_server()
        making = self.layout.base / f"pg{self.major}.init"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        privileges.hand_to_service_user(making)
        _run(privileges.as_service_user([str(self.programs / "initdb"), "-D", str(making), *self._initdb_options()]))
        # The rename is the last step, so that a half-made cluster is never taken for a whole one.
        making.rename(self.data)

    def _initdb_options(self) -> list[str]:
        # pg_trgm asks libc's LC_CTYPE what a letter is: with "C", Chinese text has no trigrams at all.
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        options = ["-U", USER, "--auth=trust", "-E", "UTF8", f"--locale={locale}", "--no-sync"]
        if self.major >= 17:  # noqa: PLR2004  (the version that brought the builtin provider)
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return options

    def _start_or_remake(self) -> None:
        try:
            self._start()
        except EmbeddedError:
            if not self.is_disposable:
                raise
            # Without fsync a crash may have broken the cluster; the next one is as good.
            shutil.rmtree(self.data)
            self._ensure_cluster()
            self._start()

    def _start(self) -> None:
        self._clear_stale_locks()
        logs.rotate(self.log)
        settings = SETTINGS | (DISPOSABLE_SETTINGS if self.is_disposable else {})
        options = ["-h", "", "-p", str(PORT), "-k", str(self.layout.sockets)]
        for name, value in settings.items():
            options += ["-c", f"{name}={value}"]
        seconds = str(START_SECONDS)
        self._control("start", "-w", "-t", seconds, "-l", str(self.log), "-o", shlex.join(options))

    def _control(self, *arguments: str) -> None:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.data), *arguments]
        try:
            _run(privileges.as_service_user(command))
        except EmbeddedError as error:
            message = f"PostgreSQL did not {arguments[0]}; the end of {self.log}:\n{logs.last_lines(self.log)}"
            raise EmbeddedError(message) from error

    def _clear_stale_locks(self) -> None:
        """Remove what a killed server left, once no process of this cluster lives.

        PostgreSQL sees to a dead process id by itself, but not to a zombie's or one that was given out again, and both
        are common in containers. The check of living processes stays: postmaster.pid protects from two servers.
        """
        socket = self.layout.sockets / f".s.PGSQL.{PORT}"
        leftovers = [self.data / "postmaster.pid", socket, socket.with_name(socket.name + ".lock")]
        deadline = time.monotonic() + STALE_SECONDS
        while any(os.path.lexists(path) for path in leftovers):
            living = self._living()
            if not living:
                for path in leftovers:
                    path.unlink(missing_ok=True)
                return
            if time.monotonic() > deadline:
                numbers = ", ".join(str(process.pid) for process in living)
                message = (
                    f"PostgreSQL processes ({numbers}) hold {self.data} but do not answer: end them and start again."
                )
                raise EmbeddedError(message)
            time.sleep(0.05)

    def _living(self) -> list[psutil.Process]:
        return processes.working_in(self.data, {"postgres", "postmaster"}, privileges.service_uid())

    def _kill_lost_server(self) -> None:
        # A server whose directory was removed under it: at its shutdown it would write its pg_control into the
        # new cluster, for it knows that file by its full name.
        processes.kill([process for process in self._living() if processes.works_in_deleted_directory(process)])

    def _ensure_database(self) -> None:
        url = self.layout.database_url("postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            query = "select 1 from pg_database where datname = %s"
            if connection.execute(query, [DATABASE]).fetchone() is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
                self.is_new_database = True


def refuse_other_major(base: Path, major: int) -> None:
    """Raise EmbeddedError if ``base`` holds the data of another PostgreSQL than ``major`` and none of this one."""
    others = sorted(path.name for path in base.glob("pg*") if re.fullmatch(r"pg\d+", path.name))
    if not others:
        return
    old = others[-1]
    message = (
        f"The data in {base / old} are PostgreSQL {old[2:]}'s and this Strata brings PostgreSQL {major}: back them up with"
        f" PG_BIN=<directory of PostgreSQL {old[2:]}'s programs> python3 run.py backup FILE, rename {old} to {old}.old and"
        " run python3 run.py restore FILE (docs/upgrading.md)."
    )
    raise EmbeddedError(message)


def without_libpq(variables: dict[str, str]) -> dict[str, str]:
    """Return ``variables`` without libpq's own, which would lead to another server."""
    return {name: value for name, value in variables.items() if not name.startswith("PG") or name == "PG_BIN"}


def _environment() -> dict[str, str]:
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    return without_libpq(dict(os.environ)) | {"LC_ALL": locale}


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=_environment(),
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        message = f"{Path(command[0]).name} failed: {done.stderr.strip()}"
        raise EmbeddedError(message)
