"""Logos as pictures of their own; the map's sheets are in ``web/map_tiles.py``."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from projects.models import Item

register = template.Library()


def initials(name: str) -> str:
    """Return one or two characters that stand for a name without a logo."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or name[:1]


@register.simple_tag
def logo_or_mark(item: Item) -> str:
    """Return the item's logo as ``<img>``, or its letter mark; both without a name of their own."""
    logo = item.logo
    if logo is None:
        return format_html('<span class="letter-mark" aria-hidden="true">{}</span>', initials(item.name))
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">',
        reverse("logo_webp", args=[logo.digest]),
        logo.width,
        logo.height,
    )
