"""What surrounds every page: navigation, languages, theme, and the data's date."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects import commits, licences
from projects.landscape_state import current_landscape
from web.navigation import current_pages, navigation, url_of

register = template.Library()

LANGUAGE_TAGS = {"zh-hans": "zh-Hans"}
# A reader's next click leads from the system's theme to light, to dark, and back.
THEME_AFTER = {"": "light", "light": "dark", "dark": "auto"}


@dataclass(frozen=True)
class PageLanguage:
    """The same page in one of the site's languages."""

    tag: str
    own_name: str
    url: str
    is_current: bool


@register.filter
def language_tag(code: str | None) -> str:
    """Return Django's language code as BCP 47 writes it: "zh-hans" is "zh-Hans"."""
    return LANGUAGE_TAGS.get(code or "", code or settings.LANGUAGE_CODE)


@register.filter
def shown_commit(commit: str | None) -> str:
    """Return a version's commit; "" where it has none, as in a single file."""
    return commits.shown_commit(commit or "")


@register.filter
def licence_url(licence: str) -> str:
    """Return where a licence can be read; "" where nobody knows."""
    return licences.licence_url(licence)


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[PageLanguage]:
    """Return the page's address in every language."""
    path = context["request"].get_full_path()
    names = {"en": "English", "zh-hans": "中文"}
    return [
        PageLanguage(language_tag(code), names.get(code, code), translate_url(path, code), code == get_language())
        for code, _name in settings.LANGUAGES
    ]


@register.inclusion_tag("partials/_site_header.html", takes_context=True)
def site_header(context: Context) -> dict[str, Any]:
    """Render the header: brand, navigation, search, language and theme."""
    request = context["request"]
    theme = context.get("theme") or ""
    labels = {
        "light": _("Theme: as the system. Switch to light"),
        "dark": _("Theme: light. Switch to dark"),
        "auto": _("Theme: dark. Switch to the system's"),
    }
    following = THEME_AFTER.get(theme, "light")
    sections = navigation(request.path)
    return {
        "request": request,
        "sections": sections,
        "pages": current_pages(sections),
        "languages": page_languages(context),
        "search_url": url_of("search"),
        "suggestions_url": url_of("search_suggestions"),
        "search_text": context.get("search_text", ""),
        "account_url": url_of("account"),
        "theme_icon": theme or "auto",
        "next_theme": following,
        "next_theme_label": labels[following],
    }


@register.inclusion_tag("partials/_site_footer.html", takes_context=True)
def site_footer(context: Context) -> dict[str, Any]:
    """Render the footer with the data's source, licence and date; one query unless the page knows ``landscape``."""
    return {"landscape": context["landscape"] if "landscape" in context else current_landscape()}
