import os
import shutil
import signal
import time

import psutil
import psycopg
import pytest

from landscape.embedded import postgres, privileges, processes
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import Layout
from landscape.embedded.postgres import Postgres

CONTENT = "create table kept as select 1 as n"


def execute(server, statement):
    with psycopg.connect(server.layout.database_url(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def postmaster(server):
    return psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))


def kill_postmaster(server):
    """End the server as a crash would, and wait until none of its processes is left."""
    first = postmaster(server)
    everybody = [first, *first.children(recursive=True)]
    first.send_signal(signal.SIGKILL)
    while any(processes.is_alive(process) for process in everybody):
        time.sleep(0.02)


def test_server_is_made_used_and_stopped_with_its_last_user(cluster):
    first, second = cluster(), cluster()
    first.ensure()
    second.ensure()

    assert (first.is_new_database, second.is_new_database) == (True, False)
    execute(first, CONTENT)
    first.leave()
    assert execute(second, "select n from kept") == (1,)
    second.leave()
    assert not second.is_answering()


def test_server_runs_as_nobody_for_root_and_else_as_us(cluster):
    server = cluster()
    server.ensure()

    assert postmaster(server).uids().effective == privileges.service_uid() != 0


def test_chinese_text_has_trigrams(cluster):
    server = cluster()
    server.ensure()
    execute(server, "create extension pg_trgm")

    assert execute(server, "select similarity('云原生知识库', '云原生') > 0.3") == (True,)


def test_killed_server_is_started_again_with_its_data(cluster):
    server = cluster()
    server.ensure()
    execute(server, CONTENT)
    kill_postmaster(server)

    server.ensure()

    assert execute(server, "select n from kept") == (1,)


def test_lock_file_of_a_process_id_that_was_given_out_again_is_no_hindrance(cluster):
    server = cluster()
    server.ensure()
    kill_postmaster(server)
    pid_file = server.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    # Our own process stands for the stranger that got the dead server's number.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    server.ensure()

    assert postmaster(server).pid != os.getpid()
    assert psutil.pid_exists(os.getpid())


def test_server_whose_directory_was_removed_makes_way(cluster):
    lost = cluster()
    lost.ensure()
    process = postmaster(lost)
    shutil.rmtree(lost.layout.base)
    lost.layout.base.mkdir()

    fresh = cluster()
    fresh.ensure()

    assert fresh.is_new_database
    assert not processes.is_alive(process)
    fresh.leave()
    fresh.ensure()


def test_half_made_cluster_is_made_anew(cluster):
    server = cluster()
    unfinished = server.layout.base / f"pg{server.major}.init"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("half")

    server.ensure()

    assert execute(server, "select 1") == (1,)


def test_broken_disposable_cluster_is_made_anew(cluster):
    server = cluster(is_disposable=True)
    server.ensure()
    server.leave()
    (server.data / "global" / "pg_control").unlink()

    server.ensure()

    assert execute(server, "show fsync") == ("off",)


def test_broken_cluster_is_a_sentence_and_stays_as_it_is(cluster):
    server = cluster()
    server.ensure()
    execute(server, CONTENT)
    server.leave()
    control = server.data / "global" / "pg_control"
    saved = control.read_bytes()
    control.unlink()

    with pytest.raises(EmbeddedError, match="PostgreSQL did not start; the end of"):
        server.ensure()

    assert server.users.descriptor is None
    control.write_bytes(saved)
    os.chown(control, privileges.service_uid(), -1)
    server.ensure()
    assert execute(server, "select n from kept") == (1,)


def test_data_of_another_major_are_refused(layout):
    (layout.base / "pg9").mkdir()
    server = Postgres(layout)

    with pytest.raises(
        EmbeddedError, match=rf"pg9 are PostgreSQL 9's and this Strata brings PostgreSQL {server.major}"
    ):
        server.ensure()


def test_renamed_data_of_another_major_are_nobodys_business(layout):
    (layout.base / "pg9.old").mkdir()

    postgres.refuse_other_major(layout.base, 18)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_directory_of_another_user_is_refused(layout):
    os.chown(layout.base, 4711, 4711)

    with pytest.raises(EmbeddedError, match="belongs to the user 4711"):
        Postgres(layout).ensure()


def test_path_with_spaces_and_chinese_works(layout):
    server = Postgres(Layout(layout.base / "my strata 云原生"))
    server.ensure()
    try:
        assert execute(server, "select 1") == (1,)
    finally:
        server.leave()
        shutil.rmtree(server.layout.sockets)


def test_variables_of_libpq_lead_nowhere_else(cluster, monkeypatch):
    monkeypatch.setenv("PGPORT", "5999")
    server = cluster()

    server.ensure()

    assert (server.layout.sockets / ".s.PGSQL.5432").exists()
    assert postgres.without_libpq({"PGPORT": "1", "PG_BIN": "/bin", "HOME": "/"}) == {"PG_BIN": "/bin", "HOME": "/"}
