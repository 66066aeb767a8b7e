"""Marks over a time chart: days on which counting itself changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from web.charts.scales import percent

# Letters nearer than this share of the width go to another row.
NEAR = 0.045
ROWS = 3
ROW_HEIGHT = 13  # pixels


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line with a letter; ``row`` counts rows of letters from the top."""

    at: str
    row: int
    letter: str
    day: date
    text: str

    @property
    def letter_y(self) -> int:
        """Where the letter stands, in pixels from the top."""
        return 10 + ROW_HEIGHT * self.row

    @property
    def line_y(self) -> int:
        """Where the line begins, in pixels from the top."""
        return self.letter_y + 3


def lay_marks(breaks: Iterable[tuple[date, str]], position: Callable[[date], float | None]) -> list[Mark]:
    """Place dated breaks by ``position`` (0 to 1, None: outside), in order of days, lettered A, B, C ..."""
    marks: list[Mark] = []
    rightmost = [-1.0] * ROWS
    for day, text in sorted(breaks):
        x = position(day)
        if x is None:
            continue
        row = next((row for row in range(ROWS) if x - rightmost[row] >= NEAR), ROWS - 1)
        rightmost[row] = x
        marks.append(Mark(percent(x), row, ascii_uppercase[len(marks) % 26], day, text))
    return marks
