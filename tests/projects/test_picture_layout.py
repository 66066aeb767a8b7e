"""Where things stand on the picture of the map."""

import pytest

from projects.picture_layout import (
    FRAME_GAP,
    Place,
    Size,
    frame_height,
    frame_width,
    pack_frames,
    place_tiles,
)

ONE, WIDE, LARGE = Size(1, 1), Size(2, 1), Size(2, 2)


@pytest.mark.parametrize(
    ("sizes", "columns", "places", "rows"),
    [
        ([], 3, (), 0),
        ([ONE], 3, ((0, 0),), 1),
        ([ONE] * 4, 3, ((0, 0), (1, 0), (2, 0), (0, 1)), 2),
        ([LARGE, ONE, ONE, ONE], 3, ((0, 0), (2, 0), (2, 1), (0, 2)), 3),
        ([LARGE, LARGE, WIDE], 4, ((0, 0), (2, 0), (0, 2)), 3),
        ([LARGE, WIDE, ONE], 3, ((0, 0), (0, 2), (2, 0)), 3),
        ([WIDE, ONE], 1, ((0, 0), (0, 1)), 2),
    ],
)
def test_place_tiles_takes_the_first_free_cells(sizes, columns, places, rows):
    assert place_tiles(sizes, columns) == (tuple(Place(*place) for place in places), rows)


def test_pack_frames_of_none_gives_no_rows():
    assert pack_frames([], fewest=[], width=1000) == []


def test_pack_frames_keeps_the_order_and_fills_each_row():
    frames = [[LARGE] * 3, [ONE] * 20, [ONE], [ONE] * 60, [WIDE] * 5]

    rows = pack_frames(frames, fewest=[1, 2, 1, 3, 2], width=1000)

    boxes = [box for row in rows for box in row.frames]
    assert [len(box.places) for box in boxes] == [len(frame) for frame in frames]
    for row in rows:
        assert sum(box.width for box in row.frames) + FRAME_GAP * (len(row.frames) - 1) == 1000
        assert [box.x for box in row.frames] == sorted(box.x for box in row.frames)


def test_pack_frames_puts_small_frames_side_by_side():
    (row,) = pack_frames([[ONE], [ONE], [ONE]], fewest=[1, 1, 1], width=1000)

    assert row.height == frame_height(1)


def test_pack_frames_leaves_room_for_titles():
    (row,) = pack_frames([[ONE], [ONE]], fewest=[5, 1], width=frame_width(5) + FRAME_GAP + frame_width(2))

    assert row.frames[0].width == frame_width(5)


def test_pack_frames_breaks_where_frames_do_not_fit():
    assert len(pack_frames([[ONE], [ONE]], fewest=[5, 5], width=frame_width(5))) == 2
