"""The fake on a real socket: authentication, limits, faults, then the answer of the world."""

import json
import math
import socket
import struct
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

from tests.fakes.github import answers, damage, rest, schema
from tests.fakes.github.answers import Answer
from tests.fakes.github.clock import real_clock
from tests.fakes.github.execution import Execution, argument_limit
from tests.fakes.github.faults import FaultKind, Faults
from tests.fakes.github.ledger import HOUR, Budget, Ledger, RequestRecord
from tests.fakes.github.reader import QueryError, read_query
from tests.fakes.github.world import World

TOKEN = "github_pat_of_the_fake"
API_VERSIONS = {"", "2022-11-28", "2026-03-10"}
UNTOLD_SECONDS = 60


class FakeGithub:
    """Use it in a ``with``; ``url`` is the value of ``GITHUB_API_URL``, ``enterprise_url`` one that ends in /api/v3.

    ``clock``: whose time limits go by. ``days_ahead`` moves the world's day without moving the limits' time.
    ``is_every_connection_counted``: which reading of the point rule is charged.
    """

    def __init__(self, world=None, *, faults=None, clock=real_clock, limit=5000, token=TOKEN, port=0):
        self.world = world or World()
        self.faults = faults or Faults()
        self.ledger = Ledger()
        self.clock = clock
        self.token = token
        self.token_expires = ""
        self.days_ahead = 0
        self.is_every_connection_counted = True
        self.budgets = {name: Budget(limit, clock() + HOUR) for name in ("graphql", "core")}
        self._secondary_until = None
        self._lock = Lock()
        self._closing = Event()
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.enterprise_url = f"{self.url}/api/v3"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.close()

    def start(self):
        self._thread.start()

    def close(self):
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def day(self):
        """The world's day."""
        return (self.clock() + timedelta(days=self.days_ahead)).date()

    def answer(self, method, target, headers, content):
        """The answer to one request, recorded."""
        with self._lock:
            call = _Call(self, method, urlsplit(target), headers, content)
            answer = call.answer()
            answer.headers = {"date": format_datetime(self.clock(), usegmt=True), **answer.headers}
            return answer

    def wait(self, seconds):
        """Keep a request waiting, not beyond the server's own end."""
        self._closing.wait(seconds)


class _Call:
    """One request on its way to its answer."""

    def __init__(self, fake, method, url, headers, content):
        self._fake = fake
        self._method = method
        self._url = url
        self._headers = headers
        self._content = content
        self._now = fake.clock()
        path = url.path
        self._is_graphql = path in {"/graphql", "/api/graphql"}
        self._base = fake.enterprise_url if path.startswith("/api/") else fake.url
        self._path = path.removeprefix("/api/v3")
        self._resource = "graphql" if self._is_graphql else "core"
        self._budget = fake.budgets[self._resource]
        self._operation = path
        self._repositories = 0 if self._is_graphql else 1
        self._cost = 1

    def answer(self):
        if self._path.startswith("/_fake/"):
            return control(self._fake, self._method, self._path, self._url.query)
        refused = self._unauthorised()
        if refused is not None:
            return refused
        if self._path == "/rate_limit":
            return Answer(200, {"resources": {name: _rate(budget) for name, budget in self._fake.budgets.items()}})
        self._budget.renew(self._now)
        was_limited = self._is_limited()
        fault, answer = None, None
        if was_limited:
            answer = self._refuse_again()
        elif self._budget.remaining == 0:
            answer = answers.primary_refusal(self._resource)
        if answer is None:
            query = self._read()
            fault = self._fake.faults.choose(resource=self._resource, repositories=self._repositories)
            answer = self._faulty(fault, query) or self._proper(query)
        self._record(answer, fault, was_limited=was_limited)
        return answer

    def _unauthorised(self):
        if self._headers.get("authorization") not in {f"Bearer {self._fake.token}", f"token {self._fake.token}"}:
            return Answer(401, {"message": "Bad credentials", "documentation_url": answers.DOCUMENTATION})
        if not self._headers.get("user-agent"):
            return Answer(403, "Request forbidden by administrative rules.")
        if self._headers.get("x-github-api-version", "") not in API_VERSIONS:
            return Answer(400, {"message": "Unsupported API version"})
        return None

    def _is_limited(self):
        untils = (self._budget.limited_until, self._fake._secondary_until)
        return any(until is not None and self._now < until for until in untils)

    def _refuse_again(self):
        until = self._fake._secondary_until
        if until is not None and self._now < until:
            seconds = math.ceil((until - self._now).total_seconds())
            return answers.secondary_refusal(self._resource, retry_after=seconds, status=403)
        return answers.primary_refusal(self._resource)

    def _read(self):
        """Read a GraphQL query far enough to price it; (document, variables), or the refusal."""
        if not self._is_graphql:
            return None
        try:
            payload = json.loads(self._content)
            document, variables = read_query(payload["query"]), payload.get("variables") or {}
            schema.check(document, variables)
        except QueryError as error:
            entry = {"path": error.path, "extensions": {"code": error.code}, "message": str(error)}
            return Answer(200, {"errors": [entry]})
        except (ValueError, KeyError, TypeError):
            return Answer(400, {"message": "Problems parsing JSON"})
        self._operation = document.name
        self._repositories = schema.repositories_asked(document, variables)
        every = self._fake.is_every_connection_counted
        self._cost = schema.cost(document, variables, is_every_connection_counted=every)
        limit = argument_limit(document, variables)
        return Answer(200, {"errors": [limit]}) if limit else (document, variables)

    def _faulty(self, fault, query):
        """The answer of a fault that replaces the proper one; None if there is none."""
        if fault is None:
            return None
        if fault.kind == FaultKind.PRIMARY:
            self._budget.used = self._budget.limit
            return answers.primary_refusal(self._resource)
        if fault.kind in {FaultKind.SECONDARY, FaultKind.SECONDARY_UNTOLD, FaultKind.SECONDARY_429}:
            return self._limit_bursts(fault)
        broken = answers.broken(fault.kind, timeout_seconds=self._fake.faults.timeout_seconds)
        if broken is None and isinstance(query, tuple):
            proper = self._proper(query)
            damage.apply(fault.kind, proper.body)
            return proper
        return broken

    def _limit_bursts(self, fault):
        is_told = fault.kind != FaultKind.SECONDARY_UNTOLD
        seconds = fault.retry_after if is_told else UNTOLD_SECONDS
        self._fake._secondary_until = self._now + timedelta(seconds=seconds)
        status = 429 if fault.kind == FaultKind.SECONDARY_429 else None
        return answers.secondary_refusal(self._resource, retry_after=seconds if is_told else None, status=status)

    def _proper(self, query):
        self._budget.used += self._cost
        if query is None:
            return rest.answer(self._fake.world, self._path, self._url.query, day=self._fake.day, base=self._base)
        if isinstance(query, Answer):
            return query
        document, variables = query
        budget = {
            "cost": self._cost,
            "limit": self._budget.limit,
            "remaining": self._budget.remaining,
            "used": self._budget.used,
            "resetAt": f"{self._budget.resets_at:%Y-%m-%dT%H:%M:%SZ}",
            "nodeCount": self._repositories,
        }
        execution = Execution(self._fake.world, document, variables, day=self._fake.day, budget=budget)
        body = {"data": execution.run()}
        return Answer(200, body | ({"errors": execution.errors} if execution.errors else {}))

    def _record(self, answer, fault, *, was_limited):
        is_told = not answer.is_reset and not answer.delay_seconds
        if is_told:
            answer.headers = {**self._budget.headers(self._resource), **answer.headers}
            if self._fake.token_expires:
                answer.headers["github-authentication-token-expiration"] = self._fake.token_expires
        if is_told and self._budget.remaining == 0:
            self._budget.limited_until = self._budget.resets_at
        is_charged = answer.status == 200 and fault is None and not was_limited
        self._fake.ledger.records.append(
            RequestRecord(
                at=self._now,
                resource=self._resource,
                operation=self._operation,
                repositories=self._repositories,
                cost=self._cost if is_charged else 0,
                status=answer.status,
                fault=fault.kind if fault else "",
                was_limited=was_limited,
            )
        )


def control(fake, method, path, query):
    """What a benchmark in another process asks: ``/_fake/report``, ``/_fake/names``, POST ``/_fake/days?<number>``."""
    if path == "/_fake/report":
        return Answer(200, {**fake.ledger.report(), "day": f"{fake.day}"})
    if path == "/_fake/names":
        return Answer(200, [repository.full_name for repository in fake.world])
    if path == "/_fake/days" and method == "POST" and query.isdecimal():
        fake.days_ahead += int(query)
        return Answer(200, {"day": f"{fake.day}"})
    return Answer(404, {"message": "Not Found"})


def _rate(budget):
    return {"limit": budget.limit, "remaining": budget.remaining, "reset": math.ceil(budget.resets_at.timestamp())}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Without this, one connection in two waits for a full backlog under a burst of workers.
    request_queue_size = 64

    def __init__(self, address, fake):
        self.fake = fake
        super().__init__(address, _Handler)

    def handle_error(self, request, client_address):
        """Stay quiet: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self):
        self._serve(b"")

    def do_POST(self):
        self._serve(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _serve(self, content):
        fake = self.server.fake
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = fake.answer(self.command, self.path, headers, content)
        if answer.delay_seconds or answer.is_reset:
            fake.wait(answer.delay_seconds)
            self._break(is_reset=answer.is_reset)
            return
        body, kind = answer.content()
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if kind:
            self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _break(self, *, is_reset):
        if is_reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, *_arguments):
        """Log nothing; the ledger has it all."""
