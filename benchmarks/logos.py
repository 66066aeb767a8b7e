"""Measures cleaning, drawing and packing of a folder of logos: ``python -m benchmarks.logos FOLDER [WORKERS]``."""

import resource
import sys
import time
from collections import Counter
from pathlib import Path

from sources.logos.bulk import Failure, Result, raster_many
from sources.logos.sheets import pack_sheet, plan_sheets


def main(folder: Path, workers: int) -> None:
    """Print seconds, bytes and memory, and each file that is left out."""
    started = time.perf_counter()
    files = sorted(path for path in folder.iterdir() if path.is_file())
    drawn: list[Result] = []
    for answer in raster_many(((path.name, path.read_bytes()) for path in files), workers=workers):
        if isinstance(answer, Failure):
            say(f"left out: {answer.name}: {answer.reason}")
        else:
            drawn.append(answer)
    seconds = time.perf_counter() - started
    say(f"{len(drawn)} of {len(files)} logos cleaned and drawn by {workers} workers in {seconds:.1f} s")
    say(f"tones: {dict(Counter(result.thumbnail.tone for result in drawn))}")
    say(f"with letters that are not drawn: {sum(result.thumbnail.has_text for result in drawn)}")
    say(f"a thumbnail has {sum(len(result.thumbnail.webp) for result in drawn) / len(drawn):,.0f} bytes on average")
    started = time.perf_counter()
    sheets = [pack_sheet([result.thumbnail for result in results]) for results in plan_sheets([drawn])]
    size = sum(len(sheet.webp) for sheet in sheets)
    say(f"{len(sheets)} sheets, {size / len(drawn):,.0f} bytes a logo, in {time.perf_counter() - started:.1f} s")
    own, largest = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    say(f"memory at most: {own} MB here (it keeps every result), {largest} MB in the largest worker")


def say(line: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2)
