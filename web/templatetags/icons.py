"""The few drawn icons, inline so that they take the text's colour and no request."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Paths on a 16-unit square, drawn with a line of 1.5.
PATHS = {
    "brand": '<path d="m1.5 5 6.5-3 6.5 3L8 8z" fill="currentColor" stroke="none"/>'
    '<path d="m1.5 8 6.5 3 6.5-3" /><path d="m1.5 11 6.5 3 6.5-3" opacity=".5"/>',
    "auto": '<circle cx="8" cy="8" r="5.75"/><path d="M8 2.25a5.75 5.75 0 0 1 0 11.5z" fill="currentColor"/>',
    "light": '<circle cx="8" cy="8" r="2.75"/><path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"/>',
    "dark": '<path d="M13.5 9.5A6 6 0 0 1 6.5 2.5a5.75 5.75 0 1 0 7 7z"/>',
    "account": '<circle cx="8" cy="5.25" r="2.75"/><path d="M2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5"/>',
    "close": '<path d="m3.5 3.5 9 9M12.5 3.5l-9 9"/>',
    "remove": '<path d="m5 5 6 6M11 5l-6 6"/>',
    "previous": '<path d="M10 3 5 8l5 5"/>',
    "next": '<path d="m6 3 5 5-5 5"/>',
    "play": '<path d="M4.5 2.5v11l9-5.5z" fill="currentColor"/>',
    "pause": '<path d="M5 3v10M11 3v10" stroke-width="2.5"/>',
    "filter": '<path d="M2 4h12M4.5 8h7M6.5 12h3"/>',
    "calendar": '<path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.5v3M10.5 1.5v3"/>',
    "external": '<path d="M6 3.5H3v9.5h9.5V10M9 2.5h4.5V7M13.5 2.5 7.5 8.5"/>',
    "repository": '<circle cx="4.5" cy="3.5" r="1.5"/><circle cx="4.5" cy="12.5" r="1.5"/><circle cx="11.5" cy="5.5" r="1.5"/><path d="M4.5 5v6M11.5 7c0 2.5-3.5 2-6 4"/>',
    "download": '<path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>',
    "star": '<path d="m8 1.75 1.9 4 4.35.6-3.15 3.05.75 4.35L8 11.7l-3.85 2.05.75-4.35L1.75 6.35l4.35-.6z"/>',
    "feed": '<path d="M3 3a10 10 0 0 1 10 10M3 7.5A5.5 5.5 0 0 1 8.5 13"/><circle cx="4" cy="12" r="1" fill="currentColor"/>',
}


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """Return an icon as inline SVG, hidden from screen readers: its neighbour text names it."""
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{1}</svg>',
        size,
        mark_safe(PATHS[name]),  # noqa: S308  (our own drawings above)
    )
