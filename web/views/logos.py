"""Logos and their sheets, addressed by content and therefore kept for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.models import Logo, LogoSheet

FOR_EVER = "public, max-age=31536000, immutable"
# A logo that someone opens by itself is a document: it may draw itself and nothing else.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _picture(content: bytes | memoryview | None, *, content_type: str) -> HttpResponse:
    if not content:
        raise Http404
    response = HttpResponse(bytes(content), content_type=content_type)
    response["Cache-Control"] = FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SVG_POLICY
    return response


@require_safe
def logo_sheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve many thumbnails in one picture."""
    content = LogoSheet.objects.filter(digest=digest).values_list("webp", flat=True).first()
    return _picture(content, content_type="image/webp")


@require_safe
def logo_webp(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve one logo as a raster picture."""
    content = Logo.objects.filter(digest=digest).values_list("webp", flat=True).first()
    return _picture(content, content_type="image/webp")


@require_safe
def logo_svg(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve one logo as its sanitised SVG; 404 where only a raster could be made."""
    content = Logo.objects.filter(digest=digest).values_list("svg", flat=True).first()
    return _picture(content, content_type="image/svg+xml")
