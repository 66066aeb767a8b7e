import base64
import io

import pytest
from PIL import Image

from sources.logos.errors import BadLogoError, UnsafeLogoError
from sources.logos.sanitise import sanitise_logo, sanitise_picture, sanitise_svg

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RECT = '<rect width="5" height="5"/>'


def svg(content, doctype=""):
    return f"{doctype}<svg {SVG} viewBox='0 0 10 10'>{content}</svg>".encode()


def picture(size=(4, 4), kind="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>steal()</script>",
        "<SCRIPT>steal()</SCRIPT>",
        '<rect onclick="steal()"/>',
        '<g OnLoad="steal()"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">steal</p></foreignObject>',
        '<a href="javascript:steal()"><g/></a>',
        '<image href="http://steal/x.png"/>',
        '<image xlink:href="//steal/x.png"/>',
        '<image href="/steal/x.png"/>',
        '<image href="file:///steal"/>',
        '<image href="data:image/svg+xml;base64,c3RlYWw="/>',
        '<image href="data:text/html,steal"/>',
        '<use href="http://steal/x.svg#a"/>',
        '<feImage href="http://steal/x.png"/>',
        '<rect fill="url(http://steal/x.svg#a)"/>',
        """<rect style="fill:url( 'http://steal/x.svg#a' )"/>""",
        '<rect style="fill:u\\72l(http://steal/x)"/>',
        "<style>@import url(http://steal/a.css);</style>",
        '<style>@import "http://steal/a.css";</style>',
        '<style>@im\\70ort "http://steal/a.css";</style>',
        "<style>@font-face{font-family:a;src:url(http://steal/f.woff)}</style>",
        '<style>a{background:image-set("http://steal/x.png" 1x)}</style>',
        "<style>a{background:url(http://steal/x.png}</style>",
        '<animate attributeName="href" to="http://steal"/>',
        '<set attributeName="href" to="http://steal"/>',
        '<g xml:base="http://steal/"/>',
        '<iframe src="http://steal"/>',
        "<!-- steal -->",
        "<?xml-stylesheet href='http://steal/a.css'?>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg">steal()</x:script>',
        '<script xmlns="http://www.w3.org/1999/xhtml" src="http://steal"/>',
    ],
)
def test_svg_keeps_its_shapes_and_loses_what_could_harm(hostile):
    clean = sanitise_svg(svg(hostile + RECT)).decode()

    assert '<rect height="5" width="5"/>' in clean
    for trace in ("steal", "script", "foreign", "import", "onload"):
        assert trace not in clean.lower()


def test_svg_keeps_references_to_its_own_parts():
    clean = sanitise_svg(
        svg('<style>.a{fill:url("#g")}</style><g id="g"/><use xlink:href="#g"/><rect fill="url(#g)"/>')
    ).decode()

    assert "fill:url(#g)" in clean
    assert '<use href="#g"/>' in clean
    assert '<rect fill="url(#g)"/>' in clean


def test_svg_keeps_the_pictures_it_carries():
    carried = f"data:image/png;base64,{base64.b64encode(picture()).decode()}"

    assert carried in sanitise_svg(svg(f'<image href="{carried}"/>')).decode()


def test_svg_loses_carried_pictures_of_too_many_pixels():
    carried = f"data:image/png;base64,{base64.b64encode(picture((5_000, 5_000))).decode()}"

    assert "data:" not in sanitise_svg(svg(f'<image href="{carried}"/>')).decode()


def test_chinese_identifiers_still_find_their_gradient():
    clean = sanitise_svg(svg('<style>.a{fill:url(#渐变)}</style><linearGradient id="渐变"/>')).decode()

    identifier = clean.split('<linearGradient id="')[1].split('"')[0]
    assert identifier.isascii()
    assert f"fill:url(#{identifier})" in clean


def test_doctype_goes_and_short_entities_are_put_in():
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://w3/svg11.dtd" [<!ENTITY red "#f00">]>'

    clean = sanitise_svg(svg('<rect fill="&red;"/>', doctype))

    assert b"DOCTYPE" not in clean
    assert b'<rect fill="#f00"/>' in clean


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
)
USES = '<g id="a"><rect/></g>' + "".join(
    f'<g id="{b}">{f"""<use href="#{a}"/>""" * 10}</g>' for a, b in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("content", "doctype"),
    [
        ("<desc>&h;</desc>", f"<!DOCTYPE svg [{LAUGHS}]>"),
        ("<desc>&a;</desc>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        ("", '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://steal/x.dtd"> %a;]>'),
        ("<desc>" + "&a;" * 100_000 + "</desc>", f'<!DOCTYPE svg [<!ENTITY a "{"ha" * 100}">]>'),
        (USES, ""),
        ("<g>" * 200 + "</g>" * 200, ""),
    ],
    ids=["nested entities", "outside entity", "parameter entity", "many entities", "nested uses", "deep"],
)
def test_svg_that_multiplies_is_refused(content, doctype):
    with pytest.raises(UnsafeLogoError):
        sanitise_svg(svg(content, doctype))


def test_use_of_oneself_is_no_bomb():
    assert b'<use href="#a"/>' in sanitise_svg(svg('<g id="a"><use href="#a"/></g>'))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not well-formed"),
        (b"<svg><g></svg>", "not well-formed"),
        (b"<html/>", "root element"),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "encoding"),
        (b"<svg>\xff</svg>", "encoding"),
    ],
)
def test_what_is_no_svg_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(BadLogoError, match=sentence):
        sanitise_svg(data)


def test_too_many_bytes_are_refused():
    with pytest.raises(BadLogoError, match="at most 10 are taken"):
        sanitise_logo(svg(RECT), max_bytes=10)


@pytest.mark.parametrize(
    "data",
    [
        f'<?xml version="1.0" encoding="utf-16"?><svg {SVG}><desc>é</desc></svg>'.encode(),
        f'<?xml version="1.0" encoding="utf-16"?><svg {SVG}><desc>é</desc></svg>'.encode("utf-16"),
        f'<?xml version="1.0" encoding="iso-8859-1"?><svg {SVG}><desc>é</desc></svg>'.encode("latin-1"),
        f"<svg {SVG}><desc>é</desc></svg>".encode("utf-8-sig"),
    ],
    ids=["utf-8 that says utf-16", "utf-16", "latin-1", "byte order mark"],
)
def test_letters_survive_every_encoding(data):
    assert "<desc>é</desc>" in sanitise_svg(data).decode()


def test_prefixed_and_unnamed_svg_becomes_plain_svg():
    prefixed = b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:rect/></s:svg>'

    assert b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>' in sanitise_svg(prefixed)
    assert sanitise_svg(b"<svg><rect/></svg>") == sanitise_svg(prefixed)


def test_cleaning_twice_is_cleaning_once():
    clean = sanitise_svg(svg('<g\n id="图"> <path d="M0\n\t0"/><text> a  b </text></g><style>.a{fill:red}</style>'))

    assert sanitise_svg(clean) == clean


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_are_drawn_anew_as_png(kind):
    clean = sanitise_logo(picture(kind=kind))

    assert clean.media_type == "image/png"
    assert Image.open(io.BytesIO(clean.content)).size == (4, 4)


def test_picture_loses_what_hangs_on_it():
    assert b"<svg onload" not in sanitise_picture(picture() + b"<svg onload='steal()'/>")


def test_large_picture_is_made_smaller():
    assert Image.open(io.BytesIO(sanitise_picture(picture((2_000, 1_000))))).size == (1_024, 512)


def test_picture_of_too_many_pixels_is_refused():
    with pytest.raises(UnsafeLogoError, match="pixels"):
        sanitise_logo(picture((5_000, 5_000)))


def test_broken_picture_is_refused():
    with pytest.raises(BadLogoError, match="readable"):
        sanitise_logo(picture()[:40])
