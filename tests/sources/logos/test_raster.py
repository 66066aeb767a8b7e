import io

import pytest
from PIL import Image

from sources.logos.errors import BadLogoError
from sources.logos.raster import raster
from tests.sources.logos.drawings import opened, svg

STICKER = (
    '<circle cx="50" cy="25" r="20" fill="#36f" stroke="#fff" stroke-width="3"/>'
    '<path d="M38 14h24v4h-24z M36 22h28v4h-28z M38 30h24v4h-24z" fill="#fff"/>'
)


def test_raster_trims_margins_and_fills_the_box():
    thumbnail = raster(svg('<rect x="60" y="30" width="20" height="5" fill="red"/>'), box=(80, 40))

    assert (thumbnail.width, thumbnail.height) == (80, 20)
    assert opened(thumbnail.webp).getpixel((40, 10))[3] == 255


def test_raster_keeps_proportions_of_tall_logos():
    thumbnail = raster(svg('<rect width="10" height="50"/>'), box=(80, 40))

    assert (thumbnail.width, thumbnail.height) == (8, 40)


def test_raster_trims_a_white_ground():
    ground = '<rect width="100" height="50" fill="#fff"/>'

    thumbnail = raster(svg(f'{ground}<rect x="40" y="20" width="20" height="10" fill="#00f"/>'), box=(80, 40))

    assert (thumbnail.width, thumbnail.height) == (80, 40)
    assert opened(thumbnail.webp).getpixel((1, 1))[2] > 240


def test_raster_draws_sizes_in_points():
    thumbnail = raster(svg('<rect width="100" height="50"/>', root='width="72pt" height="36pt"'), box=(80, 40))

    assert (thumbnail.width, thumbnail.height) == (80, 40)


def test_raster_is_the_same_every_time():
    logo = svg('<circle cx="50" cy="25" r="20" fill="#326ce5"/>')

    assert raster(logo) == raster(logo)


def test_raster_does_not_blow_up_small_pictures():
    buffer = io.BytesIO()
    Image.new("RGB", (30, 10), "red").save(buffer, "PNG")

    assert (raster(buffer.getvalue()).width, raster(buffer.getvalue()).height) == (30, 10)


def test_raster_warns_of_letters_it_cannot_draw():
    rect = '<rect width="10" height="10"/>'

    assert raster(svg(f"{rect}<text>name</text>")).has_text is True
    assert raster(svg(rect)).has_text is False


@pytest.mark.parametrize("content", ["", "<text>name</text>", '<rect width="9" height="9" fill="none"/>'])
def test_raster_refuses_what_shows_nothing(content):
    with pytest.raises(BadLogoError, match="shows nothing"):
        raster(svg(content))


def test_raster_refuses_what_has_no_size():
    with pytest.raises(BadLogoError, match="cannot be drawn"):
        raster(b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>')


@pytest.mark.parametrize(
    ("content", "tone"),
    [
        ('<rect x="10" y="10" width="60" height="9" fill="#fff"/><circle cx="50" cy="40" r="9" fill="#fff"/>', "light"),
        ('<circle cx="50" cy="25" r="20"/>', "dark"),
        ('<circle cx="50" cy="25" r="20" fill="#00205b"/>', "dark"),
        ('<circle cx="50" cy="25" r="20" fill="#e33"/>', "mixed"),
        ('<circle cx="50" cy="25" r="20" fill="#ffd93d"/>', "mixed"),
        ('<circle cx="50" cy="25" r="20" fill="#36f"/><path d="M40 20h20v10h-20z" fill="#fff"/>', "mixed"),
        (STICKER, "mixed"),
        ('<rect width="100" height="50" fill="#fff"/><circle cx="50" cy="25" r="20" fill="#36f"/>', "dark"),
        ('<rect width="100" height="50"/><circle cx="50" cy="25" r="20" fill="#fff"/>', "mixed"),
    ],
    ids=[
        "white", "black", "navy", "red", "yellow", "white inside blue", "white sticker", "white ground", "black ground",
    ],
)  # fmt: skip
def test_tone_tells_the_ground_a_logo_needs(content, tone):
    assert raster(svg(content)).tone == tone
