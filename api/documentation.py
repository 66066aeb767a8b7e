"""The API's description for programs, and its page for people."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class SchemaView(SpectacularAPIView):
    """OpenAPI 3, as YAML or JSON."""


# Swagger UI sets style attributes as it draws.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class DocumentationView(SpectacularSwaggerSplitView):
    """Swagger UI from this host; its start-up script is an answer of its own, so that none stands in the page."""

    template_name = "api/docs.html"


def not_found(request: HttpRequest, **_parts: Any) -> JsonResponse:
    """Answer programs in their own language."""
    return JsonResponse({"detail": _("There is no such end point.")}, status=404)
