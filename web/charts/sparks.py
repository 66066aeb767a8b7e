"""The smallest lines, for a cell of a table: whole units in a box of a hundred by twenty."""

from collections.abc import Sequence

WIDTH, HEIGHT = 104, 20


def spark_path(values: Sequence[int | None]) -> str:
    """Draw evenly spaced counts from zero to their greatest; what is None is not drawn, and no gap is bridged.

    A value that stands alone is a line without length, which round ends make a dot. Nothing known gives "".
    """
    greatest = max((value for value in values if value is not None), default=0) or 1
    step = WIDTH / max(len(values) - 1, 1)
    path, is_drawing = [], False
    for place, value in enumerate(values):
        if value is not None:
            is_last = place + 1 == len(values) or values[place + 1] is None
            point = f"{round(place * step)} {round(HEIGHT * (1 - value / greatest))}"
            path.append(f"{'L' if is_drawing else 'M'}{point}{'' if is_drawing or not is_last else 'h.5'}")
        is_drawing = value is not None
    return "".join(path)
