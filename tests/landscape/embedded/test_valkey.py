import psutil
import redis

from landscape.embedded import processes
from landscape.embedded.requeue import requeue_taken_tasks


def client(server):
    return redis.Redis(unix_socket_path=str(server.layout.valkey_socket))


def kill(server):
    with client(server) as connection:
        process = psutil.Process(connection.info("server")["process_id"])
    processes.kill([process])


def test_server_is_shared_and_stopped_with_its_last_user(broker):
    first, second = broker(), broker()
    first.ensure()
    second.ensure()
    first.leave()

    assert second.is_answering()
    second.leave()
    assert not second.is_answering()


def test_killed_server_is_started_again_with_its_data(broker):
    server = broker()
    server.ensure()
    with client(server) as connection:
        connection.rpush("celery", "task")
        connection.execute_command("WAITAOF", 1, 0, 5000)
    kill(server)
    assert not server.is_answering()

    server.ensure()

    with client(server) as connection:
        assert connection.lrange("celery", 0, -1) == [b"task"]


def test_socket_is_closed_to_others(broker):
    server = broker()
    server.ensure()

    assert server.layout.valkey_socket.stat().st_mode & 0o077 == 0


def test_tasks_of_a_killed_worker_are_handed_out_again(broker, layout):
    server = broker()
    server.ensure()
    message = '[{"body": "b", "headers": {}, "properties": {"delivery_tag": "t", "delivery_info": {}}}, "", "celery"]'
    with client(server) as connection:
        connection.hset("unacked", "t", message)
        connection.zadd("unacked_index", {"t": 1})
        connection.set("unacked_mutex", "held by the dead")

    requeue_taken_tasks(layout.broker_url())

    with client(server) as connection:
        assert connection.llen("celery") == 1
        assert connection.hlen("unacked") == 0
