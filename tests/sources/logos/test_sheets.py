import pytest

from sources.logos.raster import raster
from sources.logos.sheets import CELL, pack_sheet, plan_sheets, position_rules
from sources.logos.tone import DARK_PLATE
from tests.sources.logos.drawings import opened, svg

RED = raster(svg('<rect width="100" height="50" fill="#f00"/>'))
BLUE = raster(svg('<rect width="100" height="50" fill="#00f"/>'))
TALL = raster(svg('<rect width="20" height="50" fill="#00f"/>'))
WHITE = raster(svg('<circle cx="50" cy="25" r="20" fill="#fff"/>'))


def cell_of(sheet, position):
    picture = opened(sheet.webp).convert("RGB")
    height = picture.height // sheet.capacity
    return picture.crop((0, position * height, picture.width, (position + 1) * height))


def near(pixel, colour):
    return all(abs(value - wanted) <= 12 for value, wanted in zip(pixel, colour, strict=True))


def test_sheet_holds_each_thumbnail_in_its_cell():
    sheet = pack_sheet([RED, BLUE], capacity=3)

    assert (sheet.width, sheet.height, sheet.count) == (CELL[0], 3 * CELL[1], 2)
    middles = [cell_of(sheet, position).getpixel((CELL[0] // 2, CELL[1] // 2)) for position in range(3)]
    assert near(middles[0], (255, 0, 0))
    assert near(middles[1], (0, 0, 255))
    assert middles[2] == (255, 255, 255)


def test_sheet_stands_light_logos_on_the_dark_plate():
    sheet = pack_sheet([WHITE, TALL], capacity=2)

    assert near(cell_of(sheet, 0).getpixel((2, 2)), DARK_PLATE)
    assert near(cell_of(sheet, 1).getpixel((2, 2)), (255, 255, 255))


def test_sheet_is_the_same_every_time():
    assert pack_sheet([RED, WHITE]) == pack_sheet([RED, WHITE])


def test_sheet_can_have_larger_cells():
    sheet = pack_sheet([RED], cell=(304, 160), capacity=2)

    assert (sheet.width, sheet.height) == (304, 320)
    assert near(cell_of(sheet, 0).getpixel((20, 20)), (255, 0, 0))


def test_sheet_of_nothing_is_white():
    assert opened(pack_sheet([], capacity=2).webp).convert("RGB").getextrema() == ((255, 255),) * 3


def test_sheet_refuses_more_than_it_holds():
    with pytest.raises(ValueError, match="holds 1 thumbnails, not 2"):
        pack_sheet([RED, BLUE], capacity=1)


@pytest.mark.parametrize(
    ("blocks", "sheets"),
    [
        ([], []),
        ([[]], []),
        ([["a", "b", "c"], ["d"]], [["a", "b"], ["c"], ["d"]]),
        ([["a", "b"], ["b", "a", "c", "c"]], [["a", "b"], ["c"]]),
    ],
)
def test_plan_gives_each_block_its_own_sheets(blocks, sheets):
    assert list(plan_sheets(blocks, capacity=2)) == sheets


def test_position_rules_show_every_cell():
    assert position_rules(3) == ".p0{object-position:0 0%}\n.p1{object-position:0 50%}\n.p2{object-position:0 100%}\n"
    assert position_rules(1) == ".p0{object-position:0 0%}\n"
