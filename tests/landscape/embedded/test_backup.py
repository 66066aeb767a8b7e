import psycopg
import pytest

from landscape.embedded import backup, site
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.services import services_up


def execute(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


@pytest.fixture
def database(own_home):
    """Keep the embedded database up, with a row in it."""
    with services_up(own_home, with_broker=False) as services:
        url = services.environment()["DATABASE_URL"]
        execute(url, "create table fact as select 'before' as words")
        yield url


def test_restore_brings_back_the_database_and_keeps_the_former_one(database, tmp_path, capsys):
    execute(
        database, "create table django_migrations (id serial primary key, app text, name text, applied timestamptz)"
    )
    target = tmp_path / "my backup.dump"
    assert backup.backup([str(target)]) == 0
    execute(database, "update fact set words = 'after'")

    assert backup.restore([str(target)]) == 0

    assert execute(database, "select words from fact") == ("before",)
    assert execute(database + "_before_restore", "select words from fact") == ("after",)
    # The tables of this version are there too.
    assert execute(database, "select count(*) from projects_item") == (0,)
    assert list(tmp_path.iterdir()) == [target]
    assert "the former one is kept as strata_before_restore" in capsys.readouterr().out


def test_backup_overwrites_nothing(own_home, tmp_path):
    (tmp_path / "there").write_text("precious")

    with pytest.raises(EmbeddedError, match="is there already"):
        backup.backup([str(tmp_path / "there")])

    assert (tmp_path / "there").read_text() == "precious"


def test_backup_to_nowhere_is_a_sentence(own_home, tmp_path):
    with pytest.raises(EmbeddedError, match=r"nowhere/file cannot be written: No such file or directory\.$"):
        backup.backup([str(tmp_path / "nowhere" / "file")])


def test_restore_refuses_a_file_that_is_no_backup(own_home, tmp_path):
    (tmp_path / "notes.txt").write_text("not a dump")

    with pytest.raises(EmbeddedError, match="is not a backup that"):
        backup.restore([str(tmp_path / "notes.txt")])
    with pytest.raises(EmbeddedError, match=r"missing\.dump cannot be read"):
        backup.restore([str(tmp_path / "missing.dump")])


def test_restore_of_a_torn_or_foreign_backup_changes_nothing(database, tmp_path):
    foreign, torn = tmp_path / "foreign.dump", tmp_path / "torn.dump"
    backup.backup([str(foreign)])
    torn.write_bytes(foreign.read_bytes()[:600])

    with pytest.raises(EmbeddedError, match="pg_restore failed, and nothing was changed"):
        backup.restore([str(torn)])
    with pytest.raises(EmbeddedError, match="another program's database"):
        backup.restore([str(foreign)])

    assert execute(database, "select words from fact") == ("before",)
    left = execute(database, "select count(*) from pg_database where datname like 'strata%'")
    assert left == (1,)


def test_restore_waits_for_the_site_to_stop(own_home, tmp_path):
    (tmp_path / "some.dump").write_bytes(b"PGDMP...")

    with site.claimed("http://127.0.0.1:8000/"), pytest.raises(EmbeddedError, match="Strata is running here: stop it"):
        backup.restore([str(tmp_path / "some.dump")])


def test_address_that_is_none_of_postgresql_is_a_sentence():
    with pytest.raises(EmbeddedError, match="DATABASE_URL is not an address"):
        backup.database_name("postgresql://host/name?conn_max_age=600")
