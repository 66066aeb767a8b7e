"""Stretches of time in which a subject keeps one value, built version by version."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

Subject = TypeVar("Subject", bound=Hashable)
Value = TypeVar("Value")


@dataclass(slots=True, eq=False)
class Span(Generic[Subject, Value]):
    """One value of one subject during ``[start, end)`` in UTC; an ``end`` of None is still open.

    ``note`` is what the span carries along without being compared; ``pk`` is 0 until it is a row.
    """

    subject: Subject
    value: Value
    start: datetime
    end: datetime | None = None
    note: Any = None
    pk: int = 0


@dataclass(slots=True)
class Timeline(Generic[Subject, Value]):
    """The spans of many subjects, of which only the newest ones are at hand, and what was written to them.

    Of two values at one instant the later wins: empty spans vanish, and a value that so comes back to what it was goes
    on in its former span.
    """

    _newest: dict[Subject, list[Span[Subject, Value]]] = field(default_factory=dict)
    added: list[Span[Subject, Value]] = field(default_factory=list)
    changed: dict[int, Span[Subject, Value]] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)

    def resume(self, span: Span[Subject, Value]) -> None:
        """Take over a stored span; those of one subject come in order of time."""
        self._newest.setdefault(span.subject, []).append(span)

    def current(self, subject: Subject) -> Span[Subject, Value] | None:
        """Give the open span of a subject."""
        spans = self._newest.get(subject)
        return spans[-1] if spans and spans[-1].end is None else None

    def state(self, subject: Subject, value: Value, at: datetime, note: Any = None) -> None:
        """Let ``subject`` have ``value`` from ``at`` on."""
        current = self.current(subject)
        if current is not None and current.value == value:
            return
        self.end(subject, at)
        spans = self._newest.setdefault(subject, [])
        if spans and spans[-1].end == at and spans[-1].value == value:
            self._set_end(spans[-1], None)
            return
        span = Span(subject, value, at, note=note)
        spans.append(span)
        del spans[:-2]
        self.added.append(span)

    def end(self, subject: Subject, at: datetime) -> None:
        """Let ``subject`` have no value from ``at`` on."""
        current = self.current(subject)
        if current is None:
            return
        if current.start < at:
            self._set_end(current, at)
            return
        self._newest[subject].pop()
        if not current.pk:
            self.added.remove(current)
        else:
            self.changed.pop(current.pk, None)
            self.dropped.append(current.pk)

    def _set_end(self, span: Span[Subject, Value], end: datetime | None) -> None:
        span.end = end
        if span.pk:
            self.changed[span.pk] = span
