"""Logos as pictures of their own; the map's sheets are in ``web/map_tiles.py``."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.letter_marks import letter_mark
from projects.models import Item

register = template.Library()


def letter_mark_html(name: str, *, element: str = "span") -> SafeString:
    """Return the mark of an item without a logo; decorative, its name stands beside it."""
    letters, tone = letter_mark(name)
    return format_html('<{0} class="letter-mark t{1}" aria-hidden="true">{2}</{0}>', element, tone, letters)


@register.simple_tag
def logo_or_mark(item: Item) -> str:
    """Return the item's logo as ``<img>``, or its letter mark; both without a name of their own."""
    logo = item.logo
    if logo is None:
        return letter_mark_html(item.name)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">',
        reverse("logo_webp", args=[logo.digest]),
        logo.width,
        logo.height,
    )
