"""Catalogue words in the reader's language."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects import localized as texts
from projects.models import ItemKind, ItemRole, Maturity

register = template.Library()

HAN = re.compile(r"[\u4e00-\u9fff]")

# Landscapes that have a name in other languages, too; what others call themselves stays as it is.
LANDSCAPE_LABELS = {"CNCF Cloud Native Landscape": _("CNCF Cloud Native Landscape")}


@register.filter
def in_language(row: object, field: str) -> str:
    """Return ``row.<field>_zh`` for Chinese readers where it is written, else ``row.<field>``."""
    return texts.localized(row, field, language=get_language())


@register.filter
def foreign_lang(text: object) -> SafeString:
    """Return the ``lang`` attribute of words in another language than the page's; "" for the page's own.

    Sources do not say their language: a title with Han characters is taken for Chinese, any other for English.
    """
    has_han = HAN.search(str(text or "")) is not None
    if has_han == texts.is_chinese(get_language()):
        return SafeString()
    return format_html(' lang="{}"', texts.CHINESE if has_han else "en")


@register.filter
def maturity_label(maturity: str) -> str:
    """Return the translated word of a known maturity, another foundation's word as it is."""
    return str(Maturity(maturity).label) if maturity in Maturity.values else maturity


@register.filter
def kind_label(kind: str) -> str:
    """Return the translated word of an item's kind."""
    return str(ItemKind(kind).label) if kind in ItemKind.values else kind


@register.filter
def role_label(role: str) -> str:
    """Return the translated word of an organization's part in an item."""
    return str(ItemRole(role).label) if role in ItemRole.values else role


@register.filter
def landscape_label(name: str) -> str:
    """Return the translated name of a landscape we know, another one's as it is."""
    return str(LANDSCAPE_LABELS.get(name, name))
