"""The links beside a figure with which a reader cites or reports it."""

from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse

from web.forms.figures import LONGEST_FIGURE, LONGEST_PAGE

register = template.Library()


@register.inclusion_tag("partials/_figure_actions.html", takes_context=True)
def figure_actions(context: Context, title: str) -> dict[str, str]:
    """Render "Cite" and "Report" for the figure called ``title`` on the page at hand."""
    page = context["request"].get_full_path()
    if len(page) > LONGEST_PAGE:
        page = context["request"].path
    figure = str(title)[:LONGEST_FIGURE]
    query = urlencode({"page": page, "figure": figure})
    return {"figure": figure, "cite_url": f"{reverse('cite')}?{query}", "report_url": f"{reverse('report')}?{query}"}
