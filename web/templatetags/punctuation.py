"""The signs between a page's words: ". ", ", ", "; ", ": " and blanks, as the reader's language writes them."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from projects.localized import is_chinese

register = template.Library()

# Chinese signs are a character wide and bring their own blank.
CHINESE_SIGNS = {". ": "。", ", ": "，", "; ": "；", ": ": "：", " ": ""}
BETWEEN_NAMES = "、"


@register.simple_tag
def sign(written: str) -> str:
    """Return ". ", ", ", "; " or ": " in the page's language; " ", which follows such a sign, is nothing in Chinese."""
    return CHINESE_SIGNS[written] if is_chinese(get_language()) else written


@register.simple_tag
def between_names() -> str:
    """Return what stands between two names of a list."""
    return BETWEEN_NAMES if is_chinese(get_language()) else ", "


def listed(names: Iterable[object]) -> str:
    """Return names as one list; "" for none."""
    return between_names().join(map(str, names))
