"""How many repositories to ask for at a time; pure."""

from dataclasses import dataclass, replace

LARGEST = 50
CLEAN_BEFORE_GROWTH = 3
MOST_PATIENCE = 48


@dataclass(frozen=True)
class BatchSize:
    """The size of the next batch and what it rests on; halved quickly, grown back carefully.

    After ``patience`` clean batches in a row it grows by a quarter; every halving doubles the patience.
    """

    current: int = LARGEST
    largest: int = LARGEST
    clean: int = 0
    patience: int = CLEAN_BEFORE_GROWTH

    def after(self, *, is_too_heavy: bool, asked: int) -> "BatchSize":
        """Return the next size after a batch of ``asked`` repositories."""
        return self._halved(asked) if is_too_heavy else self._after_clean(asked)

    def _halved(self, asked: int) -> "BatchSize":
        smaller = max(1, min(self.current, asked) // 2)
        return replace(self, current=smaller, clean=0, patience=min(self.patience * 2, MOST_PATIENCE))

    def _after_clean(self, asked: int) -> "BatchSize":
        # A rest of a few repositories proves nothing about larger batches.
        if self.current == self.largest or asked < self.current:
            return self
        if self.clean + 1 < self.patience:
            return replace(self, clean=self.clean + 1)
        return replace(self, current=min(self.largest, self.current + max(1, self.current // 4)), clean=0)
