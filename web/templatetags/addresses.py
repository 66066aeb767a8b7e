"""Addresses from outside, fit to stand in a link."""

from django import template

from web import links

register = template.Library()


@register.filter
def safe_url(url: str) -> str:
    """Return the address if its scheme is one of the web's, else ""."""
    return links.safe_url(url)


@register.filter
def plain_address(text: str) -> str:
    """Return an address as people read it, without its scheme; any other text as it is."""
    return text.removeprefix("https://").removeprefix("http://").rstrip("/")
