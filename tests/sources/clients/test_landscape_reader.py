"""Reading by pieces gives what parsing the whole text gives, and says when it could not."""

import pytest

from sources.clients.landscape_card_bodies import CardShelf
from sources.clients.landscape_reader import LandscapeReader
from sources.clients.landscape_sections import read_whole
from sources.clients.landscape_yaml import UnreadableTextError
from tests.landscape_repository import item_text, landscape_text

PLAIN = landscape_text(
    {
        "Provisioning": {"Automation & Configuration": ["Airship", "Akri"], "Container Registry": ["Harbor"]},
        "Runtime": {"Cloud Native Network": ["Cilium", "CNI"]},
    }
)
AKRI = item_text("Akri")
CNI = item_text("CNI")


def narrow(text):
    """Give the text with the columns of the category that CNCF had at 4 and 8 from 2024 to 2026."""
    head, runtime = text.split("  - category:\n    name: Runtime\n")
    lines = runtime.splitlines(keepends=True)
    return head + "  - category:\n    name: Runtime\n" + lines[0] + "".join(line[2:] for line in lines[1:])


def both(text, *, before=PLAIN):
    """Read a version after another one by pieces, and by itself as a whole."""
    text = text.encode() if isinstance(text, str) else text
    reader = LandscapeReader()
    reader.read(before.encode())
    assert reader.whole_parses == 0
    by_pieces = reader.read(text)
    return by_pieces, read_whole(text, CardShelf()), reader.whole_parses


USUAL = [
    pytest.param(PLAIN, id="the same again"),
    pytest.param("# yaml-language-server: $schema=x\n\n" + PLAIN, id="comment above"),
    pytest.param("---\n" + PLAIN, id="document mark"),
    pytest.param("\ufeff" + PLAIN, id="byte order mark"),
    pytest.param(PLAIN.replace("\n", "\r\n"), id="CRLF"),
    pytest.param(PLAIN.replace("landscape:", "categories:"), id="the other top key"),
    pytest.param("version: 1\n" + PLAIN, id="a key above"),
    pytest.param(PLAIN.rstrip("\n"), id="no last line break"),
    pytest.param(PLAIN + "\n\n# the end\n", id="comment below"),
    pytest.param(narrow(PLAIN), id="another indentation in one category"),
    pytest.param(PLAIN.replace(AKRI, AKRI.replace("- item:\n            ", "- ")), id="item without marker"),
    pytest.param(PLAIN.replace(AKRI, AKRI.replace("- item:", "- item: ''")), id="item with an empty marker"),
    pytest.param(PLAIN.replace("items:\n" + item_text("Harbor"), "items:\n"), id="items null"),
    pytest.param(PLAIN.replace("items:\n" + item_text("Harbor"), "items: []\n"), id="items empty"),
    pytest.param(PLAIN.replace("        items:\n" + item_text("Harbor"), ""), id="no items"),
    pytest.param(PLAIN + "  - category:\n    name: Empty\n    subcategories:\n", id="no subcategories"),
    pytest.param(PLAIN.replace("name: Container Registry", "name: Container Registry\n        note: see below"), id="note"),
    pytest.param(PLAIN.replace(AKRI, ""), id="item gone"),
    pytest.param(PLAIN.replace(AKRI, "          # - item:\n          #   name: Akri\n" + AKRI), id="item commented out"),
    pytest.param(PLAIN.replace(AKRI, AKRI + "            extra:\n              note: |\n                words\n" + item_text("Zot")), id="block scalar"),
    pytest.param(PLAIN + "            description: |\n              words\n", id="block scalar at the end"),
    pytest.param((PLAIN + "            description: |\n              words"), id="block scalar cut at the end"),
    pytest.param(PLAIN.replace("Runtime", "Provisioning"), id="a category twice"),
    pytest.param(PLAIN.replace("Container Registry", "Automation & Configuration"), id="a subcategory twice"),
    pytest.param(PLAIN.replace("- item:\n            name: CNI", "- item: &cni\n            name: CNI"), id="an anchor on nothing"),
]  # fmt: skip
UNUSUAL = [
    pytest.param(PLAIN.replace(AKRI, AKRI + "            description: |\n              - category:\n              - subcategory:\n"), id="marks in the words of an item at another column"),
    pytest.param(PLAIN.replace(AKRI, AKRI + '            description: "a\n          - b"\n'), id="dash inside quotes"),
    pytest.param(PLAIN.replace("logo: akri.svg", "logo: &l akri.svg").replace("logo: cni.svg", "logo: *l"), id="alias across items"),
    pytest.param(PLAIN.replace("- category:\n    ", "- ").replace("- subcategory:\n        ", "- ").replace("- item:\n            ", "- "), id="no markers"),
    pytest.param("landscape: [{name: A, subcategories: [{name: B, items: [{name: C}]}]}]\n", id="flow style"),
    pytest.param(PLAIN + "other: words\n", id="a key below"),
    pytest.param("landscape:\n", id="nothing"),
    pytest.param(PLAIN.replace("  - category:\n    name: Runtime", "  - category: {name: Runtime}\n    x: 1"), id="name inside the marker"),
    pytest.param(PLAIN.replace("        items:\n" + item_text("Harbor"), "        items: [{name: Harbor}]\n"), id="items in flow style"),
    pytest.param(PLAIN.replace(item_text("Harbor"), "          -\n            name: Harbor\n"), id="dash alone"),
]  # fmt: skip


@pytest.mark.parametrize("text", USUAL)
def test_reader_gives_what_a_whole_parse_gives(text):
    by_pieces, whole, whole_parses = both(text)

    assert by_pieces == whole
    assert list(by_pieces.sections) == list(whole.sections)
    assert whole_parses == 0


@pytest.mark.parametrize("text", UNUSUAL)
def test_reader_parses_an_unusual_text_as_a_whole(text):
    by_pieces, whole, whole_parses = both(text)

    assert by_pieces == whole
    assert whole_parses == 1


def test_reader_takes_a_section_over_from_the_version_before():
    reader = LandscapeReader()
    before = reader.read(PLAIN.encode())
    now = reader.read(PLAIN.replace(AKRI, "").encode())

    same = [key for key in now.sections if now.sections[key] is before.sections[key]]

    assert same == [("Provisioning", "Container Registry"), ("Runtime", "Cloud Native Network")]


def test_reader_goes_on_after_versions_it_could_not_take_apart():
    reader = LandscapeReader()
    before = reader.read(PLAIN.encode())
    with pytest.raises(UnreadableTextError):
        reader.read(b"landscape: [")
    reader.read(PLAIN.replace("logo: cni.svg", "logo: &l cni.svg\n            x: *l").replace(AKRI, "").encode())
    now = reader.read(PLAIN.encode())

    assert now == before
    assert all(now.sections[key].cards[0] is before.sections[key].cards[0] for key in now.sections)


def test_reader_gives_the_same_for_every_edit_of_one_line():
    """Cut out, double and empty each line of a small file in turn: both ways agree, also on refusing."""
    lines = PLAIN.splitlines(keepends=True)
    reader = LandscapeReader()
    for place, line in enumerate(lines):
        for edited in ("", line * 2, "\n", line[1:], " " + line, line.replace("- ", "-\t")):
            text = "".join([*lines[:place], edited, *lines[place + 1 :]]).encode()

            assert outcome(reader.read, text) == outcome(lambda text: read_whole(text, CardShelf()), text), (
                text.decode()
            )


@pytest.mark.parametrize(
    ("first_line", "columns"),
    [
        ("  - category:\n    name: Runtime\n", 2),
        ("  - category:\n    name: Runtime\n", -1),
        ("      - subcategory:\n        name: Container Registry\n", 2),
        ("      - subcategory:\n        name: Container Registry\n", -1),
        (item_text("Harbor"), -3),
        (item_text("Akri"), 2),
        (item_text("CNI"), -1),
    ],
)
def test_reader_judges_a_shifted_block_as_a_whole_parse_does(first_line, columns):
    """Move everything from a line to the end of its block, so that the block by itself is still good YAML."""
    start = PLAIN.index(first_line)
    own = len(first_line) - len(first_line.lstrip())
    end = next(
        (place for place in line_starts(PLAIN) if place > start and indentation(PLAIN, place) <= own), len(PLAIN)
    )
    block = PLAIN[start:end].splitlines(keepends=True)
    shifted = "".join(" " * columns + line if columns > 0 else line[-columns:] for line in block)
    text = (PLAIN[:start] + shifted + PLAIN[end:]).encode()

    assert outcome(LandscapeReader().read, text) == outcome(lambda text: read_whole(text, CardShelf()), text)


def line_starts(text):
    return [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n" and place + 1 < len(text))]


def indentation(text, place):
    line = text[place:].split("\n", 1)[0]
    return len(line) - len(line.lstrip())


def outcome(read, text):
    try:
        landscape = read(text)
    except UnreadableTextError as error:
        return error.reason, error.line
    return landscape, list(landscape.sections)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("[" * 100_000, "refused, nested over 100 deep", 1),
        ("landscape:\n" + "- " * 100_000, "refused, nested over 100 deep", 2),
        ("landscape:\n" + "? " * 100_000, "refused, nested over 100 deep", 2),
        ("landscape: " + "{a: " * 100_000, "refused, nested over 100 deep", 1),
        ("landscape:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 300)), "refused, nested over 100 deep", 101),
        ("a: &a 1\nlandscape: [" + "*a, " * 2000 + "]", "refused, over 1000 aliases", 2),
        (b"x" * (20 * 1024 * 1024 + 1), "the file has 20,971,521 bytes, more than the 20,971,520 that are read", None),
        ("landscape: !!python/object:os.system x", "not valid YAML (could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system')", 1),
        ("landscape:\n  - {[a]: b}\n", "not valid YAML (while constructing a mapping, found unhashable key)", 2),
        ("a: 1\n---\nlandscape:\n", "not valid YAML (expected a single document in the stream, but found another document)", 2),
        ("", "not a landscape, since it has no key 'landscape' or 'categories'", None),
        ("<!DOCTYPE html>\n<html></html>", "not a landscape, since it has no key 'landscape' or 'categories'", None),
        ("landscape: 5", "the list of categories is no list", 1),
        ("landscape:\n  - words\n", "a category is no mapping", 2),
        ("landscape:\n  - category:\n    name: A\n    subcategories:\n      - name: B\n        items:\n          - name: C\n          - logo: d.svg\n", "a card has no name", 8),
        ("landscape:\n  - category:\n    name: A\n    subcategories:\n      - subcategory:\n        items:\n", "a subcategory has no name", 5),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_reader_says_why_and_where_a_text_is_no_landscape(text, reason, line):
    with pytest.raises(UnreadableTextError) as caught:
        LandscapeReader().read(text if isinstance(text, bytes) else text.encode())

    assert (caught.value.reason, caught.value.line) == (reason, line)


@pytest.mark.parametrize(
    "bomb",
    [
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
        + "landscape:\n  - name: A\n    subcategories: [{name: B, items: [{name: C, bomb: *a9}]}]\n",
        "a0: &a0 {" + ", ".join(f"k{n}: 1" for n in range(10)) + "}\n"
        + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}\n" for n in range(1, 10))
        + "landscape:\n  - name: A\n    subcategories: [{name: B, items: [{name: C, bomb: *a9}]}]\n",
    ],
    ids=["lists", "merge keys"],
)  # fmt: skip
def test_reader_refuses_aliases_that_unfold_without_end(bomb):
    with pytest.raises(UnreadableTextError, match=r"unfolds into more than|too many keys"):
        LandscapeReader().read(bomb.encode())


def test_reader_reads_ordinary_anchors_and_merge_keys():
    text = PLAIN.replace(AKRI, AKRI.replace("- item:", "- item: &x") + "            <<: {license: MIT}\n")

    by_pieces, whole, _ = both(text)

    assert by_pieces == whole
    assert by_pieces.sections[("Provisioning", "Automation & Configuration")].cards[1].license == "MIT"
