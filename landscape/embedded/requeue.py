"""Handing out again the tasks that a killed worker had taken."""

from typing import Any

from kombu import Connection

# Far more than a queue of ours ever holds at work at one time.
MOST_TASKS = 10_000


def requeue_taken_tasks(broker_url: str) -> None:
    """Put every task that was taken but not finished back into its queue.

    Only for a broker whose one worker is not running: without this the tasks come back when the broker's visibility
    time-out (fifteen minutes) is over.
    """
    with Connection(broker_url) as connection:
        channel: Any = connection.default_channel  # the Redis transport's, which has no types
        # A worker killed while it looked for lost tasks has left this lock behind.
        channel.client.delete(channel.qos.unacked_mutex_key)
        channel.qos.visibility_timeout = 0
        channel.qos.restore_visible(num=MOST_TASKS)
