"""Slugs that items once had."""

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from projects.models import ItemAlias


def lead_on(request: Request, slug: str, *, end_point: str) -> HttpResponsePermanentRedirect:
    """Lead to an end point of the item that once had a slug, with the same question. Raises NotFound."""
    present = ItemAlias.objects.filter(slug=slug).order_by("pk").values_list("item__slug", flat=True).first()
    if present is None:
        raise NotFound(_("There is no item %(slug)s.") % {"slug": slug})
    query = request.META.get("QUERY_STRING", "")
    address = request.build_absolute_uri(reverse(f"api-v1:{end_point}", args=[present]))
    return HttpResponsePermanentRedirect(f"{address}{'?' if query else ''}{query}")
