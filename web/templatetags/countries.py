"""Countries in the reader's language."""

from django import template

from web import country_names

register = template.Library()


@register.filter
def country_name(code: str) -> str:
    """Return the name of a country by its ISO 3166-1 alpha-2 code."""
    return country_names.country_name(code)


@register.filter
def home_name(code: str) -> str:
    """Return it where mainland China, Hong Kong and Taiwan stand beside each other."""
    return country_names.home_name(code)
