"""How many repositories to ask for at a time; pure."""

from dataclasses import dataclass, replace

LARGEST = 50
# Clean batches in a row before the size returns towards one that has been answered before.
CLEAN_BEFORE_RETURN = 2
# The same before it grows beyond that; doubled by every growth that fails, halved by every one that holds.
CLEAN_BEFORE_GROWTH = 2
MOST_PATIENCE = 12


@dataclass(frozen=True)
class BatchSize:
    """The size of the next batch and what it rests on: halved at once, grown back carefully.

    ``proven``: the largest size that has been answered and not failed since. Failures by chance leave it nearly
    where it was, so that they do not end in batches of one; failures by size bring it down step by step.
    """

    current: int = LARGEST
    largest: int = LARGEST
    proven: int = 0
    clean: int = 0
    patience: int = CLEAN_BEFORE_GROWTH

    def after(self, *, is_too_heavy: bool, asked: int) -> "BatchSize":
        """Return the next size after a batch of ``asked`` repositories."""
        return self._halved(asked) if is_too_heavy else self._after_clean(asked)

    def _halved(self, asked: int) -> "BatchSize":
        was_growth = asked > self.proven
        # One failure below a proven size is chance; at that size, or one after the other, they count against it.
        is_chance = asked < self.proven and self.clean > 0
        return replace(
            self,
            current=max(1, min(self.current, asked) // 2),
            proven=self.proven if is_chance else min(self.proven, asked - max(1, asked // 4)),
            clean=0,
            patience=min(self.patience * 2, MOST_PATIENCE) if was_growth else self.patience,
        )

    def _after_clean(self, asked: int) -> "BatchSize":
        # A rest of a few repositories proves nothing about larger batches.
        if asked < self.current:
            return self
        held = self._held() if asked > self.proven else self
        needed = CLEAN_BEFORE_RETURN if held.current < held.proven else held.patience
        if held.current == held.largest or held.clean + 1 < needed:
            return replace(held, clean=held.clean + 1)
        return replace(held, current=_larger(held), clean=0)

    def _held(self) -> "BatchSize":
        """Return the state in which the present size is proven."""
        return replace(self, proven=self.current, patience=max(self.patience // 2, CLEAN_BEFORE_GROWTH))


def _larger(size: BatchSize) -> int:
    if size.current < size.proven:
        return min(size.proven, size.current * 2)
    return min(size.largest, size.current + max(1, size.current // 2))
