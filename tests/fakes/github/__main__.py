"""``python -m tests.fakes.github --port 8765 --repositories 1000 --faults bad_gateway=0.02,timeout=0.01``."""

import argparse
import signal
import sys
from threading import Event

from tests.fakes.github.faults import Fault, FaultKind, Faults
from tests.fakes.github.server import TOKEN, FakeGithub
from tests.fakes.github.world import Refusal, World


def main():
    arguments = _parser().parse_args()
    world = World(arguments.repositories, seed=arguments.seed)
    _refuse(world, arguments.states)
    rules = [Fault(FaultKind(kind), rate=float(rate)) for kind, rate in _pairs(arguments.faults)]
    faults = Faults(*rules, seed=arguments.seed)
    with FakeGithub(world, faults=faults, limit=arguments.limit, token=arguments.token, port=arguments.port) as fake:
        fake.days_ahead = arguments.days_ahead
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        ended = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        ended.wait()


def _parser():
    parser = argparse.ArgumentParser(description="A GitHub of our own on 127.0.0.1; prints its address and serves.")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--repositories", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=5000, help="points, and requests, an hour")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--days-ahead", type=int, default=0)
    parser.add_argument("--faults", default="", help=f"kind=rate,...: {', '.join(FaultKind)}")
    parser.add_argument(
        "--states", default="", help=f"state=number,...: {', '.join(Refusal)}, empty, archived, renamed"
    )
    return parser


def _pairs(text):
    return [part.split("=") for part in text.split(",") if part]


def _refuse(world, states):
    """Put repositories, from the first on, into the states."""
    repositories = iter(list(world))
    for state, number in _pairs(states):
        for _ in range(int(number)):
            repository = next(repositories)
            if state == "renamed":
                world.rename(repository, f"{repository.owner}/renamed-{repository.name}")
            elif state in {"empty", "archived"}:
                setattr(repository, f"is_{state}", True)
            else:
                repository.refusal = Refusal(state)


if __name__ == "__main__":
    main()
