"""Logos: drawn once, linked to their items, packed into sheets that keep their address."""

from datetime import UTC, datetime

import pytest
from model_bakery import baker

from projects.data_version import current_data_version
from projects.models import Item, Logo, LogoSheet
from sources.clients.landscape_files import StoredFile
from sources.importers.logo_import import import_logos
from sources.logos.simple_icons import SimpleIcon
from sources.models import ImportNotice

NOW = datetime(2026, 8, 8, tzinfo=UTC)


def svg(colour):
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="{colour}"/></svg>'.encode()


ICON = SimpleIcon(("Envoy",), svg("#123456"), "#123456", "https://example.org", "")


@pytest.fixture
def subcategory(db):
    return baker.make("projects.Subcategory", position=0, category__position=0)


def item(subcategory, name, file, position=0):
    return baker.make(
        Item,
        name=name,
        slug=name.lower(),
        kind="product",
        logo_file=file,
        subcategory=subcategory,
        position=position,
        listed_at=NOW,
    )


def test_items_of_one_file_share_a_logo(subcategory):
    item(subcategory, "One", "a.svg")
    item(subcategory, "Two", "./hosted_logos/a.svg")
    counts = import_logos([StoredFile("a.svg", svg("red"))], [], now=NOW)
    assert (counts.drawn, counts.failed, counts.items, counts.sheets) == (1, 0, 2, 1)
    logo = Logo.objects.get()
    assert set(Item.objects.values_list("logo_id", flat=True)) == {logo.pk}
    assert (logo.file_name, logo.cell, logo.sheet_id) == ("a.svg", 0, LogoSheet.objects.get().pk)


def test_files_that_no_item_names_are_left_alone(subcategory):
    item(subcategory, "One", "a.svg")
    import_logos([StoredFile("a.svg", svg("red")), StoredFile("b.svg", svg("blue"))], [], now=NOW)
    assert Logo.objects.count() == 1


def test_item_without_file_wears_its_own_icon(subcategory):
    item(subcategory, "Envoy", "missing.svg")
    item(subcategory, "Other", "")
    import_logos([], [ICON], now=NOW)
    assert dict(Item.objects.values_list("name", "logo__licence")) == {"Envoy": "CC0-1.0", "Other": None}


def test_bad_file_is_a_notice_and_is_not_drawn_again(subcategory):
    item(subcategory, "One", "bad.svg")
    files = [StoredFile("bad.svg", b"<svg")]
    assert import_logos(files, [], now=NOW).failed == 1
    notice = ImportNotice.objects.get()
    assert (notice.kind, notice.subject) == ("logo", "bad.svg")
    assert import_logos(files, [], now=NOW).failed == 0


def test_mended_file_is_drawn(subcategory):
    item(subcategory, "One", "bad.svg")
    import_logos([StoredFile("bad.svg", b"<svg")], [], now=NOW)
    assert import_logos([StoredFile("bad.svg", svg("red"))], [], now=NOW).drawn == 1


def test_again_with_the_same_files_nothing_is_written(transactional_db):
    subcategory = baker.make("projects.Subcategory", position=0, category__position=0)
    item(subcategory, "One", "a.svg")
    item(subcategory, "Envoy", "")
    files = [StoredFile("a.svg", svg("red"))]
    unworn = SimpleIcon(("Nobody",), svg("#654321"), "#654321", "https://example.org", "")
    import_logos(files, [ICON, unworn], now=NOW)
    before = current_data_version(), list(LogoSheet.objects.values_list("digest", flat=True))
    assert import_logos(files, [ICON, unworn], now=NOW).drawn == 0
    assert (current_data_version(), list(LogoSheet.objects.values_list("digest", flat=True))) == before


def test_built_in_icons_alone_leave_a_landscapes_logos(subcategory):
    item(subcategory, "One", "a.svg")
    import_logos([StoredFile("a.svg", svg("red"))], [], now=NOW)
    import_logos(None, [ICON], now=NOW)
    assert Item.objects.get().logo.file_name == "a.svg"


def test_new_file_content_replaces_the_logo_and_its_sheet(subcategory):
    item(subcategory, "One", "a.svg")
    import_logos([StoredFile("a.svg", svg("red"))], [], now=NOW)
    before = LogoSheet.objects.get().digest
    import_logos([StoredFile("a.svg", svg("blue"))], [], now=NOW)
    assert (Logo.objects.count(), LogoSheet.objects.count()) == (1, 1)
    assert LogoSheet.objects.get().digest != before


def test_sheet_of_another_category_keeps_its_address(subcategory):
    other = baker.make("projects.Subcategory", position=0, category__position=1)
    item(subcategory, "One", "a.svg")
    item(other, "Two", "b.svg")
    files = [StoredFile("a.svg", svg("red")), StoredFile("b.svg", svg("blue"))]
    import_logos(files, [], now=NOW)
    kept = Logo.objects.get(file_name="b.svg").sheet.digest
    item(subcategory, "Three", "c.svg", position=1)
    counts = import_logos([*files, StoredFile("c.svg", svg("green"))], [], now=NOW)
    assert counts.sheets == 1
    assert Logo.objects.get(file_name="b.svg").sheet.digest == kept
    assert Logo.objects.get(file_name="c.svg").cell == 1
