"""Clocks: one that stands still until it is told to go on, and the machine's own."""

from datetime import UTC, datetime, timedelta


class VirtualClock:
    """An instant that only ``advance`` (or ``sleep``) moves; call it to read it."""

    def __init__(self, now=datetime(2026, 11, 22, 2, 0, tzinfo=UTC)):
        self.now = now

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)

    def advance(self, **parts):
        self.now += timedelta(**parts)

    def advance_to(self, instant):
        self.now = max(self.now, instant)


def real_clock():
    """The machine's time in UTC."""
    return datetime.now(UTC)
