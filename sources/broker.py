"""Whether the broker answers, and how many tasks wait in it."""

from typing import Any

from celery import current_app
from kombu.exceptions import ChannelError, KombuError, OperationalError

SECONDS = 2


class BrokerSilentError(Exception):
    """The broker does not answer."""


def queue_length(broker_url: str) -> int:
    """Return how many tasks wait to be taken, those with a countdown not counted. Raises BrokerSilentError."""
    queue = current_app.conf.task_default_queue
    options = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    try:
        with current_app.connection_for_read(broker_url, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)
            channel: Any = connection.default_channel
            return int(channel.queue_declare(queue, passive=True).message_count)
    except ChannelError:
        # A queue that nothing was ever put into does not exist.
        return 0
    except (KombuError, OperationalError, OSError) as error:
        raise BrokerSilentError("The broker does not answer.") from error
