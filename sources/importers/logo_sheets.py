"""Which logos stand together in one picture for the map, and the pictures themselves."""

import hashlib
from collections.abc import Sequence
from itertools import groupby

from django.db.models import F
from django.db.models.functions import Lower

from projects.landscape_map import maturity_rank
from projects.models import Item, Logo, LogoSheet
from sources.logos.raster import Thumbnail
from sources.logos.sheets import pack_sheet, plan_sheets

Cells = tuple[int, ...]


def store_sheets() -> int:
    """Pack the logos that items wear into sheets, in the map's order; returns how many sheets were made anew.

    A sheet whose logos stay where they are keeps its row and with it its address.
    """
    planned: list[Cells] = [tuple(logos) for logos in plan_sheets(_blocks())]
    stored = _stored_sheets()
    kept = set(planned) & stored.keys()
    gone = [sheet for cells, sheet in stored.items() if cells not in kept]
    if gone:
        Logo.objects.filter(sheet__in=gone).update(sheet=None, cell=None)
        LogoSheet.objects.filter(pk__in=gone).delete()
    new = [cells for cells in planned if cells not in kept]
    for cells in new:
        _store_sheet(cells)
    return len(new)


def _blocks() -> list[list[int]]:
    """Give the logos of each category in the map's order, those of items that left at the end."""
    rows = (
        Item.objects.filter(logo__isnull=False, subcategory__isnull=False)
        .annotate(category_position=F("subcategory__category__position"), place=F("subcategory__position"))
        .order_by(
            F("delisted_at").asc(nulls_first=True),
            F("category_position").asc(nulls_last=True),
            F("place").asc(nulls_last=True),
            maturity_rank(),
            Lower("name"),
            "pk",
        )
        .values_list("delisted_at", "subcategory__category_id", "logo_id")
    )
    blocks = groupby(rows, key=lambda row: (row[0] is not None, row[1] if row[0] is None else None))
    unlisted = Item.objects.filter(logo__isnull=False, subcategory__isnull=True).order_by("pk")
    return [*([row[2] for row in block] for _, block in blocks), list(unlisted.values_list("logo_id", flat=True))]


def _stored_sheets() -> dict[Cells, int]:
    """Give the sheets by their logos; one with a hole, whose logo was deleted, is none."""
    rows = Logo.objects.filter(sheet__isnull=False).order_by("sheet_id", "cell").values_list("sheet_id", "cell", "pk")
    sheets = {sheet: list(cells) for sheet, cells in groupby(rows, key=lambda row: row[0])}
    stored = {
        tuple(logo for _, _, logo in cells): sheet
        for sheet, cells in sheets.items()
        if [cell for _, cell, _ in cells] == list(range(len(cells)))
    }
    whole = set(stored.values())
    return stored | {(-sheet,): sheet for sheet in LogoSheet.objects.values_list("pk", flat=True) if sheet not in whole}


def _store_sheet(cells: Sequence[int]) -> None:
    logos = Logo.objects.in_bulk(cells)
    ordered = [logos[pk] for pk in cells]
    picture = pack_sheet(
        [
            Thumbnail(bytes(logo.webp), logo.width, logo.height, logo.tone, has_text=False)  # type: ignore[arg-type]
            for logo in ordered
        ]
    )
    sheet = LogoSheet.objects.create(
        digest=hashlib.sha256(picture.webp).hexdigest(), webp=picture.webp, columns=1, cells=picture.capacity
    )
    for cell, logo in enumerate(ordered):
        logo.sheet, logo.cell = sheet, cell
    Logo.objects.bulk_update(ordered, ["sheet", "cell"])
