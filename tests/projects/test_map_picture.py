"""The map as one picture."""

import io
from xml.etree import ElementTree

import pytest
from model_bakery import baker
from PIL import Image

from projects.as_of import periods_at
from projects.map_picture import ARCHIVED_OPACITY, Caption, PictureBlock, PictureFrame, PictureTile, draw_map
from projects.map_picture_contents import picture_blocks
from projects.models import Category, Logo, LogoSheet, Subcategory
from projects.picture_png import png_of
from projects.picture_scene import Box, Cutting, Picture, SceneImage, Words, fitting
from projects.picture_svg import svg_of
from tests.web.catalogue import instant, item, period

SVG = "{http://www.w3.org/2000/svg}"


def webp(width=152, height=80, colour="#ff0000"):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "WEBP", lossless=True)
    return buffer.getvalue()


def scene(*tiles, images=None, name="Storage"):
    blocks = [PictureBlock("Runtime", (PictureFrame(name, tiles),))]
    return draw_map(
        blocks, Caption("CNCF Landscape", "As of today", ("Source: them", "CC BY 4.0")), images=images or {}
    )


def boxes(drawn):
    return {element.title: element for element in drawn.elements if isinstance(element, Box) and element.title}


def words(drawn):
    return [element.text for element in drawn.elements if isinstance(element, Words)]


def test_picture_says_what_it_is_and_where_it_comes_from():
    assert words(scene())[:4] == ["CNCF Landscape", "As of today", "Source: them", "CC BY 4.0"]


def test_hosted_projects_are_larger_the_further_the_larger():
    drawn = boxes(scene(PictureTile("G", "graduated"), PictureTile("S", "sandbox"), PictureTile("N", "")))

    area = {name: box.width * box.height for name, box in drawn.items()}
    assert area["G"] > area["S"] > area["N"]


def test_tiles_do_not_overlap_and_stay_inside():
    tiles = [PictureTile(f"T{place}", ["graduated", "sandbox", "", "archived"][place % 4]) for place in range(60)]
    drawn = scene(*tiles)

    placed = list(boxes(drawn).values())
    assert len(placed) == 60
    for one in placed:
        assert one.x >= 0
        assert one.x + one.width <= drawn.width
        assert one.y + one.height <= drawn.height
        for other in placed:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert one is other or apart


def test_a_card_without_logo_shows_its_letters():
    assert "OF" in words(scene(PictureTile("OpenFaaS", "")))


def test_a_logo_keeps_its_proportions_and_archived_ones_pale():
    logo = Cutting("sheet", 0, 80, 152, 80)
    images = {"sheet": SceneImage(webp(152, 160), 152, 160)}

    drawn = scene(PictureTile("A", "archived", logo), images=images)

    (picture,) = [element for element in drawn.elements if isinstance(element, Picture)]
    assert picture.width / picture.height == pytest.approx(152 / 80)
    assert (picture.cutting, picture.opacity) == (logo, ARCHIVED_OPACITY)


def test_fitting_cuts_long_texts():
    assert fitting("Short", 100, 12) == "Short"
    assert fitting("A very long name of a subcategory", 100, 12).endswith("…")
    assert fitting("自动化与配置", 30, 12) == "自…"


def test_svg_is_whole_and_holds_each_image_once():
    images = {"sheet": SceneImage(webp(152, 160), 152, 160)}
    tiles = [PictureTile(f"<T{place}> &\x01", "", Cutting("sheet", 0, 80 * place, 152, 80)) for place in range(2)]

    root = ElementTree.fromstring(svg_of(scene(*tiles, images=images)))  # noqa: S314  (our own drawing)

    assert len(root.findall(f".//{SVG}image")) == 1
    assert [use.get("href") for use in root.findall(f".//{SVG}use")] == ["#i0", "#i0"]
    assert [part.get("viewBox") for part in root.findall(f"{SVG}svg")] == ["0 0 152 80", "0 80 152 80"]
    assert [title.text for title in root.findall(f"{SVG}rect/{SVG}title")] == ["<T0> &", "<T1> &"]
    assert not root.findall(f".//{SVG}script")


def test_svg_reaches_for_nothing_outside():
    images = {"sheet": SceneImage(webp(), 152, 80)}
    text = svg_of(scene(PictureTile("A", "", Cutting("sheet", 0, 0, 152, 80)), images=images))

    assert text.replace("http://www.w3.org/2000/svg", "").count("http") == 0


def test_png_shows_logos_and_needs_no_fonts_of_the_machine():
    images = {"sheet": SceneImage(webp(), 152, 80)}
    drawn = scene(PictureTile("A", "", Cutting("sheet", 0, 0, 152, 80)), PictureTile("Beta", ""), images=images)

    picture = Image.open(io.BytesIO(png_of(drawn)))

    assert picture.size == (drawn.width, drawn.height)
    logo = next(element for element in drawn.elements if isinstance(element, Picture))
    assert picture.getpixel((round(logo.x + logo.width / 2), round(logo.y + logo.height / 2))) == (255, 0, 0)
    title = picture.crop((40, 20, 300, 60)).convert("L")
    assert min(title.tobytes()) < 60  # ink


@pytest.mark.django_db
def test_contents_are_the_landscape_of_the_instant(django_assert_num_queries):
    sheet = baker.make(LogoSheet, digest="s" * 64, webp=webp(152, 160), columns=1, cells=2)
    on_sheet = baker.make(Logo, digest="a" * 64, webp=webp(), sheet=sheet, cell=1, tone="light", width=152, height=80)
    alone = baker.make(Logo, digest="b" * 64, webp=webp(20, 10), tone="any", width=20, height=10)
    period(item("Rook", logo=on_sheet, maturity="graduated", kind="project"))
    period(item("Ceph", logo=alone))
    period(item("Bare"))
    period(item("Gone"), until=instant(2019, 1, 1))
    Category.objects.update(name_zh="运行时")
    Subcategory.objects.update(name_zh="存储")

    with django_assert_num_queries(4):
        ((block,), images) = picture_blocks(periods_at(instant(2020, 1, 1)), group="projects", language="zh-hans")

    (frame,) = block.frames
    assert (block.name, frame.name) == ("运行时", "存储")
    assert frame.tiles == (
        PictureTile("Rook", "graduated", Cutting("s" * 64, 0, 80, 152, 80), on_dark=True),
        PictureTile("Bare", ""),
        PictureTile("Ceph", "", Cutting("b" * 64, 0, 0, 20, 10)),
    )
    assert {key: (image.width, image.height) for key, image in images.items()} == {
        "s" * 64: (152, 160),
        "b" * 64: (20, 10),
    }
    assert picture_blocks(periods_at(instant(2020, 1, 1)), group="wasm", language="en") == ([], {})
