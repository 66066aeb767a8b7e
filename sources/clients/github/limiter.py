"""What every request passes, so that none is sent while limited."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sources.clients.github.errors import RateLimitedError
from sources.clients.github.limits import Pause, RateLimits, Resource, pause_when_spent


class Limiter(Protocol):
    """Where the state of GitHub's limits lives; retries and redirects pass it too."""

    def before_request(self, resource: Resource) -> None:
        """Raise ``RateLimitedError`` if no request may be sent now."""

    def after_answer(self, resource: Resource, *, limits: RateLimits | None, refusal: Pause | None) -> None:
        """Take note of an answer: the budget it told (None: nothing told) and the pause if a limit refused it."""


class ProcessLimiter:
    """A limiter for one process; several workers share one that lives outside them instead."""

    def __init__(self, clock: Callable[[], datetime], *, reserve: int = 0) -> None:
        self._clock = clock
        self._reserve = reserve
        self._pauses: dict[Resource | None, Pause] = {}

    def before_request(self, resource: Resource) -> None:
        now = self._clock()
        for pause in (self._pauses.get(resource), self._pauses.get(None)):
            if pause is not None and now < pause.until:
                raise RateLimitedError(pause)

    def after_answer(self, resource: Resource, *, limits: RateLimits | None, refusal: Pause | None) -> None:
        for pause in (pause_when_spent(limits, reserve=self._reserve), refusal):
            if pause is not None:
                self._pauses[pause.resource] = pause
