import pytest

from web.map_layout import UNITS, columns_by_span, pack


def spans(slots, tile_width=78):
    return [row.spans for row in pack(slots, tile_width=tile_width)]


def test_pack_fills_each_row_and_keeps_the_order():
    rows = spans([90, 20, 130, 12, 40, 8, 8, 8])
    assert all(sum(row) == UNITS for row in rows)
    assert sum(len(row) for row in rows) == 8


@pytest.mark.parametrize("slots", [[1], [1] * 30, [600, 1], [1, 600, 1], [5] * 9])
def test_pack_gives_every_frame_the_room_it_needs(slots):
    columns = columns_by_span(78)
    rows = pack(slots, tile_width=78)
    widths = [(span, row.rows) for row in rows for span in row.spans]
    assert all(columns[span] * height >= count for (span, height), count in zip(widths, slots, strict=True))


def test_pack_puts_small_frames_beside_each_other():
    assert spans([10, 10, 10]) == [(8, 8, 8)]


def test_pack_gives_a_large_frame_its_own_row():
    assert spans([320, 60, 60]) == [(24,), (12, 12)]


def test_pack_of_nothing_is_nothing():
    assert pack([], tile_width=78) == []


def test_columns_grow_with_the_span():
    columns = columns_by_span(78)
    assert list(columns) == sorted(columns)
    assert columns[UNITS] == 16
