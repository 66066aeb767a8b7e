"""``run.py`` without a command: the site with its worker, on services that run beside it."""

import errno
import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from landscape.embedded import children, directories, logs, paths, preparation, processes
from landscape.embedded.claims import Claim
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.requeue import requeue_taken_tasks
from landscape.embedded.services import Services, services_up
from landscape.embedded.supervisor import Program, Supervisor

READY_SECONDS = 60
# The address of this machine itself for each that means all of its addresses.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (compared, not bound)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(host: str, port: int) -> int:
    """Run the site on ``host`` and ``port`` until it is told to stop."""
    started_at = time.monotonic()
    signals = StopSignals()
    url = f"http://{_in_url(host)}:{port}/"
    with claimed(url):
        end_orphans()
        require_free_port(host, port)
        logs.say("Starting the database and the broker, where none is configured ...")
        with services_up(paths.site()) as services:
            environment = addresses(host, url) | services.environment() | {processes.MARK: str(paths.home())}
            preparation.prepare(services, environment)
            supervisor = Supervisor(services, programs(services, environment, host=host, port=port))
            signals.hand_to(supervisor)
            try:
                if supervisor.start(lambda: is_answering(host, port), READY_SECONDS):
                    logs.say(_welcome(url, services, time.monotonic() - started_at))
                    supervisor.watch()
            finally:
                logs.say("Stopping ...")
                supervisor.stop()
    logs.say("Stopped.")
    return 0


def programs(services: Services, environment: dict[str, str], *, host: str, port: int) -> list[Program]:
    """Return the site's programs, in the order in which they stop."""
    celery = ["-m", "celery", "--quiet", "-A", "landscape"]
    # Threads, not processes: the work waits for the network.
    worker = [*celery, "worker", "-P", "threads", "-c", "4", "-l", "info", "--without-mingle", "--without-gossip"]
    # A program of its own: inside the worker (-B) it is a process that nobody misses when it dies.
    beat = [*celery, "beat", "-l", "info", "-s", str(services.layout.run / "beat.db"), "--pidfile="]
    # Celery warns every root at length; its reason, pickled messages, does not apply to JSON.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}

    def requeue() -> None:
        # A configured broker may have other workers, whose tasks are theirs.
        if services.valkey is not None:
            requeue_taken_tasks(services.layout.broker_url())

    return [
        Program("beat", children.python(*beat), environment, stop_seconds=5),
        Program("web", web_command(host, port), web_settings() | environment, stop_seconds=10),
        Program("worker", children.python(*worker), quiet | environment, stop_seconds=20, before_start=requeue),
    ]


def web_command(host: str, port: int) -> list[str]:
    """Return the command that serves the pages and the API."""
    granian = ["-m", "granian", "--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port)]
    return children.python(*granian, "--respawn-failed-workers", "landscape.wsgi:application")


def web_settings() -> dict[str, str]:
    """Return what granian, which reads its own variables, does where those are not set."""
    workers = str(min(2, os.cpu_count() or 1))
    return {"GRANIAN_WORKERS": workers, "GRANIAN_BLOCKING_THREADS": "4", "GRANIAN_LOG_LEVEL": "warning"}


def addresses(host: str, url: str) -> dict[str, str]:
    """Return the variables that fit the site to where it listens; what the operator has set wins."""
    if host in EVERYWHERE:
        if not os.environ.get("ALLOWED_HOSTS"):
            logs.say("Only this machine is answered until ALLOWED_HOSTS holds the names that others call it by.")
        return {}
    return {"SITE_URL": url.rstrip("/"), "ALLOWED_HOSTS": f"127.0.0.1,localhost,[::1],{_in_url(host)}"}


@contextmanager
def claimed(url: str) -> Iterator[None]:
    """Be the one site of this home directory, known under ``url``; raise EmbeddedError if there is one already."""
    directories.prepare(paths.site())
    claim = Claim(paths.site().run / "site.lock")
    if not claim.take():
        where = claim.read_note()
        message = f"Strata is already running here: {where}." if where else "Strata is just being started here."
        raise EmbeddedError(message)
    claim.note(f"{url} (process {os.getpid()})")
    try:
        yield
    finally:
        claim.release()


def is_running() -> bool:
    """Tell whether the site of this home directory runs."""
    if not paths.site().run.exists():
        return False
    claim = Claim(paths.site().run / "site.lock")
    if claim.take():
        claim.release()
        return False
    return True


def end_orphans() -> None:
    """End what a killed supervisor left running: it holds the port, or takes tasks."""
    orphans = processes.supervised_by(paths.home())
    if orphans:
        logs.say(f"Ending {len(orphans)} processes that an earlier start left behind ...")
        processes.end(orphans, patience_seconds=5)


def require_free_port(host: str, port: int) -> None:
    """Raise EmbeddedError if nothing can listen on ``host`` and ``port``."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
            probe.listen()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "another program has it" if taken else error.strerror or str(error)
        message = f"Strata cannot listen on {host} port {port} ({reason}): choose another with --port."
        raise EmbeddedError(message) from error


def is_answering(host: str, port: int) -> bool:
    """Tell whether the site on ``host`` and ``port`` answers, be it to refuse a name that is not in ALLOWED_HOSTS."""
    reachable = EVERYWHERE.get(host, host)
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class StopSignals:
    """What Ctrl-C, SIGTERM and a closed terminal do: end the preparation, or have the supervisor stop."""

    def __init__(self) -> None:
        self._supervisor: Supervisor | None = None
        for number in STOP_SIGNALS:
            # nohup has SIGHUP ignored, and means it; a shell ignores SIGINT for whatever it runs in the background.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)

    def hand_to(self, supervisor: Supervisor) -> None:
        """From now on tell ``supervisor``."""
        self._supervisor = supervisor

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._supervisor is None:
            raise KeyboardInterrupt
        self._supervisor.request_stop()


def _welcome(url: str, services: Services, seconds: float) -> str:
    lines = ["", f"  Strata is ready after {seconds:.1f} s:  {url}"]
    lines += [f"  Its data and logs are in {services.layout.base}"]
    lines += ["  Import a landscape, or what is new in it:  python3 run.py manage import_landscape SOURCE"]
    lines += ["  Stop with Ctrl-C.", ""]
    return "\n".join(lines)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
