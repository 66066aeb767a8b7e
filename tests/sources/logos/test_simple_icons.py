from pathlib import Path

from sources.logos.raster import raster
from sources.logos.sanitise import sanitise_svg
from sources.logos.simple_icons import read_simple_icons

FOLDER = Path(__file__).resolve().parents[3] / "content" / "logos"


def test_icon_is_drawn_in_its_colour(tmp_path):
    (tmp_path / "simple-icons").mkdir()
    (tmp_path / "simple-icons" / "a.svg").write_text('<svg role="img"><path/></svg>')
    (tmp_path / "simple-icons.yaml").write_text(
        'version: 1\nicons:\n  - {file: a.svg, items: [A, B], colour: "#0a0b0c", source: "https://a.example/"}\n'
    )

    icons = read_simple_icons(tmp_path)

    assert len(icons) == 1
    assert icons[0].items == ("A", "B")
    assert icons[0].svg == b'<svg fill="#0a0b0c" role="img"><path/></svg>'
    assert icons[0].licence == ""


def test_every_file_is_named_once_and_can_be_drawn():
    icons = read_simple_icons(FOLDER)

    files = {path.name for path in (FOLDER / "simple-icons").glob("*.svg")}
    assert len(icons) == len(files)
    names = [name for icon in icons for name in icon.items]
    assert len(names) == len(set(names))
    thumbnails = [raster(sanitise_svg(icon.svg)) for icon in icons]
    assert min(max(thumbnail.width / 480, thumbnail.height / 240) for thumbnail in thumbnails) > 0.9
