import itertools

import pytest

from sources.logos.bulk import Failure, raster_many
from sources.logos.raster import raster
from sources.logos.sanitise import sanitise_svg
from tests.sources.logos.drawings import svg

# Fifty layers of noise take the renderer far longer than the bound of the test.
NOISE = '<feTurbulence numOctaves="200" baseFrequency="0.9"/>' * 50
SLOW = svg(f'<filter id="f">{NOISE}</filter><rect width="100" height="50" filter="url(#f)"/>')


def red(width):
    return svg(f'<rect width="{width}" height="10" fill="red"/>', view=f"0 0 {width} 10")


def test_many_come_in_order_cleaned_and_drawn():
    files = [(f"{width}.svg", red(width)) for width in range(10, 30)]

    results = list(raster_many(files, workers=2))

    assert [result.name for result in results] == [name for name, _ in files]
    assert [result.clean.content for result in results] == [sanitise_svg(content) for _, content in files]
    assert [result.thumbnail for result in results] == [raster(sanitise_svg(content)) for _, content in files]


def test_bad_file_is_a_failure_and_the_others_go_on():
    results = list(raster_many([("bad.svg", b"<html/>"), ("good.svg", red(10))], workers=1))

    assert results[0] == Failure("bad.svg", "The file's root element is “html”, not “svg”.")
    assert results[1].name == "good.svg"


def test_slow_file_is_given_up_and_the_others_go_on():
    results = list(raster_many([("slow.svg", SLOW), ("good.svg", red(10))], workers=1, seconds=1.5))

    assert results[0] == Failure("slow.svg", "Cleaning and drawing the file takes more than 1.5 seconds.")
    assert results[1].name == "good.svg"


def test_files_are_read_only_as_needed():
    read = itertools.count()
    files = ((f"{next(read)}.svg", red(10)) for _ in range(100))

    many = raster_many(files, workers=1)
    next(many)
    many.close()

    assert next(read) < 10


@pytest.mark.parametrize("workers", [1, 3])
def test_nothing_gives_nothing(workers):
    assert list(raster_many([], workers=workers)) == []
